"""What matters when a patient moves between places of care: which medicines replace each other at which doses, and what
a mistake in each may do."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.quantity import Amount
from tallman.core.rule import Review, Source

__all__ = ["EqualDoses", "Given", "TransitionHarm"]


@dataclass(frozen=True, slots=True)
class Given:
    """A medicine as a table of doses means it. `words` narrow it: a route, "plain" or "extended" release, "puffs", a
    salt ("propionate") or another ingredient of the same product."""

    ingredient: str
    words: frozenset[str] = frozenset()

    def fits(self, ingredient: str, facts: frozenset[str]) -> bool:
        """Whether an ingredient of a line of which these facts are known is meant."""
        return self.ingredient == ingredient and self.words <= facts


@dataclass(frozen=True, slots=True)
class EqualDoses:
    """Medicines of one kind and the daily amounts that do about as much.

    `levels` are the steps, the weakest first, each with a name and the amounts (medicine, from, to) that count alike.
    `alike` are amounts that do the same, and in proportion more or less of them; the first is what the others are told
    in. `into` are the ingredients into which a change may be told so (all where it is empty). Of the classes `never`,
    doses are not taken for equal whatever they are. `note` is one clause that is said with it.
    """

    id: str
    name: str
    levels: tuple[tuple[str, tuple[tuple[Given, Amount, Amount], ...]], ...] = ()
    alike: tuple[tuple[Given, Amount], ...] = ()
    into: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    note: str = ""
    sources: tuple[Source, ...] = ()
    review: Review | None = None

    def level_of(self, ingredient: str, daily: Amount, facts: frozenset[str] = frozenset()) -> str | None:
        """The name of the level that so much a day is on; None when it is on none."""
        for name, amounts in self.levels:
            for given, low, high in amounts:
                if given.fits(ingredient, facts) and low.dimension == daily.dimension and low <= daily <= high:
                    return name
        return None

    def one_of(self, ingredient: str, facts: frozenset[str] = frozenset()) -> Amount | None:
        """The amount of a medicine that does as much as those of the others; None when the table does not have it."""
        return next((amount for given, amount in self.alike if given.fits(ingredient, facts)), None)


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
