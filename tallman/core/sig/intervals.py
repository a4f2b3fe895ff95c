"""How far apart: "every 4 to 6 hours", "every other day", "6 hourly"."""

from __future__ import annotations

import re
from decimal import Decimal

from tallman.core.sig.frequency import put_frequency
from tallman.core.sig.model import Duration, Event, Frequency, Interval
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import begins_length

__all__ = ["every", "fixed_interval", "hourly", "put_interval", "restated"]

_MINUTES = frozenset(map(Decimal, (5, 10, 15, 20)))
"""Before a lone "m", where months would be no interval."""
_ONE = Decimal(1)
_DAYS_IN = {"d": 1, "wk": 7}
_HOURS_IN = {"h": 1, "d": 24, "wk": 168}
_HOURS = {
    (Decimal(low), Decimal(high))
    for low, high in ((4, 4), (6, 6), (8, 8), (12, 12), (24, 24), (48, 48), (72, 72), (4, 6), (6, 8))
}
_NIGHTS = {
    "night": "NIGHT",
    "nights": "NIGHT",
    "morning": "MORN",
    "mornings": "MORN",
    "am": "MORN",
    "pm": "EVE",
    "evening": "EVE",
    "evenings": "EVE",
}
_ENDS = (
    "day",
    "week",
    "prn",
    "for",
    "reason_lead",
    "max",
    "max_day",
    "route",
    "place",
    "prep",
    "remark",
    "instr",
    "noise",
    "with",
    "if",
)
_ODD_OR_EVEN = re.compile(r"\b(?:odd|even)\b")
_ORDINAL = frozenset({"th", "rd", "nd", "st"})


def put_interval(r: Reader, low: Decimal, high: Decimal, unit: str, to: int) -> bool:
    """Fill the interval; every one day, week, month or year is a frequency."""
    draft = r.draft
    if not low:
        return r.refuse(to)  # "every 0 days"
    if r.pending == "and" and draft.dose and draft.frequency and not draft.is_weak and unit in ("h", "min"):
        draft = r.begin("and")  # "4 times daily and every 2 hours as needed"
    apart = draft.interval is not None and draft.interval.unit in ("h", "min") and unit in ("h", "min")
    if r.pending == "and" and (draft.dose or draft.product) and apart and not draft.prn and r.term(to, "prn"):
        draft = r.begin("and")  # "every 6 hours and every 2 hours as needed"
    if r.pending == "and" and draft.trigger and not draft.has_timing():
        draft = r.begin("and")  # "15 minutes before exercise and every 4 hours as needed"
    if low == high == 1 and unit in ("d", "wk", "mo", "y"):
        return put_frequency(r, Frequency(1, 1, Decimal(1), unit), unit == "d", to)
    if _is_next_line(r, Interval(low, high, unit), to):
        draft = r.begin("then")  # "q8h x 2 days, q12h x 2 days"
    if _is_round(r, low, high, unit):
        return r.put("cycle", Duration(low, high, unit), to)  # "days 1-4, every 4 weeks"
    single = draft.days and draft.days.last == draft.days.first and unit in ("d", "wk", "mo")
    if single and draft.dose and not draft.has_timing() and r.word(to) in ("thereafter", "after that"):
        r.draft.last, draft, to = (
            r.items[r.at - 1].end,
            r.begin("then"),
            to + 1,
        )  # "week 0, week 4 and every 8 weeks thereafter"
    if draft.frequency == Frequency(1, 1) and unit == "d" and draft.interval is None and _is_one_time(draft.often):
        draft.frequency, draft.is_weak = None, False  # "one time a day every other day"
    if draft.is_weak and draft.interval is None:
        if unit not in ("h", "min") or low > 24:
            return r.refuse(to)
        if not (unit == "h" and low >= 24):
            r.doubts.append("once a day, or more often?")  # "1 tablet daily every 12 hours"
        draft.frequency, draft.is_weak = None, False
    if draft.interval is None:
        r.strays()
    elif _hours(draft.interval) == _hours(Interval(low, high, unit)):
        return r.took(to)  # "every 72 hours, change every 3 days"
    return r.put("interval", Interval(low, high, unit), to)


def _is_one_time(often: str) -> bool:
    """Whether it was said how often on a day, and not that it is each day."""
    return often.startswith(("one", "1", "once", "a day"))


def _is_next_line(r: Reader, every: Interval, to: int) -> bool:
    """Whether behind a comma the next line of a taper begins, with another interval and a length of its own."""
    draft = r.draft
    lasted = (draft.duration or draft.count or draft.days) and (
        draft.dose is not None or draft.method is not None or draft.link == "then"
    )
    freq = draft.frequency if draft.count or draft.duration else None
    if freq and every.unit == "h" and every.low * freq.high == _HOURS_IN["d"]:
        return False  # "twice daily for 10 days, every 12 hours": the same
    held = draft.interval or freq or (draft.events if draft.duration else None)
    on_days = draft.days is not None and (r.term(to, "day") or r.term(to, "week")) and r.numbers(to + 1) is not None
    counted = draft.count is not None and r.word(to) == "x" and r.number(to + 1) is not None
    follows = begins_length(r, to) or counted or on_days
    return bool(lasted and held not in (None, every) and r.word(r.at - 1) == "," and follows)


