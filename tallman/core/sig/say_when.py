"""The words for when and how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.model import DayRange, Duration, Event, Frequency, Interval, Rate, ScaleRow, Timing, Wear
from tallman.core.sig.occasions import are_apart

__all__ = ["amount", "days_of", "every", "flowing", "how_long", "listed", "period", "spans_of", "when", "worn"]

_EVENTS = {
    "MORN": "in the morning", "WAKE": "upon waking", "NOON": "at noon", "AFT": "in the afternoon",
    "EVE": "in the evening", "NIGHT": "at night", "HS": "at bedtime", "C": "with meals", "AC": "before meals",
    "PC": "after meals", "CM": "with breakfast", "ACM": "before breakfast", "PCM": "after breakfast",
    "CD": "with lunch", "ACD": "before lunch", "PCD": "after lunch", "CV": "with dinner", "ACV": "before dinner",
    "PCV": "after dinner",
}  # fmt: skip
_WEEK = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip
_MORNING = Event("MORN")
_PERIODS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "y": "year"}


def period(unit: str, count: Decimal = Decimal(1)) -> str:
    """A unit of time in words: "hours"."""
    return _PERIODS[unit] if count == 1 else _PERIODS[unit] + "s"


def amount(low: Decimal, high: Decimal, unit: str) -> str:
    """ "2 tablets", "1 to 2 tablets", "up to 2 tablets"."""
    if low == high:
        text = format_number(low)
    else:
        text = f"up to {format_number(high)}" if low == 0 else f"{format_number(low)} to {format_number(high)}"
    return f"{text} {unit}".rstrip()


def listed(parts: Sequence[str]) -> str:
    """ "Monday, Wednesday and Friday"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def when(
    timing: Timing,
    *,
    at_most: bool = False,
    at_once: str = "right away",
    tomorrow: bool = False,
    at_least: bool = False,
) -> Iterator[str]:
    """The phrases for a timing, in the order they are said; so many doses `at_most` where they need not be taken."""
    first = timing.stat and bool(timing.frequency or timing.interval)
    if first:
        yield f"{at_once} and"
    if timing.frequency:
        yield _frequency(timing.frequency)
    if timing.interval:
        yield every(timing.interval)
    if timing.stat and not first:
        yield at_once
    elif tomorrow and timing == Timing(once=True, events=(_MORNING,)):
        yield "tomorrow morning"
        return
    elif timing.once and not timing.stat:
        yield "one time only"
    events, hours = [_event(e) for e in timing.events], listed([_hour(h) for h in timing.clock])
    if are_apart(timing.events, timing.clock):
        yield listed([*events, f"at {hours}"])
    else:
        yield from filter(None, [listed(events), hours and f"at {hours}"])
    if timing.weekdays:
        yield f"on {listed([_WEEK[d] for d in timing.weekdays])}"
    if timing.month_days:
        yield f"on the {listed([_ordinal(day) for day in timing.month_days])} of the month"
    if timing.count:
        each = ", each" if timing.over and timing.count > 1 else ""
        yield f"{'up to' if at_most else 'for'} {timing.count} {'dose' if timing.count == 1 else 'doses'}{each}"
    if timing.over:
        most = timing.over_most or timing.over
        yield f"over {'at least ' if at_least else ''}{amount(timing.over.value, most.value, period(most.unit, most.value))}"


def _frequency(frequency: Frequency) -> str:
    if frequency.period == 1:
        each = f"a {period(frequency.unit)}"
    else:
        each = f"every {format_number(frequency.period)} {period(frequency.unit, frequency.period)}"
    if frequency.low == frequency.high == 1:
        return f"once {each}" if frequency.period == 1 else f"1 time {each}"
    return amount(Decimal(frequency.low), Decimal(frequency.high), f"times {each}")


