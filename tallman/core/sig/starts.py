"""When to begin: "starting tomorrow", "start on 1/15/2024", "starting 3 days before surgery"."""

from __future__ import annotations

from tallman.core.sig.amounts import measure, rate
from tallman.core.sig.days import put_days
from tallman.core.sig.lexicon import listed_words
from tallman.core.sig.model import DayRange
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import to_sentence_end
from tallman.core.sig.spelling import may_be_name

__all__ = ["ahead", "date_end", "start"]

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec".split()
)
_ENDINGS = frozenset({"th", "st", "nd", "rd"})
_AFTER_SURGERY = frozenset({"post op", "postop", "post operatively", "postoperatively"})
_SHORTEST_NAME = 5
_SHORTEST_ALONE = 2
_MOST_WORDS = 4
"""Of what a day is counted from."""
_MOST_MONTHS, _MOST_DAYS, _MOST_PARTS = 12, 31, 4
"""Of a year, of a month, and into which anybody parts a tablet."""
_WITH = frozenset({"start with", "starting with", "begin with", "beginning with"})
_DAYS = frozenset({"tomorrow", "today", "tonight", "immediately", "now", "evening", "this evening", "tomorrow morning"})


def start(r: Reader) -> bool:
    """ "starting tomorrow", "start on 1/15/2024", "starting 3 days before surgery", "start the day of the procedure"."""
    i = r.at
    if r.word(i) == "from" and r.word(i + 1) in _DAYS and (end := date_end(r, i + 1)):
        return r.put("start", r.words(i + 1, end), end)
    if not r.term(i, "start"):
        return False
    j = i + 1
    if r.word(i).endswith("pod"):
        return _after_operation(r, j)
    if end := _past_low_end(r, j):
        return r.advise(r.words(i, end), end)  # "1-3 tablets at bedtime, start with 1"
    dated = date_end(r, j) or ahead(r, j) or _past_short_date(r, j)
    if r.term(j, "num") is not None and r.draft.is_blank() and not dated:
        return r.took(j)  # "start with 1 tablet"
    if (
        (r.sentence or r.word(i - 1) == ".")
        and r.word(i) in _WITH
        and not dated
        and measure(r, j)
        and _may_come_first(r)
    ):
        r.begin(None).comes_first = True
        return r.took(j)  # "1 tablet twice a day. Start with 1 tablet daily for 3 days"
    if r.word(j) in ("when needed", "if needed"):
        return r.put("start", "when needed", j + 1)
    if _leads_drip(r, j):
        return r.took(j)  # "8 mg in 250 mL, start 2 mcg/min"
    if _says_how_often(r, j):
        r.draft.clause, r.draft.is_begun_so = r.clause, True
        return r.took(j)  # "at bedtime, start every other night x 2 weeks"
    while r.word(j) in ("on", "the", "in", "at", "on the", "of", ":"):
        j += 1
    day = r.number(j + 1) if r.word(j) == "day" or (r.word(j + 1).isdigit() and r.term(j, "day")) else None
    if day and day[0] == int(day[0]) and (r.draft.link == "then" or (len(r.drafts) > 1 and r.drafts[-2].days)):
        return put_days(r, DayRange(int(day[0]), None), day[1])  # "then 40 mg every other week starting day 8"
    if day and r.word(day[1]) in ("of", "of the", "of your") and r.term(day[1] + 1, "cycle") and r.draft.has_timing():
        return r.put("start", r.words(j, day[1] + 2), day[1] + 2)  # "twice daily beginning on day 3 of the cycle"
    if day and day[0] == int(day[0]) and r.draft.dose and not r.draft.has_timing():
        return r.put("start", r.words(j, day[1]), day[1])  # "over 46 hours starting day 1"
    j += r.word(j) in ("day", "day of")
    if (
        r.word(j) in ("first", "1st")
        and r.term(j + 1, "weekday")
        and (end := _before_note(r, j + 2, date_end(r, j + 1)))
    ):
        return r.put("start", r.words(j, end), end)  # "the first Sunday after menses begins"
    if end := _past_short_date(r, j):
        return r.put("start", r.words(j, end), end)
    end = date_end(r, j) or ahead(r, i + 1)
    if (
        not end
        and r.word(i + 1) != "by"
        and r.draft.has_timing()
        and r.term(i + 1, "num") is None
        and (end := to_sentence_end(r, i + 1, ",", ")", "*", "-", "until", "till")) == i + 1
    ):
        return False  # "start on the first day of your period"
    end = _before_note(r, i + 2, end or _past_counted(r, i + 1))
    return bool(end) and r.put("start", r.words(j if date_end(r, j) else i + 1, end), end)


