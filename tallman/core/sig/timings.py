"""When: times a day, intervals, events of the day, weekdays, hours of the clock."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.sig.model import DayRange, Duration, Event, Frequency, Interval, Maximum
from tallman.core.sig.reader import Reader

__all__ = [
    "clock", "event", "every", "fixed_frequency", "fixed_interval", "hourly", "offset_event", "once", "put_interval", "stat",
    "times_per", "weekday", "weekdays_at",
]  # fmt: skip

_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AM = frozenset({"am", "a", "a m", "in the morning", "in am", "morning", "every morning"})
_PM = frozenset({"pm", "p", "p m", "in the evening", "in the afternoon", "at night", "in pm", "evening"})


def put_frequency(r: Reader, value: Frequency, weak: bool, to: int) -> bool:
    """Fill the frequency; "daily" beside a fuller one says nothing new."""
    draft = r.draft
    held = draft.frequency
    if held is None and draft.interval is not None and weak and draft.interval.unit in ("h", "min"):
        return r.took(to)
    if (
        held is not None
        and r.pending == "or"
        and not draft.is_weak
        and held.unit == value.unit
        and value.high > held.high
    ):
        draft.frequency = Frequency(held.low, value.high, held.period, held.unit)
        return r.took(to)
    if held is None or (draft.is_weak and not weak and value.unit == "d"):
        draft.frequency, draft.is_weak = value, weak
        return r.took(to)
    if held == value or (weak and held.unit == "d"):
        return r.took(to)
    return _conflict(r, to)


def _conflict(r: Reader, to: int) -> bool:
    """A second timing: a step of its own after "then" or "or", else unread."""
    return r.refuse(to)


def put_interval(r: Reader, low: Decimal, high: Decimal, unit: str, to: int) -> bool:
    """Fill the interval; every one day, week, month or year is a frequency."""
    if low == high == 1 and unit in ("d", "wk", "mo", "y"):
        return put_frequency(r, Frequency(1, 1, Decimal(1), unit), unit == "d", to)
    if r.draft.is_weak and unit in ("h", "min", "d") and r.draft.interval is None:
        if unit == "d":
            return r.refuse(to)
        r.draft.frequency, r.draft.is_weak = None, False
    return r.put("interval", Interval(low, high, unit), to)


def fixed_frequency(r: Reader) -> bool:
    """ "bid", "twice daily", "weekly"; "bid to tid" is a range."""
    found = r.term(r.at, "freq")
    if found is None:
        return False
    times, unit, weak = found
    j = r.at + 1
    high = times
    if r.term(j, "link") in ("to", "or") and r.term(j + 1, "freq"):
        more, other, _ = r.term(j + 1, "freq")
        if other == unit and more > times:
            high, weak, j = more, False, j + 2
    if (
        r.word(j) == "("
        and r.term(j + 1, "freq")
        and r.word(j + 2) == ")"
        and r.term(j + 1, "freq")[:2] == (times, unit)
    ):
        j += 3
    return put_frequency(r, Frequency(times, high, Decimal(1), unit), weak, j)


def fixed_interval(r: Reader) -> bool:
    """ "every other day", "hourly"."""
    found = r.term(r.at, "interval")
    if found is None:
        return False
    return put_interval(r, found[0], found[0], found[1], r.at + 1)


def _period(r: Reader, j: int) -> tuple[Decimal, str, int] | None:
    """What "3 times" is per: "daily", "a week", "per 24 hours", "/ day", "every 2 weeks"."""
    found = r.term(j, "freq")
    if found and found[0] == 1:
        return Decimal(1), found[1], j + 1
    k = j
    if r.term(k, "per") or r.term(k, "every"):
        k += 1
        count = r.number(k)
        if count:
            period = r.term(count[1], "period")
            if period == "h" and count[0] == 24:
                k = count[1] + 1
                return Decimal(1), "d", k + (r.word(k) == "period")
            return (count[0], period, count[1] + 1) if period in ("d", "wk", "mo") else None
    period = r.term(k, "period")
    if period in ("d", "wk", "mo", "y") and (k > j or period == "d"):
        return Decimal(1), period, k + 1
    return None


def times_per(r: Reader) -> bool:
    """ "3 times a day", "2-3x/week", "up to 4 times daily", "4/day", "5 days a week"."""
    i = r.at
    up_to = bool(r.term(i, "up_to") or r.term(i, "max"))
    i += up_to
    found = r.numbers(i)
    if found is None or found[0] != int(found[0]) or found[1] != int(found[1]):
        return False
    low, high, j = found
    period = None
    if r.term(j, "times"):
        period = _period(r, j + 1)
    elif (r.word(j) in ("/", "per") and r.term(j + 1, "period") and r.draft.dose and low < 13) or (
        r.term(j, "freq") and r.word(j) in ("/day", "/d") and r.draft.dose
    ):
        period = _period(r, j)
    elif r.term(j, "period") == "d" and r.term(j + 1, "freq") in ((1, "wk", False),):
        period = (Decimal(1), "wk", j + 2)
    if period is None:
        return False
    if r.term(r.at, "max") and r.draft.frequency is not None:
        r.draft.maxima.append(Maximum(high, "dose", period[0], period[1]))
        return r.took(period[2])
    value = Frequency(0 if up_to else int(low), int(high), period[0], period[1])
    return put_frequency(r, value, False, period[2])


def every(r: Reader) -> bool:
    """ "every 4 to 6 hours", "q8h", "every 2 weeks", "every Monday", "every 3rd day"."""
    i = r.at
    if not r.term(i, "every"):
        return False
    days = weekdays_at(r, i + 1)
    if days:
        return put_weekdays(r, days[0], days[1])
    found = r.numbers(i + 1)
    if found is None:
        return False
    low, high, j = found
    j += r.word(j) in ("th", "rd", "nd", "st") and r.glued(j)
    j += r.word(j) == "-"
    unit = r.term(j, "period")
    if unit is None:
        hours = r.term(j, "hourly")
        return bool(hours) and put_interval(r, low, high, "h", j + 1)
    j += 1
    if low == high and r.term(j, "link") in ("to", "or"):
        k = j + 1 + bool(r.term(j + 1, "every"))
        second = r.numbers(k)
        if second and r.term(second[2], "period") == unit and second[0] > low:
            high, j = second[0], second[2] + 1
    if unit == "d" and r.term(j - 1, "event"):
        r.draft.events.append(Event("NIGHT"))
    j += r.word(j) in ("interval", "int", "intervals", "apart")
    return put_interval(r, low, high, unit, j)


def hourly(r: Reader) -> bool:
    """ "6 hourly", "4-6hrly"."""
    found = r.numbers(r.at)
    if found is None or not r.term(found[2], "hourly"):
        return False
    return put_interval(r, found[0], found[1], "h", found[2] + 1)


def event(r: Reader) -> bool:
    """ "in the morning", "at bedtime", "with meals"."""
    code = r.term(r.at, "event")
    if code is None or r.word(r.at) in ("on", "om", "pr", "pre"):
        return False
    return put_event(r, Event(code), r.at + 1)


def put_event(r: Reader, value: Event, to: int) -> bool:
    """Add an event; "and" before it is remembered, for "three times a day and at bedtime"."""
    draft = r.draft
    if value not in draft.events:
        if r.pending == "or" and draft.events:
            return r.refuse(to)
        if r.pending == "and":
            draft.joined.add(len(draft.events))
        draft.events.append(value)
    return r.took(to)


def offset_event(r: Reader) -> bool:
    """ "30 minutes before breakfast", "1 to 2 hours after meals"."""
    i = r.at
    while r.word(i) in ("at", "least", "about", "approximately", "at about", "at approximately"):
        i += 1
    found = r.numbers(i)
    if found is None:
        return False
    low, high, j = found
    unit = r.term(j, "period")
    code = r.term(j + 1, "event")
    if unit not in ("min", "h") or code not in ("AC", "ACM", "ACD", "ACV", "PC", "PCM", "PCD", "PCV", "HS"):
        return False
    if code == "HS" and "before" not in r.word(j + 1) and "prior" not in r.word(j + 1):
        return False
    factor = 60 if unit == "h" else 1
    first, last = int(low * factor), int(high * factor)
    return put_event(r, Event(code, first, last if last != first else 0), j + 2)


def _weekday_list(r: Reader, i: int) -> tuple[list[str], int]:
    days: list[str] = []
    j = i
    while True:
        k = j
        while r.word(k) in (",", "/", "&", "and", "the") or (days and r.word(k) == "on"):
            k += 1
        if days and r.term(j, "link") == "to" and r.term(j + 1, "weekday"):
            first, last = _DAY.index(days[-1]), _DAY.index(r.term(j + 1, "weekday")[0])
            if last > first:
                days.extend(_DAY[first + 1 : last + 1])
                j += 2
                continue
        found = r.term(k, "weekday")
        if (
            not found
            or (days and "other" in found)
            or (days and k > j and "on" in [r.word(x) for x in range(j, k)] and False)
        ):
            return days, j
        days.extend(d for d in found if d not in days)
        j = k + 1


def weekdays_at(r: Reader, i: int) -> tuple[tuple[str, ...], int] | None:
    """A list of weekdays: "Mon, Wed and Fri", "Monday through Friday", "other days"."""
    days, j = _weekday_list(r, i)
    if not days:
        return None
    if "other" not in days:
        days.sort(key=_DAY.index)
    j += r.word(j) == "only"
    if r.word(j) == "of" and r.term(j + 1, "freq") == (1, "wk", False):
        j += 2
    return tuple(days), j


def put_weekdays(r: Reader, days: tuple[str, ...], to: int) -> bool:
    """Fill the weekdays."""
    if not r.draft.weekdays:
        r.draft.weekdays = days
        return r.took(to)
    return r.took(to) if r.draft.weekdays == days else r.refuse(to)


def weekday(r: Reader) -> bool:
    """ "on Mondays", "Mon/Wed/Fri", "except Sunday"."""
    i = r.at
    excepted = bool(r.term(i, "except"))
    i += excepted
    i += r.word(i) in ("on", "for")
    found = weekdays_at(r, i)
    if found is None:
        return False
    days, j = found
    if excepted:
        days = tuple(d for d in _DAY if d not in days)
    return put_weekdays(r, days, j)


def _hour(r: Reader, i: int, certain: bool) -> tuple[str, int] | None:
    """One hour of the clock: "8:00 am", "8am", "20:00", "5 in the evening"."""
    text = r.word(i)
    if ":" in text and len(text) > 1 and text[0].isdigit():
        hours, minutes = (int(part) for part in text.split(":"))
        j = i + 1
    else:
        value = r.term(i, "num")
        if value is None or value != int(value) or not text.isdigit():
            return None
        hours, minutes, j = int(value), 0, i + 1
        if certain and hours >= 100 and len(text) == 4 and hours % 100 < 60 and hours < 2400:
            j += r.word(j) in ("hours", "hrs", "h", "hour")
            return f"{hours // 100:02}:{hours % 100:02}", j
        if not (r.word(j) in _AM or r.word(j) in _PM):
            return None
        if not (certain or (r.glued(j) and r.word(j) in ("am", "pm", "a", "p"))):
            return None
    if hours <= 12 and r.word(j) in _AM:
        return f"{hours % 12:02}:{minutes:02}", j + 1
    if hours <= 12 and r.word(j) in _PM:
        return f"{hours % 12 + 12:02}:{minutes:02}", j + 1
    return (f"{hours:02}:{minutes:02}", j) if ":" in text and hours < 24 else None


def clock(r: Reader) -> bool:
    """ "at 8 am and 8 pm", "8:00 am, 2:00 pm"."""
    i = r.at
    certain = bool(r.term(i, "at")) and r.word(i) != "by"
    i += certain
    hours: list[str] = []
    while (found := _hour(r, i, certain)) is not None:
        hours.append(found[0])
        i = found[1]
        j = i
        while r.word(j) in (",", "and", "&", "at", "then") and j < i + 3:
            j += 1
        if _hour(r, j, certain) is None:
            break
        i = j
    if not hours:
        return False
    new = [h for h in hours if h not in r.draft.clock]
    r.draft.clock.extend(new)
    return r.took(i)


def stat(r: Reader) -> bool:
    """ "now", "today", "as a loading dose"."""
    if not r.term(r.at, "stat"):
        return False
    r.draft.stat = True
    return r.took(r.at + 1)


def once(r: Reader) -> bool:
    """ "once", "one time only", "as a single dose"; before another timing it only says once on each."""
    if not r.term(r.at, "once"):
        return False
    j = r.at + 1
    unit = r.term(j, "period")
    if r.word(r.at) in ("x1", "x 1") and unit in ("d", "wk", "mo"):
        return r.put("duration", Duration(Decimal(1), Decimal(1), unit), j + 1)
    if r.word(r.at) in ("once", "one time", "1 time") and (
        r.term(j, "event") or r.term(j, "freq") or r.term(j, "interval") or weekdays_at(r, j + (r.word(j) == "on"))
    ):
        if r.term(j, "freq") and r.term(j, "freq")[0] != 1:
            return False
        if r.term(j, "event"):
            return put_frequency(r, Frequency(1, 1), True, j)
        return r.took(j)
    r.draft.once = True
    return r.took(j)


def over_time(r: Reader) -> bool:
    """ "over 30 minutes": how long one dose takes to give."""
    if r.word(r.at) != "over":
        return False
    found = r.numbers(r.at + 1)
    if found is None or found[0] != found[1]:
        return False
    unit = r.term(found[2], "period")
    if unit not in ("min", "h"):
        return False
    return r.put("over", Amount(found[0], unit), found[2] + 1)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}


def _ordinal(r: Reader, i: int) -> tuple[int, int] | None:
    if r.word(i) in _ORDINALS:
        return _ORDINALS[r.word(i)], i + 1
    value = r.term(i, "num")
    if value is not None and r.word(i + 1) in ("st", "nd", "rd", "th") and r.glued(i + 1):
        return int(value), i + 2
    return None


def day_range(r: Reader) -> bool:
    """ "on day 1", "days 2-5", "day 8 and after", "week 1", "on the first day"."""
    i = r.at
    while r.word(i) in ("on", "the", "on the", "for", "for the", "in"):
        i += 1
    named = _ordinal(r, i)
    if named and (r.term(named[1], "day") or r.term(named[1], "week")):
        unit = "d" if r.term(named[1], "day") else "wk"
        return _put_days(r, DayRange(named[0], named[0], unit), named[1] + 1)
    unit = "d" if r.term(i, "day") else "wk" if r.term(i, "week") else "mo" if r.term(i, "month") else ""
    if not unit or r.term(i, "num") is not None:
        return False
    j = i + 1 + (r.word(i + 1) in ("#", "("))
    found = r.numbers(j)
    if found is None or found[0] != int(found[0]):
        return False
    low, high, j = found
    if (low == high and r.term(j, "link") in ("to", "and")) or r.word(j) == ",":
        k = j + 1 + bool(r.term(j + 1, "day") or r.term(j + 1, "week"))
        second = r.number(k)
        consecutive = second and (r.term(j, "link") == "to" or second[0] == low + 1)
        if second and consecutive and not r.term(second[1], "unit") and r.term(second[1], "link") != "to":
            high, j = second[0], second[1]
    last: int | None = int(high)
    for phrase in (
        ("and", "after"),
        ("and", "thereafter"),
        ("onward",),
        ("onwards",),
        ("on",),
        ("+",),
        ("and", "beyond"),
        ("and", "onward"),
    ):
        if tuple(r.word(j + x) for x in range(len(phrase))) == phrase and low == high:
            last, j = None, j + len(phrase)
            break
    j += r.word(j) == ":"
    return _put_days(r, DayRange(int(low), last, unit), j)


def _put_days(r: Reader, value: DayRange, to: int) -> bool:
    draft = r.draft
    if draft.days is not None and draft.days != value and draft.dose:
        draft = r.begin(r.pending)
    if draft.days is None:
        draft.days = value
        return r.took(to)
    return r.took(to) if draft.days == value else r.refuse(to)
