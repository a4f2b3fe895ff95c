"""How long: durations, how many doses in all, how long one takes to give."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.quantity import Amount, format_number
from tallman.core.sig.amounts import SHAPED, measure
from tallman.core.sig.frequency import put_frequency
from tallman.core.sig.intervals import put_interval
from tallman.core.sig.model import DayRange, Duration, Frequency, Interval, Wear
from tallman.core.sig.occasions import MEALS
from tallman.core.sig.reader import Reader
from tallman.core.sig.rounds import round_of
from tallman.core.sig.sentences import begins_dose

__all__ = ["bare_duration", "duration", "over_time", "part_of", "plain_duration", "times_in_all"]

_IN_MOUTH = frozenset({"swish", "gargle"})
_ARTICLE = {
    "a day": "d",
    "a week": "wk",
    "a month": "mo",
    "a year": "y",
    "one week": "wk",
    "1 week": "wk",
    "one day": "d",
}
_NOT_A_LENGTH = frozenset(
    {"on", "off", "supply", "apart", "ago", "of", "before", "prior to", "after", "a", "old", "later", "day supply"}
)
_SENTENCE_ENDS = frozenset({".", ";", "\n"})
_A_WEEK = frozenset({"weekly", "a week", "per week", "each week", "/week", "/ week", "/wk", "/ wk", "every week"})
_APART = frozenset({1, 2, 3, 4, 6, 8, 12})
_HOURS_OF = frozenset({24, 48, 72})
_PARTS_OF = {"7": "d", "52": "wk", "12": "mo"}
_TAKEN = frozenset({"dose", "doses", "treatments", "applications", "occurrences", "total doses", "runs", "boluses"})
_MORE = frozenset({"-", "more", "consecutive", "full", "additional", "straight", "total", "further", "successive"})
_DAYS_IN: dict[str, Decimal | int] = {
    "h": Decimal(1) / 24,
    "min": Decimal(1) / 1440,
    "d": 1,
    "wk": 7,
    "mo": 30,
    "y": 365,
}
_LASTING = frozenset({"keep refrigerated", "avoid alcohol", "do not drive", "avoid sun", "avoid grapefruit"})
"""Advice that may last a while by itself."""
_FEW = 4
_ON_WARDS = frozenset({"intravenous", "intramuscular", "inhalation"})
"""What is given by somebody: "0.5 mg neb x3" are three of them. Of tablets it may be three days."""


def plain_duration(r: Reader) -> bool:
    """ "For 10 days" where the sentence ends: nothing else can be meant, and nothing else need be tried."""
    i = r.at
    count, unit, behind = r.items[i + 1].terms.get("num"), r.items[i + 2].terms.get("period"), r.items[i + 3]
    if count is None or unit not in ("d", "wk", "mo") or r.items[i].text not in ("for", "x") or (i and _advised(r)):
        return False
    return (i + 3 >= r.n or behind.text in _SENTENCE_ENDS) and _put(r, count, count, unit, False, i + 3)


_ROUNDS = frozenset({"cycle", "cycles", "chemo cycles", "treatment cycles"})


_BEHIND_A_LENGTH = ("only", "max", "maximum", "duration", "total", "straight", "course", "at most", "or less")


def duration(r: Reader) -> bool:
    """ "for 10 days", "x 7d", "for up to 2 weeks", "for 3 doses", "for 30 seconds"."""
    i = r.at
    said = _advised(r) if i else None
    if said == "keep refrigerated" and (span := r.numbers(i + 1)) and r.term(span[2], "period"):
        r.draft.instructions[-1] = f"{said} {r.words(i, span[2] + 1)}"
        return r.took(span[2] + 1)  # "keep refrigerated for 28 days"
    if said:
        r.doubts.append("so long taken, or so long avoided?")
    first = r.numbers(i + 2) if r.word(i + 1) == "first" and r.draft.has_timing() else None
    if first and r.term(first[2], "period") == "h":
        return _put(r, first[0], first[1], "h", False, first[2] + 1)  # "every 8 hours for first 48h, then as needed"
    up_to = bool(r.term(i, "for_up_to"))
    if r.term(i, "up_to"):
        return _up_to(r)
    if not (up_to or r.term(i, "for")):
        return False
    if "least" in r.words(i, i + 3):
        r.doubts.append("at least so long: when to stop is not said")
    j = i + 1
    while r.term(j, "for") or (
        r.word(j) in ("a", "total", "of", "the", "another", "at", "least", "about", "next") and r.term(j, "num") is None
    ):
        j += 1
    if r.word(j) in _ARTICLE and r.word(j - 1) not in ("times", "x"):
        return _put(r, Decimal(1), Decimal(1), _ARTICLE[r.word(j)], up_to, j + 1)
    found = r.numbers(j)
    if found is None:
        return False
    low, high, j = found
    if (part := part_of(r, low, j)) and low == high:
        return _put(r, low, high, part, up_to, j + 2)
    while r.word(j) in _MORE:
        j += 1
    if low == high and r.word(j) in _ROUNDS and r.draft.dose and r.draft.has_timing() and not r.draft.cycle:
        return r.advise(f"for {format_number(low)} {r.word(j)}", j + 1)  # "every 3 weeks for 6 cycles"
    unit = r.term(j, "period")
    if unit and r.word(j + 1) == "off":
        return False
    of_week = r.word(j + 1) in _A_WEEK and unit == "d" and high <= 7
    if of_week and low == int(low) and high == int(high):
        if r.word(j + 1) == "weekly":
            r.doubts.append("so many days of each week, or weekly for so many days?")
        most = Frequency(0 if up_to else int(low), int(high), Decimal(1), "wk")
        return put_frequency(r, most, False, j + 2)  # "x 5 days a week"
    each = round_of(r, j + 1) if unit in ("d", "wk") and not up_to and low == high == int(low) else None
    if unit and each and each[0].high * _DAYS_IN[each[0].unit] > low * _DAYS_IN[unit]:
        return _put_round(r, DayRange(1, int(low), unit), *each)
    if unit and (begun := _begun_before(r, i, j + 1)):
        return r.put("until", f"{r.words(i + 1, j + 1)} after {begun}", j + 2)
    if unit:
        behind = r.word(j + 1) in _BEHIND_A_LENGTH and r.term(j + 2, "num") is None
        up_to = up_to or (behind and r.word(j + 1) in ("max", "maximum", "at most", "or less"))
        j += 1 + behind
        return _put(r, low, high, unit, up_to, j)
    if low == high and (told := _by_bag_or_cycle(r, low, j, up_to)) is not None:
        return told
    if r.term(j, "seconds"):
        return r.advise(f"for {r.words(i + 1, j)} seconds", j + 1)
    return low == high == int(low) and _counted(r, int(low), j)


def _by_bag_or_cycle(r: Reader, count: Decimal, j: int, up_to: bool) -> bool | None:
    """ "At 100 mL/hr x 1 L", "days 1 to 5 of 28 x 6 cycles"; None when it is something else."""
    ends = j + 1 >= r.n or r.term(j + 1, "link") or r.word(j + 1) in (",", ".", ";")
    if r.draft.rate and r.term(j, "unit") in ("mL", "L") and ends:
        return r.put("until", f"{r.words(r.at + 1, j + 1)} given", j + 1)
    whole = r.draft.cycle if r.term(j, "cycle") or r.word(j) in _ROUNDS else None
    return _put(r, count * whole.low, count * whole.high, whole.unit, up_to, j + 1) if whole else None


def _begun_before(r: Reader, i: int, j: int) -> str:
    """Before what it is begun, in "starting 2 days before surgery and continue for 2 weeks after"; else nothing."""
    lasts = (r.word(i).startswith("continue") or r.pending == "and") and r.word(j) in ("after", "afterwards")
    ends = j + 1 >= r.n or r.word(j + 1) in (".", ";", ",")
    return (r.draft.start or "").partition("before ")[2] if lasts and ends else ""


def _advised(r: Reader) -> str | None:
    """The advice right before the cursor that may have a length of its own: "avoid alcohol for 3 days"."""
    said = r.term(r.at - 1, "instr")
    return said if said in _LASTING and r.draft.instructions[-1:] == [said] else None


def part_of(r: Reader, count: Decimal, j: int) -> str | None:
    """The unit of "5/7", "2/52" and "3/12", as Britain writes so many days, weeks and months."""
    glued = r.word(j) == "/" and r.glued(j) and r.glued(j + 1)
    unit = _PARTS_OF.get(r.word(j + 1)) if glued and count == int(count) else None
    if glued and r.word(j + 1) == "24" and count in _HOURS_OF:
        unit = "h"
    return None if r.term(j + 2, "unit") or r.word(j + 2) == "/" else unit


def _put_round(r: Reader, days: DayRange, each: Duration, to: int) -> bool:
    """ "For 21 days of a 28 day cycle", "for 5 days every 28 days", "for 10 days each month"."""
    if r.draft.days or r.draft.cycle:
        return r.refuse(to)
    r.draft.days, r.draft.cycle = days, each
    return r.took(to)


def _up_to(r: Reader) -> bool:
    """ "or up to 16 weeks"."""
    found = r.numbers(r.at + 1)
    unit = r.term(found[2], "period") if found else None
    if not found or unit not in ("d", "wk", "mo") or r.term(found[2] + 1, "freq"):
        return False
    return _put(r, found[0], found[1], unit, True, found[2] + 1)


def _is_once_a_day(r: Reader) -> bool:
    draft = r.draft
    return draft.frequency == Frequency(1, 1) or (
        draft.frequency is None and len(draft.events) == 1 and draft.events[0].code not in MEALS
    )


def _is_weekly(r: Reader) -> bool:
    freq, each = r.draft.frequency, r.draft.interval
    if each is not None and each.unit in ("wk", "mo"):
        return True
    return freq is not None and freq.high == 1 and freq.unit in ("wk", "mo")


def _counted(r: Reader, times: int, j: int) -> bool:
    """ "for 3 doses", and "x 3" after "every 5 minutes"."""
    lead = r.term(r.at, "for") or r.term(r.at, "for_up_to")
    if lead and r.word(j) in _TAKEN:
        lasting = r.numbers(j + 2) if r.word(j + 1) == "over" else None  # "x 14 doses over 15 min"
        given = lasting is not None and r.term(lasting[2], "period") in ("min", "h")
        spread = r.numbers(j + 2) if r.word(j + 1) in ("over", "within", "in", "over the", "in the") else None
        if spread and r.term(spread[2], "period") in ("d", "wk", "mo") and r.draft.count is None:
            r.draft.count = times
            return r.advise(r.words(j + 1, spread[2] + 1), spread[2] + 1)  # "x 5 doses within 14 days"
        if r.term(j + 1, "freq") or (r.term(j + 1, "per") and not given):
            return r.refuse(j + 1)  # "for a total of 4 doses a day"
        return r.put("count", times, j + 1)
    apart = r.numbers(j + 1) if r.word(j) == "," and r.draft.dose and not r.draft.has_timing() else None
    far = r.word(j) == "," and r.word(j + 1).endswith("apart") and r.draft.dose and not r.draft.has_timing()
    if far or (apart and r.term(apart[2], "period") and r.word(apart[2] + 1) == "apart"):
        return r.put("count", times, j)  # "x 2, 1 week apart"
    spaced = r.draft.interval is not None and r.draft.interval.unit in ("min", "h")
    ends = j >= r.n or r.knows(j) or not r.word(j).isalpha()
    if spaced and ends and r.word(r.at) in ("x", "times") and not r.term(j, "unit"):
        return r.put("count", times, j + bool(r.term(j, "times")))
    ahead = r.draft.dose and not r.draft.has_timing() and (r.term(j, "every") or r.term(j, "interval"))
    if ahead and r.word(r.at) == "x" and times > 1:
        step = r.numbers(j + 1) if r.term(j, "every") else None
        if step and r.term(step[2], "period") in ("min", "h"):
            return r.put("count", times, j)  # "x3 q20min"
    whole, days = r.draft.cycle, r.draft.days
    several = whole and days and (days.first != days.last) and r.word(r.at) == "x" and r.draft.duration is None
    if several and whole and (j >= r.n or _leads_on(r, j)):
        return _put(r, times * whole.low, times * whole.high, whole.unit, False, j)  # "D1-2 q28d x 6"
    daily = r.word(r.at) == "x" and times > 1 and _is_once_a_day(r) and r.draft.frequency and not (whole or days)
    anew = round_of(r, j) if daily else None
    if anew and anew[0].unit == "d" and anew[0].low > times:
        return _put_round(r, DayRange(1, times), *anew)  # "daily x5 q21d"
    by_area = r.draft.instructions[:1] and r.draft.instructions[0].startswith("auc ")
    is_weekly = _is_weekly(r) and (r.draft.dose or r.draft.method or r.draft.link == "then" or by_area)
    is_course = is_weekly or (_is_once_a_day(r) and r.draft.frequency and times > 1 and j < r.n)
    if r.word(r.at) == "x" and is_course and (j >= r.n or _leads_on(r, j)):
        return r.put("count", times, j)  # "daily x 7, weekly x 4, then monthly"
    if r.word(r.at) == "x" and _ends(r, j) and times <= 31 and r.draft.dose:
        each = r.draft.trigger is not None and r.draft.trigger.startswith("at each")
        is_on_a_ward = times <= _FEW and (r.draft.route in _ON_WARDS or r.draft.over) and not r.draft.frequency
        if _is_once_a_day(r) or _is_weekly(r) or is_on_a_ward or each:
            return r.put("count", times, j)
    return False


def _ends(r: Reader, j: int) -> bool:
    """Whether nothing or a note follows."""
    noted = r.term(j, "remark") is not None or (r.word(j) == "," and r.term(j + 1, "remark") is not None)
    return j >= r.n or noted or r.word(j) in (".", ";", ")", "*")


def _leads_on(r: Reader, j: int) -> bool:
    """Whether the next part of a course follows."""
    parted = r.word(j) in (",", ";", ".")
    further = parted and (
        measure(r, j + 1) or begins_dose(r, j + 1) or any(r.term(j + 1, kind) for kind in ("every", "interval", "freq"))
    )
    told = any(r.term(j + parted, kind) for kind in ("with", "instr", "over", "start", "max"))
    return bool(r.term(j + parted, "link") == "then" or further or told)


def _put(r: Reader, low: Decimal, high: Decimal, unit: str, up_to: bool, to: int) -> bool:
    draft = r.draft
    if unit in ("min", "h"):
        if (draft.dose and draft.dose.unit == "patch") or draft.method in ("apply", "wear", "wash"):
            return r.put("wear", Wear(Interval(low, high, unit)), to)
        spaced = draft.frequency or (draft.interval and draft.interval.unit == "h" and high >= draft.interval.high)
        whole_days = unit == "h" and not (low % 24 or high % 24)
        every = draft.interval
        apart = every.high * _DAYS_IN[every.unit] if every and every.unit in ("min", "h") else 0
        if (
            apart
            and not draft.duration
            and r.term(r.at, "for")
            and low * _DAYS_IN[unit] >= 2 * apart
            and not whole_days
        ):
            return r.put("duration", Duration(Decimal(0) if up_to else low, high, unit), to)  # "q20min x 1 h"
        if spaced and draft.duration is None and r.term(r.at, "for") and whole_days:
            return r.put("duration", Duration(Decimal(0) if up_to else low / 24, high / 24, "d"), to)
        if draft.method in _IN_MOUTH and unit == "min":
            return r.advise(r.words(r.at, to), to)  # "swish for 2 minutes and spit"
        swallowed = draft.dose is not None and draft.dose.unit in SHAPED and draft.method != "infuse"
        if low == high and not swallowed and (draft.frequency or draft.rate or draft.method in {"infuse", *_IN_MOUTH}):
            return r.put("over", Amount(low, unit), to)
        return r.refuse(to)
    value = Duration(Decimal(0) if up_to else low, high, unit)
    if draft.duration is not None and draft.duration != value and r.pending == "then":
        draft = r.begin("then")
    if draft.duration is not None and draft.duration.high * _DAYS_IN[draft.duration.unit] == high * _DAYS_IN[unit]:
        r.doubt_length()
        return r.took(to)
    return r.put("duration", value, to)


def bare_duration(r: Reader) -> bool:
    """ "orally once a day 30 days", "tds 5/7": a length of time without "for", after a timing."""
    found = r.numbers(r.at)
    draft = r.draft
    if found is None:
        return False
    low, high, j = found
    if draft.method in _IN_MOUTH and r.term(j, "seconds"):
        return r.advise(f"for {r.words(r.at, j)} seconds", j + 1)  # "swish 15 mL 30 sec and spit"
    part = part_of(r, low, j) if (draft.dose or draft.method) and low == high else None
    if r.word(j + 1) == "24" and part is None and _hours_apart(r, low, j):
        return put_interval(r, low, low, "h", j + 2)  # "5 mg 4/24"
    if part and not (r.term(j + 2, "period") or r.term(j + 2, "num") is not None or r.word(j + 2) == "of"):
        return _put(r, low, high, part, False, j + 2)
    k = j + (r.word(j) == "-")
    if r.term(k, "period") in ("d", "wk") and r.word(k + 1) == "course" and draft.duration is None:
        return _put(r, low, high, r.term(k, "period"), False, k + 2)  # "7-day course: 1 tab bid"
    if not (draft.has_timing() or draft.prn or draft.as_directed):
        return False
    unit = r.term(j, "period")
    if unit not in ("d", "wk", "mo") or r.term(j, "event") or r.word(j + 1) in _NOT_A_LENGTH:
        return False
    follows = r.term(j + 1, "freq") in ((1, "wk", False), (1, "mo", False))
    if follows or r.term(j + 1, "before") or r.term(j + 1, "after") or r.term(j + 1, "wear"):
        return False
    return _put(r, low, high, unit, False, j + 1)


def _hours_apart(r: Reader, low: Decimal, j: int) -> bool:
    """Whether "4/24" stands behind a dose: every so many hours, as Australia writes it."""
    tight = r.word(j) == "/" and r.glued(j) and r.glued(j + 1)
    free = r.draft.dose is not None and not (r.draft.has_timing() or r.term(r.at - 1, "max"))
    behind = r.term(j + 2, "unit") or r.term(j + 2, "period") or r.word(j + 2) == "/"
    return bool(tight and free and not behind and low in _APART)


def times_in_all(r: Reader) -> bool:
    """ "every 5 minutes up to 3 times", "up to 3 doses"."""
    i = r.at
    i += bool(r.term(i, "up_to")) or bool(r.term(i, "max"))
    found = r.numbers(i)
    interval = r.draft.interval
    if (
        found is None
        or not found[0] == found[1] == int(found[0])
        or interval is None
        or interval.unit not in ("min", "h")
    ):
        return False
    j = found[2]
    counted = r.term(j, "times") or (i > r.at and r.word(j) in ("doses", "dose", "tablets", "tabs", "sprays"))
    if not counted or r.term(j + 1, "freq") or r.term(j + 1, "per"):
        return False
    if interval.unit == "h" and r.word(j) not in ("times", "x", "doses"):
        return False
    j += 1
    j += bool(r.term(j, "total")) and r.word(j) != "dose"
    return r.put("count", int(found[0]), j)


def over_time(r: Reader) -> bool:
    """ "over 30 minutes": how long one dose takes to give."""
    i = r.at + (r.word(r.at) == "each" and r.word(r.at + 1) == "over")
    if r.word(i) != "over":
        return False
    least = i + 1
    while r.word(least) in (
        "at",
        "least",
        "at least",
        "no less than",
        "not less than",
        "no",
        *(("less", "than", "less than") if r.word(i + 1) in ("no", "not") else ()),
        "minimum",
        "a minimum",
        "a minimum of",
        "minimum of",
        "not",
        "about",
        "approximately",
    ):
        least += 1
    found = r.numbers(least)
    unit = r.term(found[2], "period") if found else None
    if found and r.term(found[2], "seconds") and r.draft.dose:
        return r.advise(r.words(i, found[2] + 1), found[2] + 1)  # "over 5 sec"
    if not found or not found[0] or unit not in ("min", "h"):
        return False
    span = [Amount(value, unit) for value in dict.fromkeys(found[:2])]
    end = found[2] + 1 + (r.word(found[2] + 1) in ("each", "each dose"))
    return r.put("over", span[0] if len(span) == 1 else tuple(span), end)
