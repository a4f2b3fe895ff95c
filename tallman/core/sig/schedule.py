"""The universal medication schedule: how much in the morning, at noon, in the evening and at bedtime."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallman.core.sig.model import Sig, Step
from tallman.core.sig.occasions import DAY_PARTS, clock_part

__all__ = ["Schedule", "schedule"]

_PLAIN = {
    1: ("morning",),
    2: ("morning", "evening"),
    3: ("morning", "noon", "evening"),
    4: ("morning", "noon", "evening", "bedtime"),
}
_SLOT = {"morning": "morning", "noon": "noon", "afternoon": "noon", "evening": "evening", "night": "bedtime"}
_LATE = "15:00"
"""From here on what is taken in the afternoon is nearer to the evening than to noon."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Amounts for the four times of day, in `unit`; a range of doses shows its low and high end.

    `is_exact` is true when the directions name these times of day themselves, false when only a count of times a day
    was spread over them (never for "every 8 hours", which is not three times a day).
    """

    morning: tuple[Decimal, Decimal]
    noon: tuple[Decimal, Decimal]
    evening: tuple[Decimal, Decimal]
    bedtime: tuple[Decimal, Decimal]
    unit: str | None
    is_exact: bool


def _slots(step: Step, has_noon: bool) -> tuple[tuple[str, ...], bool] | None:
    t = step.timing
    if t.weekdays or t.interval or t.once or t.month_days or step.prn or step.rate or step.cycle or step.days:
        return None
    if step.scale or any(
        said.startswith(("if ", "per sliding scale", "plus a sliding scale")) for said in step.instructions
    ):
        return None
    late = "evening" if has_noon else "noon"
    named = [
        late if (part := DAY_PARTS[e.code]) == "afternoon" else _SLOT[part] for e in t.events if e.code in DAY_PARTS
    ]
    hours = [
        "evening" if hour >= _LATE and clock_part(hour) == "afternoon" else _SLOT[clock_part(hour)] for hour in t.clock
    ]
    if len(set(hours)) < len(hours):
        return None  # "at 6 am and 10 am": both in the morning
    named += hours
    if any(e.code in ("C", "AC", "PC") for e in t.events):
        times = t.frequency.high if t.frequency else 3
        named += [s for s in _PLAIN.get(min(times, 3), ()) if s not in named]
    if named:
        return tuple(dict.fromkeys(named)), True
    f = t.frequency
    if f and f.unit == "d" and f.period == 1 and f.low == f.high and f.high in _PLAIN:
        return _PLAIN[f.high], False
    return None


def schedule(sig: Sig) -> Schedule | None:
    """The four-times-of-day schedule; None for as-needed, spaced, weekday, changing or weighed directions, for some days
    of a course, and where two hours fall into one of the four."""
    if not sig.is_read or any(s.link in ("then", "or") for s in sig.steps):
        return None
    amounts = {slot: (Decimal(0), Decimal(0)) for slot in ("morning", "noon", "evening", "bedtime")}
    exact, units = True, set()
    has_noon = any(_is_at_noon(step) for step in sig.steps)
    for step in sig.steps:
        found = _slots(step, has_noon)
        if found is None or step.dose is None or step.dose.per:
            return None
        exact = exact and found[1]
        units.add(step.dose.unit)
        for slot in found[0]:
            low, high = amounts[slot]
            amounts[slot] = (low + step.dose.low, high + step.dose.high)
    if len(units) != 1:
        return None
    return Schedule(**amounts, unit=units.pop(), is_exact=exact)


def _is_at_noon(step: Step) -> bool:
    return any(DAY_PARTS.get(e.code) == "noon" for e in step.timing.events) or any(
        clock_part(hour) == "noon" for hour in step.timing.clock
    )
