"""When to begin: "starting tomorrow", "start on 1/15/2024", "starting 3 days before surgery"."""

from __future__ import annotations

from tallman.core.sig.days import put_days
from tallman.core.sig.model import DayRange
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import to_sentence_end
from tallman.core.sig.spelling import may_be_name

__all__ = ["date_end", "start"]

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec".split()
)
_ENDINGS = frozenset({"th", "st", "nd", "rd"})
_SHORTEST_NAME = 5
_SHORTEST_ALONE = 2
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
        day = r.number(j)
        ends = bool(day) and r.word(day[1] if day else j) not in ("and", ",", "-", "&")
        return bool(day and ends) and r.put("start", f"pod {r.word(j)}", day[1] if day else j)
    if r.term(j, "num") is not None and r.draft.is_blank() and not date_end(r, j) and not _ahead(r, j):
        return r.took(j)  # "start with 1 tablet"
    while r.word(j) in ("on", "the", "in", "at", "on the", "of", ":"):
        j += 1
    day = r.number(j + 1) if r.word(j) == "day" or (r.word(j + 1).isdigit() and r.term(j, "day")) else None
    if day and day[0] == int(day[0]) and (r.draft.link == "then" or (len(r.drafts) > 1 and r.drafts[-2].days)):
        return put_days(r, DayRange(int(day[0]), None), day[1])  # "then 40 mg every other week starting day 8"
    if day and day[0] == int(day[0]) and r.draft.dose and not r.draft.has_timing():
        return r.put("start", r.words(j, day[1]), day[1])  # "over 46 hours starting day 1"
    j += r.word(j) in ("day", "day of")
    end = date_end(r, j) or _ahead(r, i + 1)
    if (
        not end
        and r.word(i + 1) != "by"
        and r.draft.has_timing()
        and r.term(i + 1, "num") is None
        and (end := to_sentence_end(r, i + 1, ",", ")", "*", "-", "until", "till")) == i + 1
    ):
        return False  # "start on the first day of your period"
    return bool(end) and r.put("start", r.words(j if date_end(r, j) else i + 1, end), end)


def date_end(r: Reader, j: int) -> int:
    """Past "January 5th, 2024", "tomorrow morning", "1/15/24", "Sunday"; 0 when there is none."""
    if r.word(j) in _MONTHS and r.term(j + 1, "num") is not None:
        end = j + 2
        end += r.word(end) in _ENDINGS
        if r.word(end) == "," and r.word(end + 1)[:2] == "20":
            return end + 2
        return end + (r.word(end)[:2] == "20" and len(r.word(end)) == 4)
    if r.word(j) in _DAYS or r.term(j, "date"):
        return j + 1 + (r.word(j + 1) in ("morning", "am"))
    if r.term(j, "weekday"):
        j += 1 + bool(r.term(j + 1, "date"))
        if r.word(j + 1) == "/" and r.glued(j + 1) and r.glued(j + 2) and r.term(j, "num") and r.term(j + 2, "num"):
            j += 3  # "Mon 12/1"
        timed = r.word(j) == "at" and (r.term(j + 1, "clock") or (r.glued(j + 1) is False and len(r.word(j + 1)) == 4))
        return j + 2 if timed and r.word(j + 1)[0].isdigit() else j
    return 0


def _ahead(r: Reader, j: int) -> int:
    """Past "3 days before surgery", "the day of the procedure", "the night before surgery"; 0 when there is none."""
    j += r.word(j) == "the"
    found = r.numbers(j)
    k = found[2] if found else j
    if not r.term(k, "period") and r.word(k) not in ("morning", "evening", "night"):
        return 0
    k += 1
    if found and r.word(k) == "later":
        return k + 1
    if not (r.term(k, "before") or r.term(k, "after") or r.word(k) in ("of", "of the")):
        return 0
    k += 1
    k += r.word(k) in ("the", "your")
    ends = k + 1 >= r.n or r.word(k + 1) in (".", ";", ",", ")")
    long_enough = len(r.word(k)) > (_SHORTEST_ALONE if ends else _SHORTEST_NAME)
    named = r.word(k).isalpha() and long_enough and not r.knows(k) and may_be_name(r.word(k))
    return k + 1 if r.term(k, "trigger") or (found and named) else 0
