"""What an unintended difference may do: by the medicine, and by what kind of difference it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import DifferenceType, Harm
from tallman.core.reconciliation.traits import Item
from tallman.core.transition import TransitionHarm

__all__ = ["harm_of", "harms_of"]


def harm_of(type: DifferenceType, items: Sequence[Item], knowledge: Knowledge) -> Harm:
    """The potential harm of a difference of a type in these lines. What is taken only as needed is never missed badly:
    its omission is moderate at most. An unknown medicine is moderate: nothing is known of it."""
    levels = {rule.level for rule in harms_of(type, items, knowledge)}
    if "high" in levels:
        eased = type is DifferenceType.OMISSION and all(i.as_needed for i in items)
        return Harm.MODERATE if eased else Harm.HIGH
    return Harm.LOW if levels else Harm.MODERATE


def harms_of(type: DifferenceType, items: Sequence[Item], knowledge: Knowledge) -> Iterator[TransitionHarm]:
    """The records that speak of a difference of a type in these lines."""
    names = frozenset().union(*(i.names for i in items))
    classes = frozenset().union(*(i.classes for i in items))
    for rule in knowledge.records.transition_harms:
        if (not rule.types or type in rule.types) and (rule.ingredients & names or rule.classes & classes):
            yield rule