def _after_operation(r: Reader, j: int) -> bool:
    """ "Starting POD 1 at 0900": the day after an operation."""
    day = r.number(j + (r.word(j) == "#"))
    if not day or r.word(day[1]) in ("and", ",", "-", "&"):
        return False
    past = _past_hour(r, day[1])
    return r.put("start", f"pod {r.words(j, past)}", past)


def _may_come_first(r: Reader) -> bool:
    """Whether what has been told is a single dose with its times, or how a dose is raised."""
    draft = r.draft
    told = [d for d in r.drafts if not d.is_blank()]
    return len(told) == 1 and bool(draft.change or (draft.dose and draft.has_timing() and not draft.duration))


def _past_counted(r: Reader, i: int) -> int:
    """Past "3 days after trigger", so long before or after whatever a dose with its times hangs on; 0 when it is not that."""
    found = r.numbers(i) if r.draft.has_timing() else None
    if not found or r.term(found[2], "period") not in ("h", "d", "wk"):
        return 0
    j = found[2] + 1
    end = to_sentence_end(r, j + 1, ",", ")", "*", "-", "until", "till")
    parted = r.term(j, "after") or r.term(j, "before")
    return end if parted and j + 1 < end <= j + 1 + _MOST_WORDS else 0


def _past_short_date(r: Reader, j: int) -> int:
    """Past "3/1" behind a whole direction; 0 where it may be a part of a tablet, or a number follows it up."""
    month, day = r.word(j), r.word(j + 2)
    parted = r.word(j + 1) == "/" and r.glued(j + 1) and r.glued(j + 2) and month.isdigit() and day.isdigit()
    leads = not r.at and r.word(j + 3) == ":"  # "Start 5/1: 1 tablet daily"
    if not parted or not (r.draft.has_timing() or leads) or int(month) > _MOST_MONTHS or int(day) > _MOST_DAYS:
        return 0
    may_be_part = int(month) < int(day) and (int(day) <= _MOST_PARTS or (r.word(r.at) == "start" and not leads))
    ends = leads or j + 3 >= r.n or r.word(j + 3) in (".", ";", ",", ")") or r.term(j + 3, "link") == "then"
    ends = ends or r.term(j + 3, "until") is not None
    return j + 3 if ends and not may_be_part else 0


def _before_note(r: Reader, first: int, end: int) -> int:
    """Where a note, brackets or a dash begin between `first` and `end`, which are not what it waits for; else `end`."""
    for k in range(first, end):
        dash = r.word(k) == "-" and not r.glued(k)
        if dash or r.word(k) in ("(", "*") or r.term(k, "remark") is not None or r.word(k) in listed_words("cue"):
            return k
    return end


def _past_hour(r: Reader, j: int) -> int:
    """Past "at 0900", "at 9:00" where it is taken so many hours apart, and the hour is that of the first dose; else `j`."""
    spaced = r.draft.interval is not None and r.draft.interval.unit == "h"
    hour = r.word(j + 1)
    told = r.word(j) == "at" and (r.term(j + 1, "clock") or (len(hour) == 4 and hour.isdigit()))
    return j + 2 if spaced and told else j


def _past_low_end(r: Reader, j: int) -> int:
    """Past "1 tablet", the least of a range that has been told, at the end of a clause; 0 where something else stands."""
    held, found = r.draft.dose, r.number(j)
    if not held or not found or held.low == held.high or found[0] != held.low or not r.draft.has_timing():
        return 0
    end = found[1] + (r.term(found[1], "unit") == held.unit)
    raised = (
        r.word(end) == "and"
        and r.term(end + 1, "increase")
        and (r.term(end + 2, "prn") or r.term(end + 2, "instr") == "as tolerated")
    )
    end += 3 if raised else 0
    return end if end >= r.n or r.word(end) in (".", ";", ",", ")") else 0


def _leads_drip(r: Reader, j: int) -> bool:
    """Whether a rate stands there, behind what the bag holds."""
    draft = r.draft
    bag = (
        draft.dose and not (draft.rate or draft.has_schedule()) and any(i.startswith("in ") for i in draft.instructions)
    )
    return bool(bag) and rate(r, j) is not None


