"""The shapes of what is authored for reconciliation: equal doses, and the harm of unintended differences."""

from __future__ import annotations

from typing import Literal

from tallman.core.quantity import Amount, parse_amount
from tallman.core.transition import EqualDoses, TransitionHarm
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["EqualDosesEntry", "TransitionHarmEntry"]

Type = Literal["omission", "addition", "dose", "frequency", "route", "form", "duration", "duplicate", "substitution"]


class EqualDosesEntry(Strict):
    """One kind of medicine: levels by name, each with the daily amounts that count alike ("20 mg", "20-40 mg")."""

    id: str
    name: str
    levels: dict[str, dict[str, str]]
    sources: list[SourceEntry]
    review: ReviewEntry

    def record(self) -> EqualDoses:
        levels = tuple(
            (level, tuple((name, *_range(text)) for name, text in amounts.items()))
            for level, amounts in self.levels.items()
        )
        return EqualDoses(self.id, self.name, levels, tuple(s.record() for s in self.sources), self.review.record())


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
