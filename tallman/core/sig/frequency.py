"""How often: so many times a day, a week, a month."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.model import Frequency, Maximum
from tallman.core.sig.reader import Reader

__all__ = ["fixed_frequency", "is_each_day", "period_of", "put_frequency", "times_per"]

_DAILY = (1, "d", True)
_WEEKLY = (1, "wk", False)
_ONE_A_WEEK = Frequency(1, 1, Decimal(1), "wk")
_ON_DAYS = frozenset({"day", "days", "on day", "on days"})
_A_DAY = frozenset({"a day", "per day", "/day", "/ day", "each day", "/d"})


def put_frequency(r: Reader, value: Frequency, weak: bool, to: int) -> bool:
    """Fill the frequency; "daily" beside a fuller one says nothing new."""
    draft = r.draft
    held = draft.frequency
    if r.pending == "and" and draft.trigger and not draft.has_timing():
        draft, held = r.begin("and"), None  # "before exercise and twice daily"
    if (held or draft.interval or (draft.events and (draft.duration or draft.days))) and _is_next_line(r, to):
        r.begin("and" if draft.weekdays and not draft.duration else "then").frequency = value
        return r.took(to)
    if held is None and draft.interval is not None and weak and draft.interval.unit in ("h", "min"):
        return r.took(to) if draft.interval.low <= 24 else r.refuse(to)
    if held is None:
        r.strays()
        draft.frequency, draft.is_weak, draft.often = value, weak, r.word(r.at)
        return r.took(to)
    if r.pending == "or" and not draft.is_weak and held.unit == value.unit and value.high > held.high:
        draft.frequency = Frequency(held.low, value.high, held.period, held.unit)
        return r.took(to)
    if weak is False and held == Frequency(1, 1) and draft.is_weak and value == _ONE_A_WEEK:
        r.doubts.append("every day, or once a week?")
    if draft.is_weak and not weak and value.unit == "d" and value.high > 1 and not is_each_day(draft.often):
        r.doubts.append("once a day, or more often?")
    on_some_days = value.unit == "wk" and held == Frequency(1, 1) and value.high <= 7
    if (draft.is_weak and not weak and value.unit in ("d", "wk")) or (on_some_days and not weak):
        draft.frequency, draft.is_weak = value, weak
        return r.took(to)
    if held == value and r.pending == "and" and r.term(to, "prn") and not draft.prn:
        r.begin("and").frequency = value  # "twice a day and twice a day as needed"
        return r.took(to)
    if held == value or (weak and held.unit == "d"):
        return r.took(to)
    return r.refuse(to)


def is_each_day(said: str) -> bool:
    """Whether "daily" was said as "every day", which leaves open how often on each."""
    return said.startswith(("every", "each"))


def _is_next_line(r: Reader, to: int) -> bool:
    """The next line of a taper: "qid x 7 days, tid x 7 days"."""
    draft = r.draft
    if draft.weekdays and not draft.duration:
        return r.term(to, "weekday") is not None or (
            r.word(to).startswith("on") and r.term(to + 1, "weekday") is not None
        )
    if draft.days and not draft.duration:
        weekly = r.term(to, "week") is not None and r.numbers(to + 1) is not None  # "qid week 1, tid week 2"
        follows = (draft.dose or draft.link == "then") and r.word(r.at - 1) in (",", ";")
        return bool(follows and (weekly or r.word(to) in _ON_DAYS))
    return bool(draft.duration and (draft.dose or draft.method or draft.link == "then") and _lasts(r, to))


def _lasts(r: Reader, to: int) -> bool:
    """Whether a length may follow: "x 7 days", "7 days", "x 1 day"."""
    return bool(r.term(to, "for") or r.term(to, "num") is not None or r.word(to) in ("x 1", "x1"))


def fixed_frequency(r: Reader) -> bool:
    """ "bid", "twice daily", "weekly"; "bid to tid" is a range."""
    found = r.term(r.at, "freq")
    if found is None:
        return False
    times, unit, weak = found
    if (
        r.word(r.at) in ("a day", "a week")
        and (r.term(r.at + 1, "before") or r.term(r.at + 1, "after"))
        and r.term(r.at + 2, "trigger")
    ):
        r.doubts.append("once every day, or a day before?")
    j, high = r.at + 1, times
    more = r.term(j + 1, "freq") if r.term(j, "link") in ("to", "or") or r.word(j) == "/" else None
    if more and more[1] == unit and more[0] > times:
        high, weak, j = more[0], False, j + 2
    elif (
        r.term(j, "link") in ("to", "or")
        and (counted := _counted(r, j + 1))
        and counted[0] > times
        and counted[1] == unit
    ):
        high, weak, j = counted[0], False, counted[2]  # "twice a day to three times a day"
    if r.word(j) == "(" and r.word(j + 2) == ")" and (r.term(j + 1, "freq") or (0,))[:2] == (times, unit):
        j += 3
    return put_frequency(r, Frequency(times, high, Decimal(1), unit), weak, j)


def _counted(r: Reader, i: int) -> tuple[int, str, int] | None:
    """ "Three times a day": how many, per what."""
    found = r.number(i)
    period = period_of(r, found[1] + 1) if found and r.term(found[1], "times") else None
    return (
        (int(found[0]), period[1], period[2])
        if found and period and period[0] == 1 and found[0] == int(found[0])
        else None
    )


def period_of(r: Reader, j: int) -> tuple[Decimal, str, int] | None:
    """What a count is per: "daily", "a week", "per 24 hours", "/ day", "every 2 weeks"."""
    found = r.term(j, "freq")
    if found and found[0] == 1:
        return Decimal(1), found[1], j + 1
    k = j + 1 if r.term(j, "per") or r.term(j, "every") else j
    count = r.number(k) if k > j else None
    if count and count[0]:
        unit, k = r.term(count[1], "period"), count[1] + 1
        if unit == "h" and count[0] == 24:
            return Decimal(1), "d", k + (r.word(k) in ("period", "span", "time"))
        return (count[0], unit, k) if unit in ("d", "wk", "mo") else None
    each = r.term(k, "freq") if r.word(j) == "/" else None
    if each and each[0] == 1:
        return Decimal(1), each[1], k + 1  # "3x/daily"
    unit = r.term(k, "period")
    if unit == "wk" and r.word(j - 1) in ("x", "times", "time") and r.word(j) in ("week", "wk"):
        return Decimal(1), "wk", j + 1
    if unit in ("d", "wk", "mo", "y") and (k > j or (unit == "d" and r.word(j) != "night")):
        return Decimal(1), unit, k + 1
    return None


def times_per(r: Reader) -> bool:
    """ "3 times a day", "2-3x/week", "up to 4 times daily", "4/day", "5 days a week"."""
    i = r.at
    if r.term(i, "for"):
        return _crossed(r)
    most = bool(r.term(i, "up_to") or r.term(i, "max"))
    i += most
    fixed = r.term(i, "freq") if most else None
    if fixed and not fixed[2] and r.term(r.at, "up_to"):
        return _at_most(r, Frequency(0, fixed[0], Decimal(1), fixed[1]), i + 1)
    found = _fold(r, i) or r.numbers(i)
    if found is None or found[0] != int(found[0]) or found[1] != int(found[1]):
        return False
    low, high, j = found
    period = None
    if r.term(j, "times") and r.word(j + 1) == "(" and (again := r.number(j + 2)) and again[0] == high:
        j = again[1] + (r.word(again[1]) != ")")  # "three times (3x) a day"
        period = period_of(r, j + 1) if r.word(j) == ")" else None
    elif r.term(j, "times") or (r.draft.dose and not r.verb and low == high == 1 and r.word(j) == "one time"):
        period = period_of(r, j + 1)
    elif not most and low < 13 and r.draft.dose and _is_per(r, j) and r.term(j, "unit") is None:
        period = period_of(r, j)
    elif not most and r.term(j, "period") == "d" and r.term(j + 1, "freq") == _WEEKLY:
        if r.pending == "or" and r.draft.maxima:
            return r.refuse(j + 2)  # "no more than 2 in 24 hours or 3 days a week"
        period = (Decimal(1), "wk", j + 2)
    if period is None or not high:
        return False
    more = _counted(r, period[2] + 1) if not most and r.term(period[2], "link") in ("to", "or") else None
    if more and more[0] > high and more[1] == period[1] and period[0] == 1:
        high, period = Decimal(more[0]), (period[0], period[1], more[2])  # "three times a day to four times a day"
    if low < high and r.draft.dose is None and r.word(i + 1) == "-" and r.glued(i + 1) and not r.glued(i + 2):
        r.doubts.append("one to three times a day, or one, and three times a day?")  # "1- 3 times a day"
    value = Frequency(0 if most else int(low), int(high), period[0], period[1])
    return _at_most(r, value, period[2]) if most else put_frequency(r, value, False, period[2])


def _crossed(r: Reader) -> bool:
    """ "x 3 a day", "x2 per day": the sign stands before the count."""
    found = r.number(r.at + 1) if r.word(r.at) in ("x", "×") else None
    if not found or found[0] != int(found[0]):
        return False
    if not (r.word(found[1]) in _A_DAY or (r.word(found[1]) == "daily" and r.glued(r.at + 1))):
        return False
    count = int(found[0])
    return put_frequency(r, Frequency(count, count), False, found[1] + 1)


def _at_most(r: Reader, value: Frequency, to: int) -> bool:
    """ "Up to 4 times a day" is how often, or the most where that has been said."""
    draft = r.draft
    if draft.interval is None and (draft.frequency is None or draft.is_weak):
        return put_frequency(r, value, False, to)
    limit = Maximum(Decimal(value.high), "dose", value.period, value.unit)
    if limit not in draft.maxima and draft.frequency != Frequency(value.high, value.high, value.period, value.unit):
        draft.maxima.append(limit)
    return r.took(to)


def _fold(r: Reader, i: int) -> tuple[Decimal, Decimal, int] | None:
    """ "twice to four" times a day."""
    low = r.term(i, "fold")
    found = r.numbers(i + 2) if low and r.term(i + 1, "link") in ("to", "or") else None
    return (low, found[1], found[2]) if found and found[1] > low else None


def _is_per(r: Reader, j: int) -> bool:
    """ "4/day", "4 per day" and no other word for a day."""
    return (r.word(j) in ("/", "per") and r.term(j + 1, "period") is not None) or r.word(j) in (
        "/ day",
        "/ d",
        "per day",
    )
