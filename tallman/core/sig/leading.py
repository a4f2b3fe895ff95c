"""What one of them holds, where that is said before how many are taken: "250 mg/5 mL susp: 1 tsp", "5/325 1-2 tabs"."""

from __future__ import annotations

from tallman.core.sig.amounts import SHAPED, concentration, is_measured, measure
from tallman.core.sig.reader import Reader
from tallman.core.sig.strengths import of_several

__all__ = ["past_strength"]

_POURED = frozenset("susp suspension solution soln sol liquid liq syrup elixir".split())
_SPREAD = frozenset("cream crm ointment oint gel lotion foam solution soln shampoo paste".split())
_SIGNS = frozenset({":", ",", "-"})
_LENGTHS = frozenset({"7", "12", "52"})
"""Below the stroke of "5/7" and "2/52", which are days and weeks."""


def past_strength(r: Reader) -> int:
    """The place behind a strength that leads to a dose; 0 where none does."""
    held = concentration(r, r.at)
    if held:
        return _before_amount(r, held)
    if r.unread or not r.draft.is_blank():
        return 0
    found = measure(r, r.at)
    if found and found[2] == "%":
        spread = r.word(found[3]) in _SPREAD  # "0.5% cream to the affected area", "0.083% 3 mL"
        return found[3] + 1 if spread else found[3] if measure(r, found[3]) else 0
    if r.draft.first >= 0:
        return 0
    several = of_several(r, r.at)
    return _before_count(r, several) if several and r.word(r.at + 2) not in _LENGTHS else 0


def _before_amount(r: Reader, j: int) -> int:
    """Past the form of "250 mg/5 mL susp: 1 tsp", where so much follows."""
    while r.word(j) in _POURED or r.word(j) in _SIGNS:
        j += 1
    poured = measure(r, j + bool(r.term(j, "verb")))
    return j if poured and is_measured(poured[2]) else 0


def _before_count(r: Reader, j: int) -> int:
    """Past the form of "8 mg-2 mg film: dissolve 1 film", where so many of it follow."""
    while r.term(j, "unit") in SHAPED or r.word(j) in _SIGNS:
        j += 1
    counted = measure(r, j + bool(r.term(j, "verb")))
    return j if counted and (counted[2] in SHAPED or counted[2] == "mL") else 0
