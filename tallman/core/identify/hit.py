"""A name found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.identify.names import Meaning

__all__ = ["EXACT", "SHORT", "SPELLED", "Hit", "Option"]

EXACT, SHORT, SPELLED = 0, 1, 2
"""Written as it is known, cut short, misspelt."""


@dataclass(frozen=True, slots=True)
class Option:
    """One meaning of a name in the text, how far it is from what stands there, and whether it sounds alike."""

    meaning: Meaning
    kind: int = EXACT
    distance: int = 0
    is_heard: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text: tokens `first` up to `end`, and what it can mean."""

    first: int
    end: int
    options: tuple[Option, ...]

    @property
    def ingredients(self) -> frozenset[str]:
        """Every ingredient it can mean."""
        return frozenset(n for o in self.options for n in o.meaning.ingredients)
