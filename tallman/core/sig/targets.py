"""What a dose is steered by, or was worked out for: "titrate to RASS 0 to -2", "MAP > 65", "AUC 6"."""

from __future__ import annotations

from tallman.core.sig.reader import Reader

__all__ = ["target"]

_SCALES = frozenset("rass map sbp dbp cpp icp bis ciwa cpot tof svo2 scvo2 auc cvp".split())
"""Scores and measurements of wards by their short names; the numbers behind them are no doses."""
_BETWEEN = frozenset({"-", "–", ">", "<", "≥", "≤", "=", "of", "at", "to", "target", "goal", "score", "or", "&gt;"})
_LEADS = frozenset({"goal", "target", "titrate to", "titrate", "for", "to", "keep", "maintain"})
_UNITS = ("mmhg", "mm")


def target(r: Reader) -> bool:
    """ "RASS 0 to -2", "goal MAP >65 mmHg", "AUC 5": said of the dose, and no dose of its own."""
    i = r.at
    while r.word(i) in _LEADS and i < r.n:
        i += 1
    if r.word(i) not in _SCALES:
        return False
    end = _past_numbers(r, i + 1)
    if end == i + 1:
        return False
    return r.advise(r.words(r.at, end), end)


def _past_numbers(r: Reader, i: int) -> int:
    """The place behind the numbers, their signs and their unit; `i` where there are none."""
    end = i
    while i < r.n and (r.word(i) in _BETWEEN or r.term(i, "num") is not None):
        i += 1
        end = i if r.term(i - 1, "num") is not None else end
    if end == i and r.word(end) in _UNITS:
        end += 1 + (r.word(end + 1) == "hg")
    return end
