"""What a dose is steered by, or was worked out for: "titrate to RASS 0 to -2", "MAP > 65", "AUC 6", "1 unit per 10 g of carbohydrate"."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.reader import Reader

__all__ = ["ratio", "target"]

_SCALES = frozenset("ci rass map sbp dbp cpp icp bis ciwa cpot tof svo2 scvo2 auc cvp aptt xa".split())
"""Scores and measurements of wards by their short names; the numbers behind them are no doses."""
_STEERING = frozenset(
    "fbg fbs hr bp rr pulse ptt inr act spo2 sats bg glucose fasting sugar bm bms anti uop urine output heart rate blood pressure".split()
)
"""What else a dose that is titrated may be titrated to."""
_BETWEEN = frozenset(
    {
        "-",
        "–",
        ">",
        "<",
        "≥",
        "≤",
        "=",
        "of",
        "at",
        "to",
        "target",
        "goal",
        "score",
        "or",
        "&gt;",
        "/",
        "above",
        "below",
        "less than",
    }
)
_LEADS = frozenset(
    {"goal", "target", "titrate to", "titrate", "titrated", "titrated to", "for", "to", "keep", "maintain"}
)
_UNITS = ("mmhg", "mm")
_CARBOHYDRATES = frozenset({"carb", "carbs", "carbohydrate", "carbohydrates", "cho"})


def target(r: Reader) -> bool:
    """ "RASS 0 to -2", "goal MAP >65 mmHg", "AUC 5", "titrate to HR < 110": said of the dose, and no dose of its own."""
    i = r.at
    steered = r.word(i).startswith("titrat") or (r.word(i) == "to" and (r.draft.change or r.draft.rate) is not None)
    while (r.word(i) in _LEADS or (steered and r.term(i, "instr") == "per protocol")) and i < r.n:
        i += 1
    count = r.numbers(i) if steered else None
    named = _SCALES | _STEERING if steered else _SCALES
    if count and r.word(count[2]) in _STEERING:
        return r.advise(r.words(r.at, count[2] + 1), count[2] + 1)  # "titrate to 3 BMs"
    if r.word(i) not in named:
        return False
    while r.word(i + 1) in named:
        i += 1
    end = _past_numbers(r, i + 1)
    if end == i + 1 and not steered:
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


def ratio(r: Reader) -> bool:
    """ "1 unit per 10 g of carbohydrate": the dose hangs on what is eaten, and no amount is told."""
    found = measure(r, r.at)
    if found is None or found[2] != "unit":
        return False
    if not (r.term(found[3], "per") or r.term(found[3], "for") or r.word(found[3]) in (":", "/")):
        return False
    j = found[3] + 1
    j += r.word(j) in ("every", "each")
    eaten = measure(r, j)
    if eaten is None or eaten[2] != "g":
        return False
    j = eaten[3] + (r.word(eaten[3]) in ("of", "of the"))
    return r.word(j) in _CARBOHYDRATES and r.advise(r.words(r.at, j + 1), j + 1)
