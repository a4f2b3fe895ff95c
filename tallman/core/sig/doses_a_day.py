"""How many doses a day a step makes, on average and at most."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil

from tallman.core.sig.model import Frequency, Interval, Link, Step, Timing
from tallman.core.sig.occasions import occasions

__all__ = ["DAYS_IN", "days_of_repeats", "doses_a_day"]

DAYS_IN = {"d": Fraction(1), "wk": Fraction(7), "mo": Fraction(30), "y": Fraction(365)}
_WAKING_HOURS = 16
_HOURS = re.compile(r"(?<![a-z])(?:h|hr|hrs|hours?)\b")


def doses_a_day(step: Step) -> tuple[Fraction, Fraction, int] | None:
    """Lowest and highest average number of doses a day and the most on one day; None when nothing says."""
    t = step.timing
    found = _count(t, "while awake" in step.instructions)
    if found is None:
        if step.days or t.once or t.stat or (t.count and not t.interval):
            by_hours = step.trigger is not None and _HOURS.search(step.trigger) is not None  # "13, 7 and 1 hour before"
            is_more = step.link is Link.THEN and step.prn  # "6 mg, may repeat 12 mg x 2"
            most = t.count if t.count and (t.over or by_hours or is_more) and not (step.days or t.once) else 1
            found = Fraction(1), Fraction(most), most
            if step.days and step.days.unit == "mo" and step.days.first == step.days.last:
                found = 1 / DAYS_IN["mo"], 1 / DAYS_IN["mo"], 1  # "0.5 mL at 0, 1 and 6 months"
        else:
            return None
    low, high, peak = found
    if t.count is not None and t.interval and t.interval.unit in ("min", "h"):
        low, high, peak = min(low, Fraction(t.count)), min(high, Fraction(t.count)), min(peak, t.count)
    if t.count is None and t.interval and t.interval.unit == "min" and step.repeat and step.repeat.times:
        most = 1 + step.repeat.times  # "every 5 minutes, may repeat 2 times"
        low, high, peak = min(low, Fraction(most)), min(high, Fraction(most)), min(peak, most)
    if t.weekdays and t.interval and t.interval.unit in ("wk", "mo"):
        low, high = low * len(t.weekdays), high * len(t.weekdays)
    elif t.weekdays and not (t.frequency and t.frequency.unit in ("wk", "mo", "y")):
        low, high = low * len(t.weekdays) / 7, high * len(t.weekdays) / 7
    if t.once and (course := days_of_repeats(step)):
        doses, days = course
        return Fraction(doses if step.repeat and step.repeat.is_due else 1, days), Fraction(doses, days), 1
    if step.repeat and t.once:
        more = step.repeat.times
        if more is None:
            return None
        low, high, peak = low + more * step.repeat.is_due, high + more, peak + more
    return low, high, peak


def days_of_repeats(step: Step) -> tuple[int, int] | None:
    """How many doses in how many days, where a single dose is taken again on another day: "repeat in 72 hours"."""
    wait = step.repeat.after if step.repeat else None
    each = DAYS_IN.get(wait.unit, Fraction(wait.unit == "h", 24)) * Fraction(wait.low) if wait else Fraction(0)
    if step.repeat is None or each < 1:
        return None
    times = step.repeat.times or 1
    return 1 + times, 1 + ceil(each) * times


def _count(t: Timing, is_awake: bool) -> tuple[Fraction, Fraction, int] | None:
    if t.once:
        return Fraction(1), Fraction(1), 1
    if t.frequency:
        return _per_day(t.frequency)
    times = occasions(t.events, t.clock)
    if t.interval and t.interval.unit in ("d", "wk", "mo") and times:
        low, high, _ = _spaced(t.interval, False)
        return low * times, high * times, times
    if t.interval and t.interval.low:
        return _spaced(t.interval, is_awake)
    if times:
        return Fraction(times), Fraction(times), times
    if t.weekdays:
        return Fraction(1), Fraction(1), 1
    if t.month_days:
        return Fraction(len(t.month_days), 30), Fraction(len(t.month_days), 30), 1
    return None


def _per_day(frequency: Frequency) -> tuple[Fraction, Fraction, int]:
    low = Fraction(max(frequency.low, 1))
    high = Fraction(frequency.high)
    if frequency.unit in ("h", "min"):
        hours = Fraction(frequency.period) / (60 if frequency.unit == "min" else 1)
        return low * 24 / hours, high * 24 / hours, ceil(high * 24 / hours)
    span = Fraction(frequency.period) * DAYS_IN[frequency.unit]
    return low / span, high / span, max(1, ceil(high / span))


def _spaced(interval: Interval, is_awake: bool) -> tuple[Fraction, Fraction, int]:
    if interval.unit in ("h", "min"):
        shrink = 60 if interval.unit == "min" else 1
        waking = is_awake and interval.high * (1 if shrink == 1 else 0) < _WAKING_HOURS
        day = Fraction(_WAKING_HOURS if waking else 24)
        low, high = day * shrink / Fraction(interval.high), day * shrink / Fraction(interval.low)
        return low, high, max(1, ceil(high))
    span = DAYS_IN[interval.unit]
    return 1 / (span * Fraction(interval.high)), 1 / (span * Fraction(interval.low)), 1
