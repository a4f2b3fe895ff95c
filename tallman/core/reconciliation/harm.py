"""What an unintended difference may do: by the medicine, and by what kind of difference it is."""

from __future__ import annotations

from collections.abc import Sequence

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import DifferenceType, Harm
from tallman.core.reconciliation.traits import Item

__all__ = ["harm_of"]

HIGH = frozenset({"anticoagulant", "narrow-index"})


def harm_of(type: DifferenceType, items: Sequence[Item], knowledge: Knowledge) -> Harm:
    """The potential harm of a difference of a type in these lines."""
    classes = frozenset().union(*(i.classes for i in items))
    return Harm.HIGH if classes & HIGH else Harm.MODERATE
