"""Times of one step that contradict each other, or may: why a sig whose every word is known is doubted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tallman.core.sig.model import DayRange, Frequency, Interval, Step, Timing
from tallman.core.sig.occasions import MEALS

__all__ = ["doubts_of_time"]

_MOST_A_DAY = 24
_DAYS_IN: dict[str, Decimal] = {
    "h": Decimal(1) / 24, "min": Decimal(1) / 1440, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal(28), "y": Decimal(365),
}  # fmt: skip
"""At the least: February counts."""


def doubts_of_time(step: Step) -> Iterator[str]:
    """What in the times of this step cannot be right, in words."""
    t = step.timing
    if step.duration or step.days:
        yield from _lengths(step)
    if t.interval and not t.interval.low:
        yield "no time between the doses"
    if t.frequency:
        yield from _frequency(step, t.frequency)
    if t.weekdays:
        yield from _weekdays(t)
    if "not every day" in step.instructions and not step.prn and _is_every_day(t):
        yield "every day, and not every day"
    if t.once and (t.interval or t.frequency) and not step.repeat:
        yield "once, and again and again"
    if t.once and len(t.weekdays) > 1:
        yield "once, or on each of those days?"


def _is_every_day(t: Timing) -> bool:
    """Whether nothing in it leaves out a day."""
    seldom = t.interval and t.interval.unit in ("d", "wk", "mo") and t.interval.low * _DAYS_IN[t.interval.unit] > 1
    return not (seldom or t.weekdays or t.month_days or (t.frequency and t.frequency.unit in ("wk", "mo", "y")))


def _lengths(step: Step) -> Iterator[str]:
    """How long, beside how often."""
    t, lasting, days = step.timing, step.duration, step.days
    if lasting and (not lasting.high or (lasting.unit == "d" and lasting.high % 1)):
        yield "not so many days"
    whole = _days(lasting.high, lasting.unit) if lasting else None
    several = (whole is not None and whole > 1) or (days is not None and days.last != days.first and days.unit == "d")
    if t.once and several and not (step.repeat or step.cycle):
        yield "once, or once a day for so long?"
    if t.count and t.frequency and step.duration and step.duration.unit in ("d", "wk") and t.frequency.unit == "d":
        least, most = (
            _days(value, step.duration.unit) / t.frequency.period for value in (step.duration.low, step.duration.high)
        )
        if not t.frequency.low * least <= t.count <= t.frequency.high * most:
            yield "so many doses, or for so long?"
    apart = _apart(t)
    if apart is not None and whole is not None and whole < apart and not t.count:
        yield "over before the second dose"
    if apart is not None and not step.cycle and days and days.last and _span(days) < apart and days.last > days.first:
        yield "so far apart, or on those days of each round?"


def _days(value: Decimal, unit: str) -> Decimal:
    return value * _DAYS_IN[unit]


def _span(days: DayRange) -> Decimal:
    return _days(Decimal((days.last or days.first) - days.first + 1), days.unit)


def _apart(t: Timing) -> Decimal | None:
    """The days between two doses, where it is a week or more."""
    each: Decimal | None = None
    if t.interval:
        each = _days(t.interval.low, t.interval.unit)
    elif t.frequency and t.frequency.high == 1 and t.frequency.unit in ("wk", "mo", "y"):
        each = _days(t.frequency.period, t.frequency.unit)
    return each if each is not None and each >= 7 else None


def _frequency(step: Step, frequency: Frequency) -> Iterator[str]:
    """So many times, beside everything else that says when."""
    t = step.timing
    if frequency.unit == "d" and frequency.period == 1 and frequency.high > _MOST_A_DAY:
        yield "so many times a day"
    if step.duration and step.duration.unit == "d" and frequency.unit in ("mo", "y"):
        yield "so many days of each month: not how often"
    if t.interval and not _agree(frequency, t.interval, step.prn):
        yield "the number of times and the interval do not agree"
    if t.weekdays and frequency.unit == "wk" and not frequency.low <= len(t.weekdays) <= frequency.high:
        yield "the number of times a week and the days named do not agree"
    single = len(t.events) == 1 and t.events[0].code not in MEALS and not t.clock
    if single and not frequency.low and frequency.high > 1 and frequency.unit == "d":
        yield "so often, or at that time of day?"
    for limit in step.maxima:
        daily = limit.unit == "dose" and limit.period_unit == "d" and limit.period == 1
        if daily and (frequency.unit != "d" or frequency.high < limit.value) and frequency.period == 1:
            yield "so often, or up to so often?"
        if daily and frequency.unit == "d" and frequency.period == 1 and frequency.low > limit.value:
            yield "more often than the stated maximum allows"


def _weekdays(t: Timing) -> Iterator[str]:
    """Days of the week, beside how far apart or how often."""
    each = t.interval
    if each and (each.unit == "d" or (each.unit == "h" and each.low > 24)):
        yield "the days of the week and the days between do not agree"
    seldom = (each and each.unit in ("wk", "mo")) or (
        t.frequency and t.frequency.unit == "mo" and t.frequency.high == 1
    )
    if seldom and len(t.weekdays) > 1:
        yield "on each of those days, or so seldom?"


def _agree(frequency: Frequency, interval: Interval, prn: bool) -> bool:
    """Whether so many times a day fit the interval: 2 a day every 12 h, 5 a day every 4 h while awake."""
    if frequency.unit == "wk" and frequency.period == 1 and interval.unit == "d":
        return interval.low * frequency.high <= _DAYS_IN["wk"] <= interval.high * frequency.high  # every 3 to 4 days
    hours = interval.low * frequency.high
    if interval.unit != "h" or hours > 24:
        return False
    return (
        hours == 24
        or frequency.low == 0
        or (prn and frequency.high > 2)
        or frequency.high > 3
        or interval.high * frequency.high == 24
    )