def _says_how_often(r: Reader, j: int) -> bool:
    """Whether "every other night", "3 nights a week" stands there, beside a moment of the day that has been told."""
    draft, found = r.draft, r.numbers(j)
    if not draft.events or draft.frequency or draft.interval or draft.duration or draft.prn:
        return False
    if found and (r.term(found[2] + 1, "before") or r.term(found[2] + 1, "after")):
        return False  # "starting 3 days after trigger"
    often = r.term(found[2], "times") or r.word(found[2]) in ("nights", "days") if found else None
    return bool(often or (r.term(j, "every") and not r.term(j, "event")) or r.term(j, "interval"))


def date_end(r: Reader, j: int) -> int:
    """Past "January 5th, 2024", "tomorrow morning", "1/15/24", "Sunday"; 0 when there is none."""
    if r.word(j) in _MONTHS and r.term(j + 1, "num") is not None:
        end = j + 2
        end += r.word(end) in _ENDINGS
        if r.word(end) == "," and r.word(end + 1)[:2] == "20":
            return end + 2
        return end + (r.word(end)[:2] == "20" and len(r.word(end)) == 4)
    if r.word(j) in _DAYS or r.term(j, "date"):
        if r.word(j) in _DAYS and r.word(j + 2) == "/" and r.glued(j + 2) and r.glued(j + 3) and r.term(j + 3, "num"):
            return j + 4  # "today 2/14"
        if r.word(j) in ("today", "tomorrow") and r.word(j + 1) == "at" and _is_hour(r, j + 2):
            return j + 3  # "today at 1400"
        timed = r.term(j, "date") and r.term(j + 1, "clock") and r.word(j + 1)[0].isdigit()
        return j + 1 + bool(timed or r.word(j + 1) in ("morning", "am"))  # "06/14/2023 23:59"
    if r.term(j, "weekday"):
        j += 1 + bool(r.term(j + 1, "date"))
        if r.word(j + 1) == "/" and r.glued(j + 1) and r.glued(j + 2) and r.term(j, "num") and r.term(j + 2, "num"):
            j += 3  # "Mon 12/1"
        if r.term(j, "after") and (begins := to_sentence_end(r, j + 1, ",", ")", acts=True)) > j + 1:
            return begins  # "the Sunday after your period begins"
        timed = r.word(j) == "at" and (r.term(j + 1, "clock") or (r.glued(j + 1) is False and len(r.word(j + 1)) == 4))
        return j + 2 if timed and r.word(j + 1)[0].isdigit() else j
    return 0


def _is_hour(r: Reader, j: int) -> bool:
    return bool(r.term(j, "clock")) or (len(r.word(j)) == 4 and r.word(j).isdigit())


def ahead(r: Reader, j: int) -> int:
    """Past "3 days before surgery", "the day of the procedure", "the night before surgery"; 0 when there is none."""
    j += r.word(j) == "the"
    found = r.numbers(j)
    k = found[2] if found else j
    if not r.term(k, "period") and r.word(k) not in ("morning", "evening", "night"):
        return 0
    k += 1
    if found and r.word(k) == "later":
        return k + 1
    if found and r.word(k) in _AFTER_SURGERY:
        return k + 1  # "12 h post-op"
    if found and r.word(k) in ("after that", "after this", "thereafter") and r.pending is None:
        return k + 1  # "12 hours after that"
    begun = r.term(k, "onset") is not None and r.word(k).startswith("after")  # "24 h after start of MTX"
    if not (begun or r.term(k, "before") or r.term(k, "after") or r.word(k) in ("of", "of the")):
        return 0
    k += 1
    k += r.word(k) in ("the", "your")
    k += r.word(k) in ("expected", "next", "anticipated", "scheduled")
    if r.term(k, "cycle") or r.term(k, "stat"):
        return k + 1  # "1 day before your period", "1 week after the first dose"
    ends = k + 1 >= r.n or r.word(k + 1) in (".", ";", ",", ")")
    long_enough = len(r.word(k)) > (_SHORTEST_ALONE if ends else _SHORTEST_NAME)
    named = r.word(k).isalpha() and long_enough and not r.knows(k) and may_be_name(r.word(k))
    return k + 1 if r.term(k, "trigger") or (found and named) else 0
