"""A count and the moments named with it: one step, or two ("three times a day and at bedtime")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from tallman.core.sig.model import DayRange, Event, Frequency
from tallman.core.sig.occasions import MEALS, occasions
from tallman.core.sig.reader import Draft, Reader

__all__ = ["split_days", "split_joined"]

_ONCE_DAILY = Frequency(1, 1)
_WEEKLY, _A_WEEK = Frequency(1, 1, Decimal(1), "wk"), 7
_MOST_UNEVEN = 6 * 60
"""Minutes that the longest time between two doses may be longer than the shortest, where they are hours apart."""


def split_days(r: Reader, draft: Draft) -> list[Draft]:
    """ "On days 1, 8 and 15" is a step for each day."""
    parts = split_joined(r, draft)
    if not (draft.days and draft.more_days):
        return parts
    if draft.frequency == _WEEKLY and _are_weeks_apart(draft):
        draft.frequency = None  # "weekly on days 2, 9 and 16"
    if draft.interval and draft.interval.unit in ("wk", "mo") and draft.cycle is None:
        r.doubts.append("on single days, or so far apart?")  # "week 0, week 4 and every 12 weeks thereafter"
    further = [DayRange(day, day, draft.days.unit) for day in draft.more_days]
    return [*parts, *(replace(part, days=day, link="and") for day in further for part in parts)]


def _are_weeks_apart(draft: Draft) -> bool:
    days = (draft.days.first if draft.days else 0, *draft.more_days)
    return all(after - before == _A_WEEK for before, after in pairwise(days))


def split_joined(r: Reader, draft: Draft) -> list[Draft]:
    """ "Three times a day and at bedtime" is two steps; a count that contradicts its events is doubted."""
    if not (draft.events or draft.clock):
        return [draft]
    freq, interval = draft.frequency, draft.interval
    if freq == _ONCE_DAILY and 0 in draft.joined:
        r.doubts.append("once a day, or once more at that time?")  # "1 tablet daily and at bedtime"
    count = occasions(draft.events, draft.clock)
    per_day = freq is not None and freq.unit == "d" and freq.period == 1
    moments = len(draft.events) + len(draft.clock)
    seldom = interval is not None and (interval.unit not in ("h", "min") or interval.low > 24)
    if (freq and freq.unit in ("wk", "mo") and moments > freq.high) or (seldom and moments == 1 and 0 in draft.joined):
        r.doubts.append("the number of times and the times of day do not agree")
    if not count or not (per_day or interval):
        return [draft]
    if per_day and freq and (freq.low <= count <= freq.high or (freq.high == 1 and draft.is_weak)):
        if freq.high == 1 and draft.is_weak and count > 1:
            draft.frequency = None
        return [draft]
    codes = [e.code in MEALS for e in draft.events]
    if freq and codes == [True, False] and 1 in draft.joined and freq.high == 3:
        return _cut(r, draft, draft.events[:1])
    if per_day and freq and any(codes) and (freq.high <= 3 or (freq.high == 4 and len(draft.events) == 1)):
        return [draft]
    if interval is not None and interval.unit == "h" and not _are_spaced(draft.clock):
        r.doubts.append("the hours of the day are not so far apart")
        return [draft]
    if interval is not None and count > 1 and (interval.unit == "d" or _fits(interval.low, interval.unit, count)):
        return [draft]  # "Every 12 hours in the morning and evening"
    if len(draft.events) - 1 in draft.joined and not draft.clock and not (interval and count > 1):
        rest = draft.events[:-1]
        fits = interval is not None if freq is None else (not rest or occasions(rest) == freq.high or any(codes[:-1]))
        if fits and (freq.high > 1 if freq else interval and interval.unit in ("h", "min")):
            return _cut(r, draft, rest)
    if interval is not None and _fits(interval.low, interval.unit, count):
        return [draft]
    r.doubts.append("the number of times and the times of day do not agree")
    return [draft]


def _are_spaced(clock: Sequence[str]) -> bool:
    """Whether hours of the clock lie about as far from each other all round the day: 6, 14 and 22."""
    minutes = sorted(60 * int(hour[:2]) + int(hour[3:]) for hour in clock)
    gaps = [b - a for a, b in pairwise([*minutes, minutes[0] + 24 * 60])] if len(minutes) > 1 else [0]
    return max(gaps) - min(gaps) <= _MOST_UNEVEN


def _fits(each: Decimal, unit: str, count: int) -> bool:
    """Whether so many moments of the day go with an interval: one with days, two with 12 hours."""
    if unit == "h":
        return each * count == 24 or (each >= 24 and count == 1)
    return unit in ("d", "wk", "mo") and count == 1


def _ends_as_needed(r: Reader, draft: Draft) -> bool:
    """Whether "as needed" is said behind the last of the moments."""
    said = [i for i in r.items if draft.first <= i.start < draft.last]
    needed = max((i.start for i in said if "prn" in i.terms), default=-1)
    return needed > max((i.start for i in said if "event" in i.terms), default=-1)


def _cut(r: Reader, draft: Draft, rest: list[Event]) -> list[Draft]:
    extra = Draft(link="and", method=draft.method, dose=draft.dose, route=draft.route, site=draft.site)
    extra.events, extra.duration = [draft.events[-1]], draft.duration
    extra.first, extra.last = draft.first, draft.last
    if draft.prn and _ends_as_needed(r, draft):
        extra.prn, extra.prn_reason = True, draft.prn_reason  # "three times a day and at bedtime as needed"
    draft.events = rest
    return [draft, extra]
