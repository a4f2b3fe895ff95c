"""Doses counted from the start, as labels of biologics count them: "weeks 0, 2 and 6, then every 8 weeks"."""

from __future__ import annotations

import re
from functools import lru_cache

from tallman.core.sig.days import put_days
from tallman.core.sig.model import DayRange
from tallman.core.sig.reader import Reader

__all__ = ["loading"]

_FROM_ZERO = re.compile(
    r"\b(?:w(?:ee)?ks?|days?|mo(?:nth)?s?)\s*#?0\b"
    r"|(?<![.\d])0\s*(?:[,&/+]\s*(?:and )?|and )\d[\d,&/+\sand]*(?:w(?:ee)?ks?|mo(?:nth)?s?)\b"
    r"|\binitially,? (?:(?:and )?(?:then )?(?:at |on |in )?)w(?:ee)?ks? ?\d",
    re.IGNORECASE,
)
_BETWEEN = frozenset({",", "and", "&", "/", "+"})
_BEFORE = frozenset({"at", "on", "on the", "the", "in"})
_DAYS_IN = {"wk": 7, "d": 1, "mo": 1}
"""Months are counted as such, from the first on."""


def loading(r: Reader) -> bool:
    """ "At weeks 0, 2 and 6", "initially and at weeks 2 and 4", "0, 4 and 8 weeks", "week 2" where the text counts from week 0: one dose on each day.

    Week 0 is the first day, so that week 2 begins on day 15. A text without a week or day 0 counts whole weeks.
    """
    if not counts_from_zero(r.text):
        return False
    i = r.at
    begun = r.word(i) == "initially"
    i += begun
    while r.word(i) in _BEFORE or (begun and r.word(i) in _BETWEEN):
        i += 1
    unit = _unit(r, i)
    found = _listed(r, i + 1 if unit else i)
    if found is None:
        return False
    numbers, end = [0, *found[0]] if begun else found[0], found[1]
    if (r.term(end, "link") == "to" or r.word(end) == "-") and r.term(end + 1, "num") is not None:
        return False  # "days 0-6"
    if not unit:
        unit, end = _unit(r, end), end + 1
        if not unit or numbers[0] != 0:
            return False
    days = [_DAYS_IN[unit] * number + 1 for number in numbers]
    end += r.word(end) == ":"
    if not put_days(r, DayRange(days[0], days[0], "mo" if unit == "mo" else "d"), end):
        return False
    r.draft.more_days = tuple(days[1:])
    return True


@lru_cache(maxsize=1 << 8)
def counts_from_zero(text: str) -> bool:
    """Whether a text names a week or a day 0. It is asked at every number of one text."""
    return bool(_FROM_ZERO.search(text))


def _unit(r: Reader, i: int) -> str:
    return "wk" if r.term(i, "week") else "d" if r.term(i, "day") else "mo" if r.term(i, "month") else ""


def _listed(r: Reader, i: int) -> tuple[list[int], int] | None:
    """Rising whole numbers, each perhaps with its "week", and where they end."""
    numbers: list[int] = []
    end = i
    while True:
        found = r.number(i)
        if found is None or found[0] != int(found[0]) or (numbers and found[0] <= numbers[-1]):
            break
        if numbers and r.term(found[1], "unit"):
            break  # "week 0 and 80 mg"
        numbers.append(int(found[0]))
        end = i = found[1]
        while r.word(i) in _BETWEEN:
            i += 1
        i += bool(_unit(r, i)) and i > end
    return (numbers, end) if numbers else None
