"""What a period's stays show: how soon histories were complete, what was found, what became of it.

Every number is about the stays whose admission lies in the period, cancelled ones left out. Each says what it counts in
`definition`, the sentence that stands beside it on the page and in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from tallman.server.reconciliation.models import HISTORY_WITHIN, Encounter, Found, SignOff, Stage
from tallman.server.reconciliation.received_lists import ORDERS

__all__ = ["Breakdown", "Measured", "Measures", "Period", "measures_of"]

NOT_COMPARED = "not-compared"
Rows = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Days of admission, both included, and a unit ("" for all)."""

    since: date
    until: date
    unit: str = ""

    def stays(self) -> QuerySet[Encounter]:
        """The stays that the numbers are about."""
        rows = Encounter.objects.exclude(status="cancelled").filter(
            admitted_at__gte=_midnight(self.since), admitted_at__lt=_midnight(self.until + timedelta(days=1))
        )
        return rows.filter(unit=self.unit) if self.unit else rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Measured:
    """One number: `count` of `of`; or `value`, a rate or a median in hours, over `of`. None: nothing to measure."""

    name: str
    definition: str
    count: int | None = None
    of: int | None = None
    value: Decimal | None = None
    unit: str = ""

    @property
    def share(self) -> Decimal | None:
        """Of a count: percent, to one place."""
        if self.count is None or not self.of:
            return None
        return (Decimal(100) * self.count / self.of).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Differences by something, a row each: label, those without a written reason, those of them that were not meant,
    and those of these that were corrected. `definition` says what else is to be known."""

    title: str
    definition: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Measures:
    """All numbers of a period."""

    period: Period
    stays: int
    numbers: tuple[Measured, ...]
    breakdowns: tuple[Breakdown, ...]


UNINTENDED = Q(decision__intent="unintended")
CORRECTED = UNINTENDED & Q(gone_at__isnull=False)
_BECAME = {
    "unintended": UNINTENDED,
    "intended": Q(decision__intent="intended"),
    "unsaid": Q(decision__isnull=False, decision__intent=""),
    "gone": Q(decision=None, gone_at__isnull=False),
    "open": Q(decision=None, gone_at=None),
    "corrected": CORRECTED,
}
"""What became of a difference. The first five leave none out and none twice."""


def measures_of(period: Period, now: datetime) -> Measures:
    """The numbers of a period as they stand at a moment. Thirteen queries, however many stays there are."""
    stays = period.stays()
    found = Found.objects.filter(encounter__in=stays.order_by().values("pk"), is_explained=False).order_by()
    differences = found.exclude(type=NOT_COMPARED)
    waiting = found.filter(type=NOT_COMPARED)
    numbers = (*_history(stays, now), *_differences(stays, differences), _not_compared(waiting), *_signatures(stays))
    return Measures(period, stays.count(), numbers, _breakdowns(differences))


def _history(stays: QuerySet[Encounter], now: datetime) -> tuple[Measured, ...]:
    over = stays.filter(admitted_at__lte=now - HISTORY_WITHIN)
    in_time = Q(history_completed_at__lte=F("admitted_at") + HISTORY_WITHIN)
    complete = over.aggregate(in_time=Count("pk", filter=in_time), over=Count("pk"))
    times = stays.exclude(history_completed_at=None).values_list("admitted_at", "history_completed_at")
    took = [done - came for came, done in times]
    return (
        Measured(
            "History complete within 24 hours",
            "Stays whose history was complete within 24 hours of admission, of all whose 24 hours are over. A history"
            " that was opened again counts from when it was complete for the last time.",
            complete["in_time"], complete["over"],
        ),
        Measured(
            "Median time to a complete history",
            "From admission to the complete history, over the stays that have one.",
            of=len(took), value=_hours(took), unit="h",
        ),
    )  # fmt: skip


def _differences(stays: QuerySet[Encounter], found: QuerySet[Found]) -> tuple[Measured, ...]:
    compared = stays.exclude(history_completed_at=None).count()
    became = found.aggregate(found=Count("pk"), **{name: Count("pk", filter=those) for name, those in _BECAME.items()})
    every, unintended = became["found"], became["unintended"]
    decided = [at - since for since, at in found.exclude(decision=None).values_list("found_at", "decision__at")]
    rate = (Decimal(unintended) / compared).quantize(Decimal("0.01")) if compared else None
    return (
        Measured(
            "Unintended differences for each stay",
            "Differences that a pharmacist decided were not meant, divided by the stays with a complete history. A"
            " difference counts once at each stage at which it was found.",
            of=compared, value=rate,
        ),
        Measured("Differences without a written reason", _DEFINED["found"], every),
        Measured("Of these not meant", _DEFINED["unintended"], unintended, every),
        Measured("Of these meant", _DEFINED["intended"], became["intended"], every),
        Measured("Of these decided without saying which", _DEFINED["unsaid"], became["unsaid"], every),
        Measured("Of these gone before anybody decided", _DEFINED["gone"], became["gone"], every),
        Measured("Of these open", _DEFINED["open"], became["open"], every),
        Measured("Unintended ones corrected", _DEFINED["corrected"], became["corrected"], unintended),
        Measured(
            "Median time from found to decided",
            "From when a difference was first found to the decision that settles it, over those that are decided.",
            of=len(decided), value=_hours(decided), unit="h",
        ),
    )  # fmt: skip


_DEFINED = {
    "found": "Differences between the history and the orders that nothing written beside the orders explains.",
    "unintended": "A pharmacist decided that it was not meant.",
    "intended": "A pharmacist decided that it was meant.",
    "unsaid": "A pharmacist decided what becomes of it, not if it was meant.",
    "gone": "The lists no longer show it, and no decision was made about it.",
    "open": "The lists show it, and nobody has decided.",
    "corrected": "Not meant, and the lists no longer show it: the orders, or the history, were put right.",
}


def _not_compared(waiting: QuerySet[Found]) -> Measured:
    became = waiting.aggregate(decided=Count("decision"), found=Count("pk"))
    return Measured(
        "Decided of what could not be compared",
        "Medicines whose amounts could not be held against each other: of how many a pharmacist decided what becomes.",
        became["decided"], became["found"],
    )  # fmt: skip


def _signatures(stays: QuerySet[Encounter]) -> Iterable[Measured]:
    signed = SignOff.objects.filter(encounter__in=stays.order_by().values("pk")).order_by()
    by_stage = Counter(stage for stage, _ in signed.values_list("stage", "encounter").distinct())
    facts = list(stays.values_list("moved_at", "discharge_planned_at", "discharged_at"))
    of = {
        Stage.ADMISSION: (len(facts), "all stays"),
        Stage.TRANSFER: (sum(moved is not None for moved, _, _ in facts), "those who moved to another unit"),
        Stage.DISCHARGE: (
            sum(bool(planned or left) for _, planned, left in facts), "those who went home or are being prepared to"
        ),
    }  # fmt: skip
    for stage, (number, who) in of.items():
        yield Measured(f"{stage.label} signed", f"A pharmacist signed the stage, of {who}.", by_stage[stage], number)


def _breakdowns(found: QuerySet[Found]) -> tuple[Breakdown, ...]:
    harm = "The harm is what the rules say of such a difference."
    source = "A difference counts for every source that told of the medicine."
    return (
        Breakdown("By kind of difference", "", _by("type", found)),
        Breakdown("By the harm it may do", harm, _by("harm", found)),
        Breakdown("By stage", "", _by("stage", found)),
        Breakdown("By source", source, _by_source(found)),
    )


def _by(field: str, found: QuerySet[Found]) -> Rows:
    counts = {"found": Count("pk"), "meant_not": Count("pk", filter=UNINTENDED), "put": Count("pk", filter=CORRECTED)}
    rows = found.values(field).annotate(**counts).order_by("-found", field)
    return tuple(rows.values_list(field, "found", "meant_not", "put"))


def _by_source(found: QuerySet[Found]) -> Rows:
    """The sources of one difference are several, so they are counted here. Orders tell of nothing that was taken."""
    every, unintended, corrected = Counter[str](), Counter[str](), Counter[str]()
    for kinds, intent, gone_at in found.values_list("sources", "decision__intent", "gone_at"):
        for kind in [k for k in kinds if k not in ORDERS] or ["only the orders"]:
            every[kind] += 1
            unintended[kind] += intent == "unintended"
            corrected[kind] += intent == "unintended" and gone_at is not None
    ranked = sorted(every, key=lambda kind: (-every[kind], kind))
    return tuple((kind, every[kind], unintended[kind], corrected[kind]) for kind in ranked)


def _hours(times: list[timedelta]) -> Decimal | None:
    """The median in hours, to one place."""
    if not times:
        return None
    seconds = median(Decimal(int(one.total_seconds())) for one in times)
    return (seconds / 3600).quantize(Decimal("0.1"))
