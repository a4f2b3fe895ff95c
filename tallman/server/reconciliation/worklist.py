"""The worklist: stays that are open, those that may go most wrong on top, and what their rows show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tallman.server.accounts.models import User
from tallman.server.patients.queries import find
from tallman.server.prescriptions.banner import age
from tallman.server.prescriptions.due import Ageing, clock_text
from tallman.server.reconciliation.due import Due, due_of, history_clock
from tallman.server.reconciliation.models import (
    Decision,
    Encounter,
    HistoryLine,
    ListLine,
    MedicineList,
    Probe,
    SignOff,
    Stage,
)
from tallman.server.reconciliation.pages import page_of
from tallman.server.reconciliation.received_lists import ORDERS

__all__ = [
    "FILTERS", "Line", "counted", "line_of", "named", "open_stays", "rows_of", "units", "unreconciled", "worked_by",
]  # fmt: skip

LOOKED_BACK = timedelta(days=30)
"""How long a stay that went home unreconciled is still shown: after that a telephone call comes too late."""
FILTERS = {
    "all": ("All", Q()),
    "history": ("History due", Q(history_completed_at=None)),
    "differences": ("Differences open", Q(undecided__gt=0)),
    "home": ("Going home", Q(discharge_planned_at__isnull=False)),
}
"""Name in the address, label, and which stays it leaves."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows beside the stay itself."""

    page: str
    due: Due
    clock: Ageing
    born: str
    age: str
    came: str
    speaks: str
    """The language of the patient where that is not English."""


def open_stays() -> QuerySet[Encounter]:
    """Everybody who is here or will come."""
    return Encounter.objects.filter(status__in=["in-progress", "planned"])


def unreconciled(now: datetime) -> QuerySet[Encounter]:
    """Those who went home in the last 30 days and whose discharge nobody has signed."""
    signed = SignOff.objects.filter(encounter=OuterRef("pk"), stage=Stage.DISCHARGE, superseded_at=None)
    gone = Encounter.objects.filter(status="finished", discharged_at__gte=now - LOOKED_BACK)
    return gone.filter(~Exists(signed)).order_by("-discharged_at", "pk")


def units() -> list[str]:
    """The units in which somebody is."""
    named = open_stays().exclude(unit="")
    return list(named.order_by("unit").values_list("unit", flat=True).distinct())


def counted(stays: QuerySet[Encounter]) -> dict[str, int]:
    """How many stays each filter leaves. One query."""
    every = {name: Count("pk", filter=wanted) for name, (_, wanted) in FILTERS.items()}
    return dict(stays.order_by().aggregate(**every))


def named(stays: QuerySet[Encounter], text: str) -> QuerySet[Encounter]:
    """Those of a visit number, or of patients whose names begin like this."""
    return stays.filter(Q(visit_number__istartswith=text) | Q(patient__in=find(text).order_by().values("pk")))


def worked_by(stays: QuerySet[Encounter], who: User) -> QuerySet[Encounter]:
    """Those to whose record this person has added something."""
    worked = [model.objects.filter(encounter=OuterRef("pk"), by=who) for model in _WORK]
    return stays.filter(Q(history_completed_by=who) | Q(*(Exists(rows) for rows in worked), _connector=Q.OR))


def rows_of(stays: QuerySet[Encounter]) -> QuerySet[Encounter]:
    """The stays with what a row needs of other tables: `told` and `answered`, the lines of the sources and those the
    history has an answer to, `gathers` and `decides`, the initials of those who did so last. Two queries."""
    sources = ListLine.objects.filter(medicine_list__encounter=OuterRef("pk"), medicine_list__is_current=True).exclude(
        medicine_list__kind__in=ORDERS
    )
    answered = HistoryLine.rests_on.through.objects.filter(listline=OuterRef("pk"))
    return (
        stays.select_related("patient")
        .prefetch_related("sign_offs")
        .annotate(
            told=_number(sources),
            answered=_number(sources.filter(Exists(answered))),
            gathers=Coalesce(_last(HistoryLine), _last(Probe), _last(MedicineList)),
            decides=Coalesce(_last(SignOff), _last(Decision)),
        )
    )


_WORK: tuple[Any, ...] = (MedicineList, HistoryLine, Probe, Decision, SignOff)


def _number(lines: QuerySet[ListLine]) -> Any:
    by_stay = lines.order_by().values("medicine_list__encounter")
    return Coalesce(Subquery(by_stay.annotate(number=Count("pk")).values("number")), 0)


def _last(model: Any) -> Subquery:
    rows = model.objects.filter(encounter=OuterRef("pk"), by__isnull=False)
    return Subquery(rows.order_by("-at", "-pk").values("by__initials")[:1])


def line_of(stay: Encounter, now: datetime, today: date) -> Line:
    """What the row of a stay says now."""
    due, born = due_of(stay), stay.patient.birth_date
    return Line(
        page=page_of(stay),
        due=due,
        clock=history_clock(stay, now),
        born=born.isoformat() if born else "",
        age=age(born, today),
        came=clock_text(stay.admitted_at, today),
        speaks="" if stay.patient.language.lower()[:2] == "en" else stay.patient.language,
    )
