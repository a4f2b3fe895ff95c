"""Whether one medicine stands for another of its kind: a PPI for a PPI, one inhaler for another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.explained import explanation, names_medicine
from tallman.core.reconciliation.traits import Item

__all__ = ["kinds_of", "substitutes"]

_BROAD = frozenset(
    "serotonin-reuptake-inhibitor acid-blocker antiresorptive incretin insulin-secretagogue endocrine-breast-cancer "
    "hypnotic opioid".split()
)
"""Classes that hold several kinds of medicine: a member is no ready substitute for every other."""


def substitutes(old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> int:
    """How surely orders stand for a medicine that has none: 0 not at all; a note that names the old one counts most."""
    if any(names_medicine(n.line.note, o.line) for n in new for o in old):
        return 100
    if not all(o.is_known and n.is_known and _same_way(o, n) for o in old for n in new):
        return 0
    here, there = ([kinds_of(name, knowledge) for i in side for name in i.names] for side in (old, new))
    covered = all(any(a & b for b in there) for a in here) and all(any(a & b for b in here) for a in there)
    return (50 + (len(here) == len(there)) * 10) if covered else 0


def _same_way(old: Item, new: Item) -> bool:
    if old.reach and new.reach and old.reach != new.reach:
        return False
    is_for_itself = old.route != new.route and explanation("addition", new.line) is not None
    return old.as_needed in (new.as_needed, None) and not (is_for_itself and old.route and new.route)


@lru_cache(maxsize=4096)
def kinds_of(ingredient: str, knowledge: Knowledge) -> frozenset[str]:
    """The classes of an ingredient of which one member is normally taken, so that another member replaces it."""
    found = knowledge.ingredients.get(ingredient)
    classes = (knowledge.classes.get(c) for c in (found.classes if found else ()))
    return frozenset(c.id for c in classes if c and c.kind == "therapeutic" and c.at_once == 1 and c.id not in _BROAD)
