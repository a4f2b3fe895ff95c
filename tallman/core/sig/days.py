"""On which days: weekdays, days of the month, days of a course."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from tallman.core.sig.amounts import is_measured, measure
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import DayRange, Duration, Frequency, Interval
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.rounds import is_short_day, past_cycle_number, round_of
from tallman.core.sig.times_first import begins_with_time

__all__ = ["day_range", "days_off", "goes_on", "month_day", "put_days", "weekday", "weekday_off", "weekdays_at"]

_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LETTERS = {
    "m": "mon",
    "t": "tue",
    "tu": "tue",
    "w": "wed",
    "th": "thu",
    "r": "thu",
    "f": "fri",
    "sa": "sat",
    "su": "sun",
}
_CODES = _LETTERS | {"mo": "mon", "we": "wed", "fr": "fri"}
_CODES = {code: day for code, day in _CODES.items() if len(code) == 2}
"""Two letters for each day, as programs of hospitals print them: "TU,TH,SA"."""
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_BETWEEN = frozenset({",", "/", "&", "and", "the", "+", "on", "-"})
_LENGTH = {"d": 1, "wk": 7, "mo": 31}
_ONWARD = (("and thereafter",), ("and after that",), ("and after",), ("to", "end", "of", "treatment"), ("through", "end", "of", "treatment"), ("until", "end", "of", "treatment"), ("and", "after"), ("and", "thereafter"), ("onward",), ("onwards",), ("on",), ("+",), ("and", "beyond"),
           ("and", "onward"), ("and", "onwards"), ("thereafter",), ("and", "on"), ("and", "over"), ("and up",), ("and later",))  # fmt: skip


_CONTINUES = frozenset(
    {"continue", "and continuing", "continuing", "and stay there", "stay there", "stay at that dose"}
)
_OF_CYCLE = "of each cycle"
_OFF = frozenset({"off", "none", "no", "skip", "stop", "hold"})
_MAY_LEAD = (("and", "after"), ("and", "on"), ("and", "over"))
"""What may begin the next phrase: "day 3 and after meals"."""


def _weekday(r: Reader, i: int, days: list[str]) -> tuple[tuple[str, ...], int] | None:
    found = r.term(i, "weekday")
    if found:
        return found, i + 1
    letter = _LETTERS.get(r.word(i))
    beside = r.word(i + 1) in ("/", ",", "&", "-") and (r.word(i + 2) in _LETTERS or r.term(i + 2, "weekday"))
    if letter and (beside or (days and r.word(i - 1) in ("/", ",", "&", "and"))):
        return (letter,), i + 1
    code = _CODES.get(r.word(i))
    if code and (_is_coded(r, i) or (days and r.word(i - 1) in _CODES) or (days and r.word(i - 2) in _CODES)):
        return (code,), i + 1
    return None


def _is_coded(r: Reader, i: int) -> bool:
    """Whether the code at `i` leads a list of them ("mo,we,fr"), or is the one day of a week in brackets."""
    alone = r.word(i - 1) == "(" and r.word(i + 1) == ")" and r.draft.frequency is not None
    weekly = alone and r.draft.frequency is not None and r.draft.frequency.unit == "wk"
    return weekly or r.word(i + 1 + (r.word(i + 1) in (",", "/", "&", "-"))) in _CODES


def _weekday_list(r: Reader, i: int) -> tuple[list[str], int]:
    days: list[str] = []
    j, listed = i, False  # whether hyphens part them: "Monday-Wednesday-Friday"
    while True:
        k = j
        while days and r.word(k) in _BETWEEN:
            k += 1
        if not days:
            k += r.word(k) == "the"
        dash = days and r.text[r.items[j - 1].end : r.items[j].start] == "-"  # "Tuesday-Thursdya"
        upper = _weekday(r, j + (not dash), days) if dash or (days and r.term(j, "link") == "to") else None
        listed = listed or bool(upper and r.word(upper[1]) == "-" and _weekday(r, upper[1] + 1, days))
        if upper and not listed and upper[0][0] not in days and "other" not in (days[-1], upper[0][0]):
            days.extend(d for d in _days_between(days[-1], upper[0][-1]) if d not in days)
            j = upper[1]
            continue
        found = _weekday(r, k, days)
        if days and k > j and _are_off(r, k):
            return days, j  # "Mon-Fri, weekends off"
        if not found or (days and "other" in found[0]):
            return days, j
        days.extend(d for d in found[0] if d not in days)
        j = found[1]


def _are_off(r: Reader, i: int) -> bool:
    """Whether the days from `i` on are those on which nothing is taken: "Saturday and Sunday off"."""
    while r.term(i, "weekday") or r.word(i) in _BETWEEN:
        i += 1
    return r.word(i) == "off"


def weekday_off(r: Reader, i: int) -> bool:
    """Whether it goes on with days off: "off on weekends", "hold on the weekend"."""
    j = i + 1 + (r.word(i + 1) in ("on", "the", "on the"))
    return bool(r.term(i, "except") or r.word(i) == "off") and r.term(j, "weekday") is not None


def _days_between(first: str, last: str) -> tuple[str, ...]:
    """The days behind `first` up to `last`, round the end of the week where it has to be: Sunday to Thursday."""
    begin, end = _DAY.index(first) + 1, _DAY.index(last) + 1
    return _DAY[begin:end] if begin < end else _DAY[begin:] + _DAY[:end]


def weekdays_at(r: Reader, i: int) -> tuple[tuple[str, ...], int] | None:
    """A list of weekdays: "Mon, Wed and Fri", "Monday through Friday", "other days"."""
    days, j = _weekday_list(r, i)
    if not days:
        return None
    if "other" not in days:
        days.sort(key=_DAY.index)
    j += r.word(j) == "only"
    j += r.term(j, "freq") == (1, "wk", False) and r.word(j) != "weekly"
    if r.word(j) == "of" and r.term(j + 1, "freq") == (1, "wk", False):
        j += 2
    return tuple(days), j


def _is_forbidden(r: Reader, i: int) -> bool:
    """Whether "do not take" goes before a day of the week, behind how often it is taken."""
    if not r.term(i, "not") or not r.draft.has_timing() or r.draft.weekdays:
        return False
    j = i + 1 + (r.term(i + 1, "verb") is not None)
    j += r.word(j) in ("on", "on the", "it", "any")
    return bool(r.term(j, "weekday"))


@needs("weekday", *_LETTERS, *_CODES)
def weekday(r: Reader) -> bool:
    """ "on Mondays", "Mon/Wed/Fri", "every Tuesday", "except Sunday"."""
    i = r.at
    excepted = bool(r.term(i, "except")) or r.word(i) == "but"
    if _is_forbidden(r, i):
        excepted, r.draft.clause = True, r.clause  # "do not take on Sundays"
    i += excepted
    i += r.term(i - 1, "not") is not None and r.term(i, "verb") is not None and excepted
    while r.word(i) in ("on", "for", "every", "each", "q", "on the", "on a", "the"):
        i += 1
    fortnightly = r.word(i) == "other" and r.word(i - 1) in ("every", "each", "q") and r.draft.interval is None
    found = weekdays_at(r, i + fortnightly)
    if found is None or (fortnightly and (len(found[0]) > 1 or r.draft.frequency)):
        return False
    if fortnightly:
        r.draft.interval = Interval(Decimal(2), Decimal(2), "wk")  # "every other Friday"
    days, j = found
    if r.word(r.at) == "but" and r.term(j, "num") is not None and r.draft.dose:
        return False  # "but Sunday 2 tablets"
    excepted = excepted or (r.word(j) == "off" and r.draft.has_timing())
    j += r.word(j) == "off" and excepted
    if excepted:
        days = tuple(d for d in _DAY if d not in days)
    begins_with_time(r, j)
    if r.draft.weekdays:
        is_the_rest = excepted and "other" in found[0]  # "Mon Wed Fri, off other days"
        return r.took(j) if is_the_rest or r.draft.weekdays == days else r.refuse(j)
    if excepted and r.draft.has_timing() and r.draft.dose and _other_dose(r, j):
        r.begin("and").is_exception = True
        days = tuple(d for d in _DAY if d not in days)
    r.strays()
    r.draft.weekdays = days
    return r.took(j)


def _other_dose(r: Reader, j: int) -> bool:
    """Whether "except Sunday" goes on with "take 1/2 tablet"."""
    j += r.word(j) in (",", "when", "then", ":")
    if r.term(j, "verb") is None and (found := measure(r, j)):
        held = r.draft.dose.unit if r.draft.dose else None
        return found[2] == held and not any(r.term(k, "weekday") for k in range(found[3], min(found[3] + 3, r.n)))
    return r.term(j, "verb") is not None and r.numbers(j + 1) is not None


def _ordinal(r: Reader, i: int) -> tuple[int, int] | None:
    if r.word(i) in _ORDINALS:
        return _ORDINALS[r.word(i)], i + 1
    value = r.term(i, "num")
    if value is not None and r.word(i + 1) in _ENDINGS and r.glued(i + 1):
        return int(value), i + 2
    return None


@needs(*_ORDINALS, *_ENDINGS)
def month_day(r: Reader) -> bool:
    """ "on the 1st and 15th of each month"."""
    i, found = r.at, []
    while r.word(i) in ("on", "the", "on the"):
        i += 1
    while (day := _ordinal(r, i)) is not None:
        found.append(day[0])
        i = day[1]
        i += r.word(i) in ("day", "days")
        while found and r.word(i) in ("and", "&", ",", "the", "on") and _ordinal(r, i + 1 + (r.word(i + 1) == "the")):
            i += 1 + (r.word(i + 1) == "the")
    i += r.word(i) in ("of", "of the")
    monthly = r.draft.frequency == Frequency(len(found), len(found), Decimal(1), "mo") and not (
        r.term(i, "day") or r.term(i, "week")
    )
    if not found or max(found) > 31 or not (r.word(i) == "month" or r.term(i, "freq") == (1, "mo", False) or monthly):
        return False
    i -= monthly and not (r.word(i) == "month" or r.term(i, "freq"))
    if r.draft.month_days:
        return r.refuse(i + 1)
    r.draft.month_days = tuple(found)
    return r.took(i + 1)


def days_off(r: Reader) -> bool:
    """ "Days 1-21, off days 22-28": the rest of a round, in which nothing is taken."""
    days, j = r.draft.days, r.at + 1
    if r.word(r.at) not in ("off", "off on", "none on", "skip", "no") or not days or r.draft.cycle or days.unit != "d":
        return False
    short = is_short_day(r, j)  # "off D22-28"
    j += bool(r.term(j, "day")) or short
    found = r.numbers(j)
    if (
        not found
        or not (short or r.term(j - 1, "day"))
        or days.last is None
        or found[0] != days.last + 1
        or found[1] <= found[0]
    ):
        return False
    r.draft.cycle = Duration(found[1], found[1], "d")
    return r.took(found[2])


@needs("day", "week", "month", "d", "cd", "for the first", *_ORDINALS, *_ENDINGS)
def day_range(r: Reader) -> bool:
    """ "on day 1", "days 2-5", "day 8 and after", "week 1", "on the first day", "days 1-21 of 28 day cycle", "D1-14 q21d"."""
    i = r.at
    if r.term(i, "num") is not None and not _ordinal(r, i):
        return False
    while r.word(i) in ("on", "the", "on the", "for", "for the", "for the first", "in"):
        i += 1
    onward = r.word(i) == "from" and r.term(i + 1, "day") is not None
    i += onward
    i += r.word(i) == "at" and r.term(i + 1, "week") is not None
    named = (1, i) if r.word(i - 1) == "for the first" and i > r.at else _ordinal(r, i)
    several = r.number(named[1]) if named and named[0] == 1 else None
    if several and several[0] == int(several[0]) and r.term(several[1], "period") in ("d", "wk"):
        unit = r.term(several[1], "period")
        return put_days(r, DayRange(1, int(several[0]), unit), several[1] + 1)  # "the first 5 days of the month"
    if named and (r.term(named[1], "day") or r.term(named[1], "week")):
        unit = "d" if r.term(named[1], "day") else "wk"
        return put_days(r, DayRange(named[0], named[0], unit), named[1] + 1)
    if r.at and r.word(r.at - 1).rpartition(" ")[2] in _OFF:
        return False  # "then off days 8-14"
    i = past_cycle_number(r, i)
    is_day = r.term(i, "day") or is_short_day(r, i)
    unit = "d" if is_day else "wk" if r.term(i, "week") else "mo" if r.term(i, "month") else ""
    if not unit or r.term(i, "num") is not None:
        return False
    found = r.numbers(i + 1 + (r.word(i + 1) in ("#", "("))) or _first_of_list(r, i + 1)
    if found is None or found[0] != int(found[0]) or found[1] != int(found[1]):
        return False
    low, high, j = found
    if any(r.word(k) == "or" for k in range(i + 1, j)):
        return r.refuse(j)  # "day 1 or 2"
    if low == high and r.word(i) in ("for days", "during days"):
        return False  # "for days 14" may be fourteen of them.
    if low == high:
        listed, end = _listed(r, low, j, is_plural=r.word(i) in ("days", "on days", "d", "cd"))
        if listed and put_days(r, DayRange(int(low), int(low), unit), end):
            r.draft.more_days = listed
            return True
        high, j = _last_day(r, low, j)
    last: int | None = None if onward and low == high else int(high)  # "from day 29"
    for phrase in _ONWARD:
        told = (
            low == high
            and not (phrase in _MAY_LEAD and j + 2 < r.n and r.word(j + 2) not in (":", ",", "-", "=", ".", ";"))
            and tuple(r.word(j + x) for x in range(len(phrase))) == phrase
        )
        if told and not (phrase == ("on",) and r.term(j + 1, "weekday")):
            last, j = None, j + len(phrase)
            break
    j += r.word(j) == ":"
    taken = put_days(r, DayRange(int(low), last, unit), j)
    of_cycle = r.word(i) == "cd" or "cycle" in r.word(i).split()
    if taken and of_cycle and not r.draft.cycle and _OF_CYCLE not in r.draft.instructions:
        r.draft.instructions.append(_OF_CYCLE)  # "CD 3-7"
    return taken


@needs("week", "day", "month")
def goes_on(r: Reader) -> bool:
    """ "Week 4: 50 mg twice a day and continue": from then on, and not in that week alone."""
    days, end = r.draft.days, r.at + 1
    single = days is not None and days.first == days.last
    if not days or not single or r.word(r.at) not in _CONTINUES or not (end >= r.n or r.word(end) in (".", ";", ")")):
        return False
    r.draft.days = DayRange(days.first, None, days.unit)
    return r.took(end)


def _first_of_list(r: Reader, i: int) -> tuple[Decimal, Decimal, int] | None:
    """The first number of "1,8,15", whose commas stand tight."""
    first = r.number(i)
    return (first[0], first[0], first[1]) if first and r.word(first[1]) == "," else None


def _listed(r: Reader, first: Decimal, j: int, *, is_plural: bool) -> tuple[tuple[int, ...], int]:
    """The other days of "days 1, 8 and 15", which do not follow each other; none when it is not such a list."""
    days, end, is_named, said = [first], j, is_plural, r.word(j - 2)
    while r.word(j) in (",", "and", "&", "/"):
        j += 1
        j += r.word(j) in ("and", "&")
        named = r.term(j, "day") is not None or is_short_day(r, j)
        j += named
        found = r.number(j)
        is_named = is_named or named
        if not found or found[0] <= days[-1] or found[0] != int(found[0]) or r.term(found[1], "unit"):
            break
        days.append(found[0])
        end = j = found[1]
    if len(days) == 2 and r.word(end - 2) == "/" and not said.endswith("days"):
        return (), j  # "D3/5" may be the third of five days
    dose = r.draft.dose
    weeks = dose is not None and is_measured(dose.unit) and all((d - days[0]) % _LENGTH["wk"] == 0 for d in days)
    apart = any(b - a > 1 for a, b in pairwise(days)) and len(days) > (1 if is_named or weeks else 2)
    closed = end >= r.n or r.word(end) in (".", ";", ",", ")") or r.term(end, "link") == "then"
    closed = closed or round_of(r, end) is not None or _begins_remark(r, end) or r.term(end, "instr") == _OF_CYCLE
    closed = closed or r.word(end).startswith(("with ", "during "))
    return (tuple(int(d) for d in days[1:]), end) if apart and closed else ((), j)


def _begins_remark(r: Reader, i: int) -> bool:
    """Whether what follows is no direction: "day 1 and 15 Qty 2", "day 1 and 15 (dose change)"."""
    return r.term(i, "remark") is not None or r.word(i) in listed_words("cue") or r.word(i) in ("(", "*")


def _last_day(r: Reader, low: Decimal, j: int) -> tuple[Decimal, int]:
    """The end of "day 1 and 2", "days 2, 3, 4 and 5", "day 2 through day 5"; days that do not follow are no range."""
    high = low
    while r.term(j, "link") in ("to", "and") or r.word(j) == ",":
        k = j + 1
        k += r.word(j) == "," and r.word(k) in ("and", "&")
        k += bool(r.term(k, "day") or r.term(k, "week") or is_short_day(r, k))
        second = r.number(k)
        follows = second and (second[0] == high + 1 or (r.term(j, "link") == "to" and second[0] > high))
        onward = second and r.term(second[1], "link") == "to" and r.term(second[1] + 1, "num") is not None
        if not second or not follows or r.term(second[1], "unit") or onward:
            break
        if r.term(second[1], "day") and r.number(second[1] + 1):
            break  # "2 tablets on day 1, 2 on day 8"
        high, j = second[0], second[1]
    return high, j


def put_days(r: Reader, value: DayRange, to: int) -> bool:
    """Give the days of a course to this step, or begin the next one with them."""
    draft = r.draft
    each = round_of(r, to)
    if each and value.last and each[0].high * _LENGTH[each[0].unit] <= value.last * _LENGTH[value.unit]:
        each = None  # "for the first week every 3 days"
    leads = r.word(to - 1) == ":" or (r.sentence and not each)
    if draft.dose and ((draft.days is not None and draft.days != value) or (leads and draft.has_timing())):
        draft = r.begin(r.pending)
    if each:
        draft.cycle, to = each
    if draft.days is None:
        draft.days = value
        if r.term(to, "instr") == _OF_CYCLE and r.word(to).startswith("of "):
            return r.advise(_OF_CYCLE, to + 1)
        k = to + (r.word(to) in ("of", "of the", "of your", "of each", "in"))
        while k > to and r.word(k) in (
            "the",
            "your",
            "each",
            "every",
            "menstrual",
            "treatment",
            "chemo",
            "chemotherapy",
        ):
            k += 1
        if k > to and r.word(k - 1).startswith("chemo") and not r.term(k, "cycle"):
            return r.advise("of chemo", k)
        if k > to and r.term(k, "cycle"):
            return r.advise(_OF_CYCLE, k + 1)
        return r.took(to)
    return r.took(to) if draft.days == value else r.refuse(to)
