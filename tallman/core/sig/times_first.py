"""Directions that say the time before the dose: "morning: 2 tablets; evening: 1 tablet", "Monday 5 mg, Tuesday 2.5 mg"."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.reader import Reader

__all__ = ["begins_with_time"]

_BOUNDS = frozenset({",", ";", ".", "and", "&", "\n", "-"})
_ENDS = _BOUNDS | {")"}


def begins_with_time(r: Reader, end: int) -> None:
    """Begin the next step where the time up to `end` stands before a dose of its own, behind one that has its time."""
    draft = r.draft
    if (
        not draft.dose
        or draft.prn
        or not (draft.events or draft.clock or draft.weekdays)
        or r.word(r.at - 1) not in _BOUNDS
    ):
        return
    j = end + (r.word(end) in (":", "-", "="))
    j += r.term(j, "verb") is not None
    found = measure(r, j)
    plain = r.numbers(j)
    past = found[3] if found else plain[2] if plain and draft.dose.unit is None else 0
    past += bool(past) and r.term(past, "route") is not None
    if past and (past >= r.n or r.word(past) in _ENDS) and not (past < r.n and r.term(past + 1, "per")):
        r.begin("and")
