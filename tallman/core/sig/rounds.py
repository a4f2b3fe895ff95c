"""Rounds of days on and days off, and how oncology writes them: "D1-14 q21d", "21 of 28", "14 on 7 off"."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.model import DayRange, Duration, Frequency, Interval, Wear
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.words import ENGLISH

__all__ = [
    "cycle", "is_short_day", "month_round", "past_cycle_number", "rest", "round_anew", "round_of", "rounds_in_all", "week_off",
    "weekly_round",
]  # fmt: skip

_BREAKS = frozenset(
    {"off", "without", "break", "rest", "gap", "interval", "pause", "patch free", "free", "ring free", "pill free"}
)
_RESTS = frozenset({"off", "stop", "hold", "skip", "then off", "and off", "then stop", "remove", "rest"})
_STOPS = frozenset({"off", "stop", "hold", "then off", "and off", "then stop", "and stop", "then hold", "skip"})
_OUT_OF = frozenset({"of", "of a", "of each", "of every", "out of", "/", "in"})
_ONE_A_WEEK, _EVERY_WEEK = Frequency(1, 1, Decimal(1), "wk"), Interval(Decimal(1), Decimal(1), "wk")
_DAYS_IN = {"d": 1, "wk": 7}
_AGAIN = frozenset({"repeat", "then repeat", "and repeat", "repeat every"})
_ROUNDS = frozenset({14, 21, 28, 35, 42, 56})
"""Days that a round of treatment takes, where the word "days" is left out."""
_NAMES_OF_ROUNDS = frozenset(
    {"cycle", "cycles", "rounds", "round", "courses", "course", "chemo cycles", "treatment cycles"}
)
_INJECTED = frozenset({"intravenous", "subcutaneous", "intramuscular", "intrathecal"})
_DAYS_OF_A_MONTH = (28, 30)
_LEAST_ROUND = 21
_LEAST_ON = 5
"""Days on of which "14 on 7 off" may speak; "1 on 1 off" might be anything."""
_HOURS_A_DAY = 24
_LONGEST_REGIMEN = 4


def is_short_day(r: Reader, i: int) -> bool:
    """Whether the phrase at `i` is the "D" of "D1-14" or "CD3-7": tight before a number, and none before it."""
    listed = r.word(i + 2) == "," and r.term(i + 3, "num") is not None and r.draft.route in _INJECTED
    tight = r.word(i) == "cd" or (r.word(i) == "d" and (r.glued(i + 1) or listed))
    return tight and r.term(i + 1, "num") is not None and not _ends_number(r, i) and not _is_vitamin(r, i)


def _is_vitamin(r: Reader, i: int) -> bool:
    """Whether it may be the vitamin D2 or D3: no other day with it, and nothing injected or reckoned by weight."""
    draft, alone = r.draft, r.word(i + 2) not in ("-", ",", "and", "&", "to", "/", "q", "of", "every")
    given = draft.route in _INJECTED or bool(draft.dose and draft.dose.per)
    bottle = r.word(i) == "d" and r.word(i + 1) in ("5", "10", "25", "50") and not i and alone  # "D50 1 amp"
    return bottle or (r.word(i) == "d" and r.word(i + 1) in ("2", "3") and alone and not given)


def _ends_number(r: Reader, i: int) -> bool:
    """Whether the letter at `i` belongs to the number before it, as in "x7d"; the cycle of "C1D1" is none such."""
    return i > 0 and r.glued(i) and r.term(i - 1, "num") is not None and r.word(i - 2) != "c"


def past_cycle_number(r: Reader, i: int) -> int:
    """The place behind the "C1" of "C1D8", else `i`."""
    if r.term(i, "cycle") and r.term(i + 1, "num") is not None and r.term(i + 2 + (r.word(i + 2) == ","), "day"):
        return i + 2 + (r.word(i + 2) == ",")  # "cycle 1 day 1"
    tight = r.word(i) == "c" and r.glued(i + 1) and r.term(i + 1, "num") is not None
    return i + 2 if tight and is_short_day(r, i + 2) else i


def round_of(r: Reader, j: int) -> tuple[Duration, int] | None:
    """ "Of each 28 day cycle", "every 21 days", "of the month", "each month" after days."""
    if r.term(j, "freq") == (1, "mo", False) and r.word(j) in (
        "each month",
        "every month",
        "per month",
        "a month",
        "q month",
        "q mo",
        "monthly",
        "qmonth",
        "qmo",
    ):
        return Duration(Decimal(1), Decimal(1), "mo"), j + 1
    if r.word(j) not in (
        "of", "of a", "of the", "every", "of your", "of each", "in", "q", "each", "in a", "per", "in each", "/",
    ):  # fmt: skip
        return None
    k = j + 1
    while r.word(k) in ("each", "every", "a", "the", "your"):
        k += 1
    if r.word(k) == "month" or r.term(k, "freq") == (1, "mo", False):
        return Duration(Decimal(1), Decimal(1), "mo"), k + 1
    found = r.number(k)
    if found and _is_round(r, *found):
        return Duration(found[0], found[0], "d"), found[1]
    end = found[1] + (r.word(found[1]) == "-") if found else k
    unit = r.term(end, "period") if found else None
    if not found or unit not in ("d", "wk", "mo"):
        return None
    k = end + 1
    named = next((n for n in range(k, k + _LONGEST_REGIMEN) if r.term(n, "cycle") or not _is_name(r, n)), k)
    k = named if r.term(named, "cycle") else k  # "of each 21-day R-CHOP cycle"
    return Duration(found[0], found[0], unit), k + bool(r.term(k, "cycle"))


def _is_name(r: Reader, i: int) -> bool:
    """Whether a word of no vocabulary stands at `i`, or a letter of a regimen."""
    return r.word(i).isalpha() and (not r.knows(i) or len(r.word(i)) == 1)


def _is_round(r: Reader, days: Decimal, end: int) -> bool:
    """Whether a bare number behind "of" is the length of a round: "days 1-21 of 28"."""
    return (
        days in _ROUNDS
        and not any(r.term(end, kind) for kind in ("unit", "period"))
        and r.word(end) not in ("/", "-", "%")
    )


@needs(*_STOPS, *_BREAKS, *_OUT_OF)
def cycle(r: Reader) -> bool:
    """ "21 days on, 7 days off", "for 3 weeks then off for 1 week": so many days of each round of so many."""
    i = r.at
    i += bool(r.term(i, "for")) or r.word(i) in ("on", "alternating")
    first = r.number(i)
    if first and r.word(first[1]) == "consecutive":
        first = first[0], first[1] + 1
    if first and (_days_of(r, *first) or _bare_rounds(r, *first)):
        return True
    unit = r.term(first[1], "period") if first else None
    if not first or unit not in _DAYS_IN:
        return False
    j = first[1] + 1
    j += r.word(j) in ("on", "in a row")
    j += r.word(j) == "." and (
        r.word(j + 1) == "off" or (r.word(j + 1) in ("leave", "then") and r.word(j + 2) == "off")
    )
    while r.word(j) in (",", "and", "then", "/", "followed by", "and then", ";", "&", "leave"):
        j += 1
    lead = r.word(j) in _STOPS
    j += lead
    j += lead and bool(r.term(j, "for"))
    j += not lead and (r.term(j, "verb") == "take" or r.word(j) == "leave off")
    j += r.word(j) == "a"
    second = r.number(j)
    end = second[1] + (r.word(second[1]) == "-") if second else j
    is_bare = second is not None and r.word(end) in _BREAKS
    off = unit if is_bare else r.term(end, "period") if second else None
    if not second or off not in _DAYS_IN:
        return False
    j = end + (not is_bare)
    j += not lead and r.word(j) == "of" and r.word(j + 1) in _BREAKS  # "1 week of rest"
    if not lead and r.word(j) == "of" and r.word(j + 1) in ("no", "inactive", "placebo") and r.term(j + 2, "unit"):
        on_days = first[0] * _DAYS_IN[unit]  # "followed by 7 days of no pills"
        return _put_round(r, on_days, on_days + second[0] * _DAYS_IN[off], j + 3)
    if not lead and r.word(j) not in _BREAKS:
        return False
    j += not lead
    j += r.word(j) in ("treatment", "therapy")
    on_days, off_days = first[0] * _DAYS_IN[unit], second[0] * _DAYS_IN[off]
    return _put_round(r, on_days, on_days + off_days, j)


@needs("cycle", *_STOPS, *_BREAKS)
def rest(r: Reader) -> bool:
    """ "Days 1-14, then 7 days off", "(28 day cycle)": how the round ends whose first days were told."""
    behind_then = r.draft.link == "then" and r.draft.first < 0 and r.draft.is_blank() and not r.draft.instructions
    draft, lead = r.drafts[-2 if behind_then else -1], r.word(r.at) in _STOPS
    days = draft.days
    i = r.at + lead
    found = r.number(i + (lead and r.term(i, "for") is not None))
    each = _DAYS_IN.get(r.term(found[1], "period") or "") if found else None
    if not found or not each or not days or days.unit != "d" or days.first != 1 or not days.last:
        return False
    j = found[1] + 1
    named = not lead and r.term(j, "cycle") is not None
    if not (named or lead or r.word(j) in _BREAKS) or r.term(j + (not lead), "link"):
        return False
    whole = found[0] * each + (0 if named else days.last)
    if whole <= days.last or draft.cycle not in (None, Duration(whole, whole, "d")):
        return False
    if behind_then:
        r.draft = draft
        r.drafts.pop()
    draft.cycle, r.pending = Duration(whole, whole, "d"), None
    return r.took(j + (not lead))


@needs(*_RESTS, *_BREAKS)
def weekly_round(r: Reader) -> bool:
    """ "Weekly x 3, off 1 week", "1 patch a week x3 then 1 week off": so many weeks of each round."""
    often = r.draft.frequency == _ONE_A_WEEK or r.draft.interval == _EVERY_WEEK
    on = r.number(r.at + 1) if often and r.term(r.at, "for") else None
    if not on or r.term(on[1], "period") or on[0] != int(on[0]):
        return False
    j = on[1]
    while r.word(j) in (",", "then", "and", "and then", ";"):
        j += 1
    lead = r.word(j) in _RESTS
    j += lead
    j += lead and bool(r.term(j, "for"))
    off = r.number(j)
    if not off or r.term(off[1], "period") != "wk" or not (lead or r.word(off[1] + 1) in _BREAKS):
        return False
    return _put_round(r, on[0] * 7, (on[0] + off[0]) * 7, off[1] + 1 + (not lead))


def week_off(r: Reader) -> bool:
    """ "Weekly for 3 weeks, off week 4", "weeks 1-3, no patch week 4", "daily, week 4 off": the last week of a round."""
    draft = r.draft
    if not draft.has_timing() or draft.cycle or not (draft.dose or draft.method):
        return False
    begun = r.at + (r.word(r.at) == "leave")
    j = begun + (r.term(begun, "week") is None)
    j += r.word(j) in ("patch", "ring", "on", "in", "for", "pills", "tablets")
    lead = j > begun and r.word(begun) in ("off", "no", "none", "skip", "nothing", "off on", "leave off")
    week = r.number(j + 1) if r.term(j, "week") and r.term(j, "num") is None else None
    if not week or not (lead or r.word(week[1]) in ("off", "patch free", "ring free", "pill free")):
        return False
    on, days = draft.duration, draft.days
    weeks = on.low if on and on.unit == "wk" and on.low == on.high and not days else None
    if days and not on:
        weeks = Decimal(days.last or 0) if days.unit == "wk" and days.first == 1 else None
    elif not on:
        weeks = week[0] - 1
    if weeks is None or week[0] != weeks + 1 or weeks < 1:
        return False
    draft.duration = draft.days = None
    return _put_round(r, weeks * 7, week[0] * 7, week[1] + (not lead))


@needs(*_AGAIN)
def round_anew(r: Reader) -> bool:
    """ "Daily for 5 days. Repeat monthly", "repeat every 4 weeks": a course that comes back."""
    i, lasting = r.at, r.draft.duration
    if r.word(i) not in _AGAIN or not lasting or lasting.unit not in _DAYS_IN or lasting.low != lasting.high:
        return False
    i += 1
    freq = r.term(i, "freq") if not r.term(r.at, "every") else None
    found = r.numbers(i + (r.term(i, "every") is not None)) if not freq else None
    unit = r.term(found[2], "period") if found else None
    if not r.draft.has_timing() or r.draft.days or r.draft.cycle:
        return False
    on = lasting.low * _DAYS_IN[lasting.unit]
    if freq and freq[:2] == (1, "mo"):
        whole, end = Duration(Decimal(1), Decimal(1), "mo"), i + 1
    elif found and found[0] == found[1] and unit in ("d", "wk", "mo"):
        length = found[0] * _DAYS_IN.get(unit, 1)
        whole, end = Duration(length, length, "mo" if unit == "mo" else "d"), found[2] + 1
    else:
        return False
    if (
        on != int(on)
        or (whole.unit == "d" and whole.low <= on)
        or (r.term(i, "every") is None and not freq and not r.term(r.at, "every"))
    ):
        return False
    r.draft.days, r.draft.cycle, r.draft.duration = DayRange(1, int(on)), whole, None
    return r.took(end)


def rounds_in_all(r: Reader) -> bool:
    """ "21 days on, 7 days off. Repeat for 6 cycles", "repeat 3 times": how long all the rounds take. Three times again may be
    three rounds or four."""
    draft, each = r.draft, r.draft.cycle
    if not each or not draft.days or draft.duration or not set(r.word(r.at).split()) & {"repeat", "repeated", "rpt"}:
        return False
    j = r.at + 1
    j += r.word(j) in ("cycle", "the cycle", "this cycle", "cycles", "course")
    every = r.numbers(j + 1) if r.term(j, "every") else None
    if every and r.term(every[2], "period"):
        unit = r.term(every[2], "period")
        same = every[0] == every[1] and every[0] * _DAYS_IN.get(unit, 0) == each.low * _DAYS_IN.get(each.unit, 1)
        return same and r.took(every[2] + 1)  # "14 days on, 7 days off, repeat cycle every 21 days"
    again = r.word(r.at).endswith((" once", " x1", " x 1", " 1 time"))
    lead = bool(r.term(j, "for")) or r.word(j) == "x"
    fold = r.term(j, "fold")
    found = (Decimal(1), j) if again else (fold, j + 1) if fold else r.number(j + lead)
    if not found or not found[0] or found[0] != int(found[0]):
        return False
    count, j = found
    j += r.word(j) in ("more", "additional")
    named = r.word(j) in _NAMES_OF_ROUNDS
    if not (named or again or fold or lead or r.term(j, "times")):
        return False
    j += named or bool(r.term(j, "times"))
    least = count if named and lead else count + 1 if again else count
    draft.duration = Duration(least * each.low, (count + (not (named and lead))) * each.high, each.unit)
    return r.took(j)


@needs("interval", *ENGLISH["period"]["mo"].split("|"))
def month_round(r: Reader) -> bool:
    """ "1 month on, 1 month off", "month on/month off", "for 3 months then 1 month off", "every other month" of what is daily."""
    i, draft = r.at, r.draft
    if r.term(i, "interval") == (2, "mo"):
        daily = draft.frequency is not None and draft.frequency.unit == "d"
        return daily and not draft.days and _put_months(r, 1, 2, i + 1)
    i += r.term(i, "for") is not None
    on = _months(r, i)
    if not on or not draft.has_timing() or draft.days or draft.cycle:
        return False
    j = on[1] + (r.word(on[1]) == "on")
    told = j > on[1]
    while r.word(j) in (",", "/", "and", "then", "and then", "&", ";"):
        j += 1
    lead = r.word(j) in _RESTS
    off = _months(r, j + lead + (lead and r.term(j + lead, "for") is not None))
    end = off[1] + (not lead) if off else j
    if not off or not (lead or r.word(off[1]) in _BREAKS) or not (told or r.term(r.at, "for")):
        return False
    return _put_months(r, on[0], on[0] + off[0], end)


def _months(r: Reader, i: int) -> tuple[int, int] | None:
    """So many months, one where no number stands; and the place behind them."""
    count = r.number(i) or (Decimal(1), i)
    whole = count[0] == int(count[0]) and r.term(count[1], "period") == "mo"
    return (int(count[0]), count[1] + 1) if whole else None


def _put_months(r: Reader, on: int, whole: int, j: int) -> bool:
    r.draft.days, r.draft.cycle = DayRange(1, on, "mo"), Duration(Decimal(whole), Decimal(whole), "mo")
    return r.took(_past_repeat(r, j))


def _put_round(r: Reader, on: Decimal, whole: Decimal, j: int) -> bool:
    if r.draft.days == DayRange(1, 1, "mo") and whole == 2 * on and on in _DAYS_OF_A_MONTH:
        r.draft.days = r.draft.cycle = None  # "every other month (28 days on, 28 days off)"
    if r.draft.days is not None or r.draft.cycle is not None or on != int(on):
        return r.refuse(j)
    r.draft.days, r.draft.cycle = DayRange(1, int(on)), Duration(whole, whole, "d")
    return r.took(_past_repeat(r, j))


def _past_repeat(r: Reader, j: int) -> int:
    """Past ", then repeat the cycle" at the end of a clause; `j` where nothing of that kind stands."""
    k = j
    while r.word(k) in (",", "then", "and", "and then"):
        k += 1
    repeats = r.word(k) in ("repeat", "then repeat", "and repeat", "and then repeat")
    k += repeats and bool(r.term(k + 1, "cycle"))
    ends = k + 1 >= r.n or r.word(k + 1) in (".", ";", ",", ")")
    return k + 1 if repeats and (ends or r.word(j) == "repeat") else j


def _days_of(r: Reader, on: Decimal, j: int) -> bool:
    """ "21 days of 28", "21/28 days", "21 of 28 days"."""
    is_named = r.term(j, "period") == "d"
    k = j + is_named
    if r.word(k) not in _OUT_OF or on < _LEAST_ON:
        return False
    whole = r.number(k + 1)
    if not whole or whole[0] not in _ROUNDS or whole[0] <= on or r.term(whole[1], "unit") or r.word(whole[1]) == "/":
        return False
    end = whole[1] + (r.word(whole[1]) == "-")
    ends_named = r.term(end, "period") == "d"
    if not (is_named or ends_named) or (r.word(k) == "/" and whole[0] < _LEAST_ROUND):
        return False  # "10/14 days" may be ten to fourteen of them.
    end += ends_named
    return _put_round(r, on, whole[0], end + bool(r.term(end, "cycle")))


def _bare_rounds(r: Reader, on: Decimal, j: int) -> bool:
    """ "14 on 7 off", "21 on/7 off"."""
    k = j + 1
    k += r.word(k) in ("/", ",", "then", "and", "&")
    off = r.number(k)
    if r.word(j) != "on" or on < _LEAST_ON or not off or r.word(off[1]) not in _BREAKS:
        return False
    if r.draft.dose and r.draft.dose.unit == "patch" and on + off[0] == _HOURS_A_DAY:
        hours = Interval(on, on, "h"), Interval(off[0], off[0], "h")
        return r.put("wear", Wear(*hours), off[1] + 1)  # "2 patches daily, 12 on 12 off"
    return _put_round(r, on, on + off[0], off[1] + 1)
