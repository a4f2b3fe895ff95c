"""Whether one medicine stands for another of its kind: a PPI for a PPI, one inhaler for another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.cause_words import HOLD, REPLACE
from tallman.core.reconciliation.explained import names_medicine
from tallman.core.reconciliation.traits import Item

__all__ = ["SAID", "kinds_of", "substitutes"]

SAID = 100
"""The score of a substitution that a note names."""
_BROAD = frozenset(
    "serotonin-reuptake-inhibitor acid-blocker antiresorptive incretin insulin-secretagogue endocrine-breast-cancer "
    "hypnotic opioid".split()
)
"""Classes that hold several kinds of medicine: a member is no ready substitute for every other."""
_NARROW = frozenset({"z-hypnotic"})
"""Classes without a number at once whose members replace each other."""

_KINDRED = {"ace-inhibitor": "renin-angiotensin", "arb": "renin-angiotensin"}
"""Kinds of which one is ordered for the other: both are never meant at once."""


def substitutes(old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> int:
    """How surely orders stand for a medicine that has none: 0 not at all; a note that names the old one counts most.

    A combination may stand for one of its kind and hold more: sacubitril / valsartan for losartan.
    """
    if any(_says_it_replaces(n.line.note, o) for n in new for o in old):
        return SAID
    if not all(o.is_known and n.is_known and _same_way(o, n) for o in old for n in new):
        return 0
    here, there = ([kinds_of(name, knowledge) for i in side for name in i.names] for side in (old, new))
    if not all(any(a & b for b in there) for a in here):
        return 0
    if all(any(a & b for b in here) for a in there):
        return 60 if len(here) == len(there) else 50
    return 40 if len(new) == 1 else 0


def _says_it_replaces(note: str, old: Item) -> bool:
    """Whether a note names the old medicine and speaks of a change, not of holding it."""
    return names_medicine(note, old.line) and bool(REPLACE.search(note)) and not HOLD.search(note)


def _same_way(old: Item, new: Item) -> bool:
    if old.reach and new.reach and old.reach != new.reach:
        return False
    return old.as_needed in (new.as_needed, None)


@lru_cache(maxsize=4096)
def kinds_of(ingredient: str, knowledge: Knowledge) -> frozenset[str]:
    """The classes of an ingredient of which one member is normally taken, so that another member replaces it."""
    found = knowledge.ingredients.get(ingredient)
    classes = (knowledge.classes.get(c) for c in (found.classes if found else ()))
    kinds = {
        c.id
        for c in classes
        if c and c.kind == "therapeutic" and c.id not in _BROAD and (c.at_once == 1 or c.id in _NARROW)
    }
    return frozenset({_KINDRED.get(kind, kind) for kind in kinds} | kinds)