def _is_round(r: Reader, low: Decimal, high: Decimal, unit: str) -> bool:
    """Whether the days said right before, behind a comma, come back so far apart."""
    draft = r.draft
    tells = draft.days is not None and draft.days.last is not None and draft.dose is not None and draft.cycle is None
    if not tells or not draft.days or r.word(r.at - 1) != "," or r.items[r.at - 2].end != draft.last or low != high:
        return False
    last = (draft.days.last or 0) * _DAYS_IN.get(draft.days.unit, 99)
    return unit in _DAYS_IN and draft.interval is None and low * _DAYS_IN[unit] > max(last, _DAYS_IN["wk"])


def _hours(every: Interval) -> tuple[Decimal, Decimal, str]:
    """How far apart in hours, where days or weeks are said; months are as they are."""
    factor = _HOURS_IN.get(every.unit)
    return (every.low * factor, every.high * factor, "h") if factor else (every.low, every.high, every.unit)


def fixed_interval(r: Reader) -> bool:
    """ "every other day", "hourly"."""
    found = r.term(r.at, "interval")
    named = _ODD_OR_EVEN.search(r.word(r.at)) if found is not None else None
    daily = r.draft.interval in (None, Interval(Decimal(2), Decimal(2), "d")) and r.draft.frequency in (
        None,
        Frequency(1, 1),
    )
    if named and daily and f"on {named[0]} days" not in r.draft.instructions:
        r.draft.instructions.append(f"on {named[0]} days")
    if found is not None and (part := _NIGHTS.get(r.word(r.at).split()[-1])) and Event("HS") not in r.draft.events:
        r.draft.events += [Event(part)] if Event(part) not in r.draft.events else []
    return found is not None and put_interval(r, found[0], found[0], found[1], r.at + 1)


def every(r: Reader) -> bool:
    """ "every 4 to 6 hours", "q8h", "every 2 weeks", "every 3rd day", "q4h-q6h"."""
    i = r.at
    least = r.term(i, "up_to") or (r.term(i, "max") and r.term(i + 1, "every"))
    i += bool(least) and r.draft.dose is not None
    seldom = r.word(r.at).endswith(("often than", "frequently than", "sooner than")) and r.draft.has_timing()
    if seldom and (found := r.numbers(i + 1)) and r.term(found[2], "period"):
        return r.advise(r.words(r.at, found[2] + 1), found[2] + 1)  # "3 times a day, no more often than every 4 hours"
    if not r.term(i, "every"):
        return False
    found = r.numbers(i + 1)
    if found is None:
        unit = r.term(i + 1, "period")
        return unit in ("d", "wk", "mo") and "1" in r.word(i).split() and put_interval(r, _ONE, _ONE, unit, i + 2)
    low, high, j = found
    j += r.word(j) in _ORDINAL and r.glued(j)
    unit = r.term(j, "period")
    if unit is None and r.word(j) == "m" and r.glued(j) and low == high in _MINUTES:
        unit = "min"  # "q5m"
    if (
        unit is None
        and r.word(i) == "q"
        and (low, high) in _HOURS
        and (j >= r.n or r.word(j) in (",", ".", ";", ")", "(") or any(r.term(j, kind) for kind in _ENDS))
    ):
        return put_interval(r, low, high, "h", j)  # "q6 prn"
    if unit is None:
        return bool(r.term(j, "hourly")) and put_interval(r, low, high, "h", j + 1)
    j += 1
    if low == high and r.term(j, "link") in ("to", "or"):
        second = r.numbers(j + 1 + bool(r.term(j + 1, "every")))
        if second and r.term(second[2], "period") == unit and second[0] > low:
            high, j = second[0], second[2] + 1
    j += r.word(j) in ("interval", "int", "intervals", "apart")
    return put_interval(r, low, high, unit, j)


def restated(r: Reader) -> bool:
    """ "(72 hours)" behind "every 3 days", or behind "repeat in 3 days"."""
    said = r.draft.interval or (r.draft.repeat.after if r.draft.repeat else None)
    found = r.numbers(r.at + 1) if r.word(r.at) == "(" and said else None
    unit = r.term(found[2], "period") if found else None
    if not found or not unit or not said or r.word(found[2] + 1) != ")":
        return False
    return _hours(said) == _hours(Interval(found[0], found[1], unit)) and r.took(found[2] + 2)


def hourly(r: Reader) -> bool:
    """ "6 hourly", "4-6hrly"."""
    found = r.numbers(r.at)
    if found is None or not r.term(found[2], "hourly"):
        return False
    return put_interval(r, found[0], found[1], "h", found[2] + 1)