def every(interval: Interval) -> str:
    """ "every 4 to 6 hours", "every other day"."""
    if interval.low == interval.high and interval.low in (1, 2) and interval.unit in ("h", "d", "wk", "mo"):
        if interval.low == 1:
            return f"every {period(interval.unit)}"
        if interval.unit != "h":
            return f"every other {period(interval.unit)}"
    return f"every {amount(interval.low, interval.high, period(interval.unit, interval.high))}"


def _event(event: Event) -> str:
    said = _EVENTS[event.code]
    if not event.offset and not event.offset_high:
        return said
    high = event.offset_high or event.offset
    unit, size = ("h", 60) if event.offset % 60 == 0 and high % 60 == 0 else ("min", 1)
    low_count, high_count = Decimal(event.offset) / size, Decimal(high) / size
    return (
        f"{amount(low_count, high_count, period(unit, high_count))} {'before bedtime' if event.code == 'HS' else said}"
    )


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def worn(wear: Wear, *, washed: bool = False, inside: bool = False) -> Iterator[str]:
    """The sentences for what stays on and comes off; `washed` is what is spread on the skin, `inside` a ring."""
    if wear.on and washed:
        yield f"Wash off after {amount(wear.on.low, wear.on.high, period(wear.on.unit, wear.on.high))}"
    elif wear.on:
        yield f"Leave {'in place' if inside else 'on'} for {amount(wear.on.low, wear.on.high, period(wear.on.unit, wear.on.high))}"
    if wear.off:
        again = ", then insert a new one" if inside else ""
        yield f"Then {'remove' if inside else 'off'} for {amount(wear.off.low, wear.off.high, period(wear.off.unit, wear.off.high))}{again}"
    if wear.until:
        yield f"{'Wash off' if washed else 'Remove'} {listed([_event(e) for e in wear.until])}"


def _hour(hour: str) -> str:
    number, minutes = int(hour[:2]), hour[3:]
    return f"{(number - 1) % 12 + 1}:{minutes} {'am' if number < 12 else 'pm'}"


def how_long(duration: Duration) -> str:
    """ "for 10 days", "for up to 2 weeks"."""
    return f"for {amount(duration.low, duration.high, period(duration.unit, duration.high))}"


def flowing(rate: Rate, *, has_dose: bool) -> str:
    """ "at 50 mL per hour", "at 5 to 10 mcg/kg per minute"; alone, a range needs no "at"."""
    weighed = f"/{rate.weight_unit}" if rate.weight_unit else ""
    unit = UNITS[rate.unit].plural if rate.high > 1 else rate.unit
    said = f"{amount(rate.low, rate.high, unit)}{weighed} per {period(rate.per)}"
    return f"at {said}" if has_dose or rate.low == rate.high else said


def days_of(days: DayRange, cycle: Duration | None = None) -> str:
    """ "on day 1", "on days 2 to 5", "on day 8 and after", "on days 1 to 21 of every 28 days"."""
    if cycle:
        once = cycle.low == cycle.high == 1
        each = period(cycle.unit) if once else amount(cycle.low, cycle.high, period(cycle.unit, cycle.high))
        return f"{days_of(days)} of every {each}"
    word, lead = period(days.unit), "on" if days.unit == "d" else "in"
    if days.last is None:
        return f"{lead} {word} {days.first} and after"
    if days.first == days.last:
        return f"{lead} {word} {days.first}"
    return f"{lead} {word}s {days.first} to {days.last}"


def spans_of(rows: Sequence[ScaleRow]) -> list[str]:
    """Of which glucose each row of a sliding scale speaks. Where the row before ends right under a number, the number is in
    the last one: "350 or more"."""
    return [_span_of(row, rows[i - 1] if i else None) for i, row in enumerate(rows)]


def _span_of(row: ScaleRow, before: ScaleRow | None) -> str:
    if row.low is None:
        return f"below {row.high}"
    if row.high is not None:
        return f"{row.low} to {row.high}"
    follows = before is not None and before.high is not None and row.low == before.high + 1
    return f"{row.low} or more" if follows else f"above {row.low}"
