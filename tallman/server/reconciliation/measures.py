"""What a period's stays show: how soon histories were complete, what was found, what became of it.

Every number is about the stays whose admission lies in the period, cancelled ones left out. Each says what it counts in
`definition`, the sentence that stands beside it on the page and in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import F, QuerySet
from django.utils import timezone

from tallman.server.reconciliation.models import HISTORY_WITHIN, Encounter, Found, SignOff, Stage
from tallman.server.reconciliation.received_lists import ORDERS

__all__ = ["Breakdown", "Measured", "Measures", "Period", "measures_of"]

NOT_COMPARED = "not-compared"


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
    rows: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All numbers of a period."""

    period: Period
    stays: int
    numbers: tuple[Measured, ...]
    breakdowns: tuple[Breakdown, ...]


def measures_of(period: Period, now: datetime) -> Measures:
    """The numbers of a period as they stand at a moment. Seven queries."""
    stays = period.stays()
    found = list(
        Found.objects.filter(encounter__in=stays.order_by().values("pk"), is_explained=False).select_related("decision")
    )
    differences = [one for one in found if one.type != NOT_COMPARED]
    numbers = (*_history(stays, now), *_differences(stays, differences), _not_compared(found), *_signatures(stays))
    return Measures(period, stays.count(), numbers, _breakdowns(differences))


def _history(stays: QuerySet[Encounter], now: datetime) -> tuple[Measured, ...]:
    over = stays.filter(admitted_at__lte=now - HISTORY_WITHIN)
    in_time = over.filter(history_completed_at__lte=F("admitted_at") + HISTORY_WITHIN).count()
    times = stays.exclude(history_completed_at=None).values_list("admitted_at", "history_completed_at")
    took = [done - came for came, done in times]
    return (
        Measured(
            "History complete within 24 hours",
            "Stays whose history was complete within 24 hours of admission, of all whose 24 hours are over. A history"
            " that was opened again counts from when it was complete for the last time.",
            in_time, over.count(),
        ),
        Measured(
            "Median time to a complete history",
            "From admission to the complete history, over the stays that have one.",
            of=len(took), value=_hours(took), unit="h",
        ),
    )  # fmt: skip


def _differences(stays: QuerySet[Encounter], found: list[Found]) -> tuple[Measured, ...]:
    compared = stays.exclude(history_completed_at=None).count()
    unintended = [one for one in found if _is_unintended(one)]
    decided = [one.decision.at - one.found_at for one in found if one.decision]
    rate = (Decimal(len(unintended)) / compared).quantize(Decimal("0.01")) if compared else None
    return (
        Measured(
            "Unintended differences for each stay",
            "Differences that a pharmacist decided were not meant, divided by the stays with a complete history. A"
            " difference counts once at each stage at which it was found.",
            of=compared, value=rate,
        ),
        Measured("Differences without a written reason", _DEFINED["found"], len(found)),
        Measured("Of these not meant", _DEFINED["unintended"], len(unintended), len(found)),
        Measured(
            "Of these meant", "A pharmacist decided that it was meant.", sum(map(_is_intended, found)), len(found)
        ),
        Measured(
            "Of these decided without saying which", "A pharmacist decided what becomes of it, not if it was meant.",
            sum(one.decision is not None and not one.decision.intent for one in found), len(found),
        ),
        Measured(
            "Of these gone before anybody decided", "The lists no longer show it, and no decision was made about it.",
            sum(one.decision is None and one.gone_at is not None for one in found), len(found),
        ),
        Measured("Of these open", "The lists show it, and nobody has decided.", sum(map(_is_open, found)), len(found)),
        Measured(
            "Unintended ones corrected", _DEFINED["corrected"], sum(map(_is_corrected, unintended)), len(unintended)
        ),
        Measured(
            "Median time from found to decided",
            "From when a difference was first found to the decision that settles it, over those that are decided.",
            of=len(decided), value=_hours(decided), unit="h",
        ),
    )  # fmt: skip


_DEFINED = {
    "found": "Differences between the history and the orders that nothing written beside the orders explains.",
    "unintended": "A pharmacist decided that it was not meant.",
    "corrected": "Not meant, and the lists no longer show it: the orders, or the history, were put right.",
}


def _not_compared(found: list[Found]) -> Measured:
    waiting = [one for one in found if one.type == NOT_COMPARED]
    return Measured(
        "Decided of what could not be compared",
        "Medicines whose amounts could not be held against each other: of how many a pharmacist decided what becomes.",
        sum(one.decision is not None for one in waiting), len(waiting),
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


def _breakdowns(found: list[Found]) -> tuple[Breakdown, ...]:
    harm = "The harm is what the rules say of such a difference."
    source = "A difference counts for every source that told of the medicine."
    return (
        _by("By kind of difference", "", found, lambda one: [one.type]),
        _by("By the harm it may do", harm, found, lambda one: [one.harm]),
        _by("By stage", "", found, lambda one: [one.stage]),
        _by("By source", source, found, _sources),
    )


def _by(title: str, definition: str, found: list[Found], labels: Callable[[Found], list[str]]) -> Breakdown:
    every, unintended, corrected = Counter[str](), Counter[str](), Counter[str]()
    for one in found:
        for label in labels(one):
            every[label] += 1
            unintended[label] += _is_unintended(one)
            corrected[label] += _is_unintended(one) and _is_corrected(one)
    rows = [(label, number, unintended[label], corrected[label]) for label, number in every.items()]
    return Breakdown(title, definition, tuple(sorted(rows, key=lambda row: (-row[1], row[0]))))


def _sources(one: Found) -> list[str]:
    """The kinds of list of the history that told of it."""
    return [kind for kind in one.sources if kind not in ORDERS] or ["only the orders"]


def _is_unintended(one: Found) -> bool:
    return one.decision is not None and one.decision.intent == "unintended"


def _is_intended(one: Found) -> bool:
    return one.decision is not None and one.decision.intent == "intended"


def _is_corrected(one: Found) -> bool:
    return one.gone_at is not None


def _is_open(one: Found) -> bool:
    return one.decision is None and one.gone_at is None


def _hours(times: list[timedelta]) -> Decimal | None:
    """The median in hours, to one place."""
    if not times:
        return None
    seconds = median(Decimal(int(one.total_seconds())) for one in times)
    return (seconds / 3600).quantize(Decimal("0.1"))
