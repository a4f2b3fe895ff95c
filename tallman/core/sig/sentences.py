"""Where a sentence of advice ends, and whether it tells a dose after all."""

from __future__ import annotations

from tallman.core.sig.lexicon import is_spanish
from tallman.core.sig.reader import Reader

__all__ = ["begins_dose", "begins_length", "to_sentence_end"]

_PASSED = frozenset("bm bms stool stools movements".split()) | {"bowel movements", "loose stools"}
_COMPARED = frozenset({">", "<", "≥", "≤", "than", "less than", "greater than"})
_WHEN = frozenset({"freq", "interval", "every", "event", "weekday", "prn", "max", "max_day", "clock", "stat"})
"""What says when or how much of the medicine that is ordered."""


def begins_dose(r: Reader, i: int) -> bool:
    """Whether a number at `i` is an amount, or how often: "2 tablets", "1 tsp", "1 by mouth", "take 2"."""
    found = r.numbers(i)
    if found is None:
        return False
    if r.word(found[2]) in ("%", "percent") or (i and r.word(i - 1) in _COMPARED):
        return False  # "if eats < 50%", "for > 2 stools"
    after = r.items[found[2]].terms
    told = not after.keys().isdisjoint(("unit", "spoon", "route", "freq", "every", "times"))
    return (told and "period" not in after) or (i > 0 and r.term(i - 1, "verb") is not None)


def to_sentence_end(r: Reader, i: int, *ends: str, acts: bool = False) -> int:
    """The end of the sentence from `i`, or `i` when an amount, a time or (unless it `acts`) a verb is in it.

    A time behind a comma or a dash ends it.
    """
    j = i
    ends = (*ends, ")") if r.word(i - 2) == "(" else ends
    while j < r.n and r.word(j) not in (".", ";", *ends):
        if (
            (r.term(j, "verb") and not acts)
            or r.term(j, "link") == "then"
            or begins_dose(r, j)
            or is_spanish(r.word(j))
        ):
            return i
        if r.term(j, "freq") and r.word(j - 1) in _PASSED:
            j += 1  # "more than 2 BMs/day"
            continue
        called = r.word(j) == "md" and bool(r.term(j - 1, "call"))  # "and notify MD"
        behind_first = called or (
            r.term(j, "stat") and r.term(j - 1, "after") and "dose" in r.word(j)
        )  # "if no relief after the first dose"
        if (not _WHEN.isdisjoint(r.items[j].terms) and not behind_first) or begins_length(r, j):
            return j if r.word(j - 1) in (",", "-") and j > i + 1 else i
        j += 1
    return j


def begins_length(r: Reader, i: int) -> bool:
    """ "for 7 days" """
    found = r.numbers(i + 1) if r.term(i, "for") or r.term(i, "for_up_to") else None
    return found is not None and r.term(found[2], "period") is not None
