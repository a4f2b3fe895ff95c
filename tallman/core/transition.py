"""What matters when a patient moves between places of care: which medicines replace each other at which doses, and what
a mistake in each may do."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.quantity import Amount
from tallman.core.rule import Review, Source

__all__ = ["EqualDoses", "TransitionHarm"]


@dataclass(frozen=True, slots=True)
class EqualDoses:
    """Medicines of one kind and the daily amounts that do about as much.

    `levels` are the steps, the weakest first, each with a name and the amounts (ingredient, from, to) that count alike.
    """

    id: str
    name: str
    levels: tuple[tuple[str, tuple[tuple[str, Amount, Amount], ...]], ...]
    sources: tuple[Source, ...] = ()
    review: Review | None = None

    def level_of(self, ingredient: str, daily: Amount) -> str | None:
        """The name of the level that so much a day is on; None when it is on none."""
        for name, amounts in self.levels:
            for who, low, high in amounts:
                if who == ingredient and low.dimension == daily.dimension and low <= daily <= high:
                    return name
        return None


@dataclass(frozen=True, slots=True)
class TransitionHarm:
    """What an unintended difference in some medicines may do: `level` is high or low, what is in none is moderate.

    `types` are the kinds of difference it speaks of (omission, dose …), empty for all; `why` is one clause.
    """

    id: str
    level: str
    why: str
    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()
    review: Review | None = None
