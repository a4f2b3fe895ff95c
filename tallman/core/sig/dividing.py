"""An amount a day that is given in several doses: "90 mg/kg/day divided bid", "600 mg a day in 3 divided doses"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.model import Dose, Frequency
from tallman.core.sig.reader import A_DAY_IN_ALL, Reader

__all__ = ["divided"]

_COUNTS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_AMONG = frozenset({"over", "among", "into", "between", "across", "in", "to"})
_LEAST = Decimal("0.001")
"""What a dose is told to at the finest: a third of 100 mg is no dose anybody can measure."""


def divided(r: Reader) -> bool:
    """The share of an amount a day, where it comes out even; else how much at one time is doubted."""
    if not r.term(r.at, "divided"):
        return False
    draft, said = r.draft, r.word(r.at).split()
    over = r.numbers(r.at + 2) if r.word(r.at + 1) in _AMONG else None
    if over and r.word(over[2]) in ("sites", "injection sites", "injections", "areas"):
        return r.advise(r.words(r.at, over[2] + 1), over[2] + 1)  # "divided over 31 sites"
    counted = next((_COUNTS[word] for word in said if word in _COUNTS), 0)
    times = counted or _times_at(r, r.at + 1)
    a_day = draft.is_weak and draft.frequency == Frequency(1, 1) and draft.interval is None and not draft.events
    share = _share(draft.dose, times) if a_day and times and draft.dose and not _is_open(r, r.at + 1) else None
    if share is None:
        r.doubts.append("the amount is divided: how much at one time is not said")
        return r.took(r.at + 1)
    draft.dose, draft.frequency, draft.is_weak = share, None, False
    r.doubts = [doubt for doubt in r.doubts if doubt != A_DAY_IN_ALL]
    if counted:
        draft.frequency = Frequency(counted, counted)
    return r.took(r.at + 1)


def _is_open(r: Reader, i: int) -> bool:
    """Whether what stands at `i` leaves open into how many: "divided bid-tid", "divided bid to tid"."""
    return bool(r.term(i, "freq") and r.term(i + 2, "freq")) and (
        r.word(i + 1) in ("/", "or") or r.term(i + 1, "link") in ("to", "or")
    )


def _times_at(r: Reader, i: int) -> int:
    """How many times a day what stands at `i` says: "bid", "q8h", "every 6 hours"; 0 when it says no such thing."""
    freq = r.term(i, "freq")
    if freq and freq[1] == "d" and freq[0] > 1:
        return int(freq[0])
    found = r.numbers(i)
    if found and found[0] == found[1] and r.term(found[2], "times") and r.term(found[2] + 1, "freq") == (1, "d", True):
        return int(found[0])
    found = r.numbers(i + 1) if r.term(i, "every") else None
    if found and found[0] == found[1] and r.term(found[2], "period") == "h" and found[0] and not 24 % found[0]:
        return int(24 / found[0])
    return 0


def _share(dose: Dose, times: int) -> Dose | None:
    low, high = dose.low / times, dose.high / times
    even = all(value == value.quantize(_LEAST) for value in (low, high))
    return replace(dose, low=low.normalize() + 0, high=high.normalize() + 0) if even and not dose.strength else None
