"""Once, at once, and how far apart the times counted are."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.frequency import period_of, put_frequency
from tallman.core.sig.model import Duration, Frequency, Interval
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import may_be_name
from tallman.core.sig.starts import ahead, date_end

__all__ = ["apart", "once", "stat"]

_AT_ONCE = frozenset({"now", "today", "immediately", "tonight", "evening", "this evening"})
_LONGEST_REASON = 6
_MINUTES_OF_A_ROUND, _FEW = 10, 6
"""How far apart rounds are, at least, and no breaths; how many rounds are told, at most."""
_LISTED = frozenset({",", "and", "or", "/", "&", "other", "any", "the", "your", "food", "meals"})


def once(r: Reader) -> bool:
    """ "once", "one time only", "as a single dose"; before another timing it only says once on each."""
    if not r.term(r.at, "once"):
        return False
    j = r.at + 1
    if r.word(r.at).endswith(("1", "one")) and r.draft.rate and r.term(j, "unit") == "L":
        return r.put("until", "1 L given", j + 1)  # "at 100 mL/hr x 1 L"
    unit, freq = r.term(j, "period"), r.term(j, "freq")
    if r.word(r.at) in ("x 1", "times 1", "times one", "x one") and unit in ("d", "wk", "mo", "y"):
        return r.put("duration", Duration(Decimal(1), Decimal(1), unit), j + 1)
    longest = r.number(j + 1) if r.word(r.at) in ("x 1", "x one") and r.term(j, "link") in ("to", "or") else None
    if longest and (unit := r.term(longest[1], "period")) in ("d", "wk", "mo"):
        return r.put("duration", Duration(Decimal(1), longest[0], unit), longest[1] + 1)  # "x 1-2 weeks"
    more = r.term(j + 1, "freq") if r.term(j, "link") in ("to", "or") else None
    if more and more[0] > 1 and r.word(r.at) in ("once", "one time", "1 time"):
        return put_frequency(r, Frequency(1, more[0], Decimal(1), more[1]), False, j + 2)
    second = r.number(j + 1) if r.term(j, "link") in ("to", "or") else None
    if second and r.term(second[1], "times") and (per := period_of(r, second[1] + 1)) and r.word(r.at) == "once":
        return put_frequency(r, Frequency(1, int(second[0]), per[0], per[1]), False, per[2])
    if r.word(r.at) in ("once", "one time", "1 time"):
        if freq:
            return freq[0] == 1 and r.took(j)
        if r.term(j, "event"):
            return put_frequency(r, Frequency(1, 1), True, j)
        if r.term(j, "interval") or r.term(j, "weekday") or (r.word(j) == "on" and r.term(j + 1, "weekday")):
            return r.took(j)
    if "dose" in r.word(r.at) and (r.term(j, "every") or r.term(j, "interval") or freq):
        return r.took(j)  # "as a single dose every 6 weeks"
    if r.word(r.at) in ("at one time", "all at one time") and (r.draft.frequency or r.draft.interval):
        r.at = j
        return True  # "8 tablets once weekly, all at one time"
    if r.word(r.at) == "at one time" and r.draft.dose and not r.draft.dose.low:
        r.at = j
        return True  # "up to 3 patches at one time"
    r.draft.once = True
    return r.took(j)


def stat(r: Reader) -> bool:
    """ "now", "today", "as a loading dose"."""
    if not r.term(r.at, "stat"):
        return False
    if r.draft.repeat and r.word(r.at) in ("on arrival", "upon receipt"):
        return r.advise(r.word(r.at), r.at + 1)  # "may repeat once on arrival"
    following = r.word(r.at + 1).startswith(("before", "after", "prior", "following"))
    acts = r.draft.dose is not None and r.term(r.at - 1, "verb") is not None  # "and drink immediately"
    if r.word(r.at) == "immediately" and (acts or r.draft.frequency or following or r.term(r.at + 1, "event")):
        r.at += 1
        return True
    j = r.at + 1 + (r.word(r.at + 1) == ",")
    if r.word(r.at) == "at once" and r.draft.dose and r.draft.dose.unit == "patch" and r.draft.dose.high > 1:
        r.at += 1
        return True  # "up to 3 patches at once"
    if r.word(r.at) == "at once" and (
        r.draft.frequency or any(r.term(j, kind) for kind in ("freq", "every", "interval"))
    ):
        r.at += 1
        return True  # "2 tablets at once daily": together
    often = r.draft.frequency is not None and r.draft.frequency.high > 1
    if r.word(r.at) == "today" and (often or (r.draft.interval and r.draft.interval.unit == "h")):
        return r.put("duration", Duration(Decimal(1), Decimal(1), "d"), r.at + 1)  # "40 mEq twice a day today"
    if (
        r.word(r.at).endswith(("initial dose", "starting dose"))
        and r.draft.dose is None
        and _is_taken_often(r, r.at + 1)
    ):
        r.at += 1
        return True  # "Initial dose: 0.5 mg once weekly for 4 weeks, then 1 mg"
    named = r.word(r.at).endswith(("dose", "load", "loading"))
    if named and r.draft.dose and r.draft.has_timing() and r.draft.start is None:
        begun = _past_reason(r, r.at + 1)
        dated = date_end(r, begun) if r.word(begun) not in _AT_ONCE or r.word(begun + 1) == "at" else 0
        dated = dated or (begun + 1 if r.word(begun) in ("tonight", "this evening") else 0)
        if end := ahead(r, begun) or dated:
            return r.put(
                "start", r.words(begun, end), end
            )  # "daily, first dose 12 hours after surgery", "first dose today at 1400"
    if named and r.draft.dose and r.draft.has_timing() and r.numbers(r.at + 1):
        r.doubts.append("which dose is the first?")  # "1 tablet bid, first dose 2 tablets"
    r.draft.stat = True
    return r.took(r.at + 1)


def _past_reason(r: Reader, i: int) -> int:
    """Past the "(after last modification) on" that a computer puts between "first dose" and its date, or the colon."""
    if r.word(i) == "(" and r.word(i + 1).startswith(("after", "last")):
        i = next((k + 1 for k in range(i, min(r.n, i + _LONGEST_REASON)) if r.word(k) == ")"), i)
    return i + (r.word(i) in (":", "on", "at", "due"))


def _is_taken_often(r: Reader, i: int) -> bool:
    """Whether how often is told before the next dose: an initial dose then is what it begins with, and is not given once."""
    while i < r.n and r.term(i, "link") != "then" and r.word(i) not in (";", "."):
        if any(r.term(i, kind) is not None for kind in ("freq", "interval", "every", "event")):
            return True
        i += 1
    return False


def _past_names(r: Reader, i: int) -> int:
    """Past "calcium, iron and antacids"; 0 where other words stand."""
    j = i
    while j < r.n and (
        r.word(j) in _LISTED
        or r.term(j, "other")
        or (not r.knows(j) and r.word(j).isalpha() and may_be_name(r.word(j)))
    ):
        j += 1
    ends = j >= r.n or r.word(j) in (".", ";", ")", ",")
    return j if j > i and ends else 0


def _times_behind(r: Reader, i: int) -> tuple[int, int] | None:
    """How many times stands at `i`: "x3", "for 3 doses", "3 times"."""
    j = i + (r.word(i) in ("x", "for", "times"))
    found = r.number(j)
    if not found or found[0] != int(found[0]) or not 1 < found[0] <= _FEW:
        return (int(r.word(i)[1:]), i + 1) if r.word(i) in ("x2", "x3", "x4") else None
    end = found[1] + (r.word(found[1]) in ("doses", "times"))
    return (int(found[0]), end) if end > i + 1 and not (r.term(end, "period") or r.term(end, "freq")) else None


def apart(r: Reader) -> bool:
    """ "twice a day, 6 to 8 hours apart", "at an interval of 12 hours": how far apart the times counted are."""
    i = r.at
    said = r.word(i) in ("at an interval of", "at intervals of", "spaced")
    while r.word(i) in (
        "at", "least", "at an interval of", "at intervals of", "spaced", "about", "doses", "dose", "separate by",
        "separated by", "approximately", "at least", "minimum", "minimum of", "a minimum of",
    ):  # fmt: skip
        i += 1
    found = r.numbers(i)
    j = found[2] if found else i
    between = r.word(j + 1) == "between" and r.word(j + 2) in ("doses", "dose", "each dose")
    counted = r.draft.count and r.draft.count > 1 and not r.draft.has_timing() and r.word(j + 1) == "apart"
    if found and counted and r.term(j, "period") in ("d", "wk", "mo") and found[0] == found[1]:
        r.draft.interval = Interval(found[0], found[1], r.term(j, "period"))  # "x 2 doses 2 weeks apart"
        return r.took(j + 2)
    spaced = said or between or r.word(j + 1) in ("apart", "apart from")
    if not found or r.term(j, "period") not in ("h", "min") or not spaced:
        return False
    freq, draft = r.draft.frequency, r.draft
    if draft.interval == Interval(found[0], found[1], r.term(j, "period")) and r.word(j + 1) == "apart":
        return r.took(j + 2)  # "every 12 hours (12 hours apart)"
    if draft.dose and r.word(j + 1) == "apart from" and (end := _past_names(r, j + 2)):
        return r.advise(r.words(r.at, end), end)  # "at least 4 hours apart from calcium"
    if draft.prn and not draft.has_timing() and r.term(j, "period") == "h":
        draft.interval = Interval(found[0], found[1], "h")  # "as needed, at least 4 hours apart"
        return r.took(j + 1 + (r.word(j + 1) == "apart") + 2 * between)
    if draft.count and draft.count > 1 and not draft.has_timing() and found[0] == found[1]:
        draft.interval = Interval(found[0], found[1], r.term(j, "period"))  # "x 2 doses 4 hours apart"
        return r.took(j + 1 + (r.word(j + 1) == "apart") + 2 * between)
    again = _times_behind(r, j + 2) if found and r.term(j, "period") == "min" and r.word(j + 1) == "apart" else None
    if again and found and draft.dose and not draft.has_timing() and found[0] == found[1] >= _MINUTES_OF_A_ROUND:
        draft.interval, draft.count = Interval(found[0], found[1], "min"), again[0]
        return r.took(again[1])  # "2 puffs 20 minutes apart x 3"
    puffs = draft.dose and draft.dose.high > 1 and draft.dose.unit in ("puff", "inhalation", "spray")
    if puffs and r.term(j, "period") == "min" and r.word(j + 1) == "apart":
        return r.advise(r.words(r.at, j + 2), j + 2)  # "2 puffs every 4 hours, 1 minute apart"
    two = len(r.drafts) == 2 and all(d.dose and d.events for d in r.drafts)
    if not two and (freq is None or freq.high < 2):
        return False
    least = "at least " if "least" in r.words(r.at, i) else ""
    return r.advise(f"{least}{r.words(i, j + 1)} apart", j + 1 + (r.word(j + 1) == "apart") + 2 * between)
