"""The shapes of what is authored for reconciliation: equal doses, and the harm of unintended differences."""

from __future__ import annotations

from typing import Literal

from tallman.core.quantity import Amount, parse_amount
from tallman.core.transition import EqualDoses, Given, TransitionHarm
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["EqualDosesEntry", "TransitionHarmEntry"]

Type = Literal["omission", "addition", "dose", "frequency", "route", "form", "duration", "duplicate", "substitution"]


class EqualDosesEntry(Strict):
    """One kind of medicine: levels by name, each with the daily amounts that count alike ("20 mg", "20-40 mg"), or
    amounts that are `alike` and scale. A medicine is narrowed by words after commas ("furosemide, intravenous"); `only`
    are words that narrow all."""

    id: str
    name: str
    sources: list[SourceEntry]
    review: ReviewEntry
    levels: dict[str, dict[str, str]] = {}
    alike: dict[str, str] = {}
    only: list[str] = []
    into: list[str] = []
    never: list[str] = []
    note: str = ""

    def record(self) -> EqualDoses:
        levels = tuple(
            (level, tuple((self._given(name), *_range(text)) for name, text in amounts.items()))
            for level, amounts in self.levels.items()
        )
        alike = tuple((self._given(name), parse_amount(text)) for name, text in self.alike.items())
        return EqualDoses(
            self.id, self.name, levels, alike, frozenset(self.into), frozenset(self.never), self.note,
            tuple(s.record() for s in self.sources), self.review.record(),
        )  # fmt: skip

    def _given(self, text: str) -> Given:
        name, *words = (part.strip() for part in text.split(","))
        return Given(name, frozenset((*words, *self.only)))


def _range(text: str) -> tuple[Amount, Amount]:
    """ "20-40 mg" as its two ends."""
    low, _, high = text.rpartition("-")
    most = parse_amount(high)
    return (parse_amount(low, most.unit) if low else most), most


class TransitionHarmEntry(Strict):
    """What unintended differences in some medicines may do."""

    id: str
    level: Literal["high", "low"]
    why: str
    sources: list[SourceEntry]
    review: ReviewEntry
    ingredients: list[str] = []
    classes: list[str] = []
    types: list[Type] = []

    def record(self) -> TransitionHarm:
        return TransitionHarm(
            self.id, self.level, self.why, frozenset(self.ingredients), frozenset(self.classes),
            frozenset(self.types), tuple(s.record() for s in self.sources), self.review.record(),
        )  # fmt: skip
