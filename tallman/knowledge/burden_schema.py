"""The shape of the authored burdens: risks that add up over everything taken."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.burden import Burden
from tallman.core.quantity import parse_amount
from tallman.knowledge.schema import BoundEntry, ExampleEntry, ReviewEntry, SourceEntry, Strict

__all__ = ["BurdenEntry"]


class BurdenEntry(Strict):
    """One burden with at least one firing and one silent example. Fields as in `Burden`."""

    id: str
    name: str
    weights: dict[str, int]
    levels: dict[int, str]
    effect: str
    advice: str
    sources: list[SourceEntry]
    review: ReviewEntry
    fires: list[ExampleEntry]
    silent: list[ExampleEntry]
    at_least: int = 3
    adds: dict[str, int] = {}
    age_from_years: int | None = None
    age_adds: int = 0
    already_taken: str | None = "moderate"
    excluding: list[str] = []
    expected_for: list[str] = []
    interrupts_from: int = 1
    tells: list[str] = []
    informs_on_wards_without: list[str] = []
    counts_from: dict[str, str] = {}
    eased_by: list[BoundEntry] = []
    once_informs_on_wards: bool = False
    worth: dict[str, str] = {}

    def record(self) -> Burden:
        return Burden(
            id=self.id,
            name=self.name,
            weights=tuple(self.weights.items()),
            levels=tuple(sorted(self.levels.items(), reverse=True)),
            effect=self.effect,
            advice=self.advice,
            at_least=self.at_least,
            adds=tuple(self.adds.items()),
            age_from_years=self.age_from_years,
            age_adds=self.age_adds,
            already_taken=self.already_taken,
            excluding=frozenset(self.excluding),
            expected_for=tuple(self.expected_for),
            interrupts_from=self.interrupts_from,
            tells=frozenset(self.tells),
            informs_on_wards_without=frozenset(self.informs_on_wards_without),
            counts_from=tuple((name, parse_amount(text)) for name, text in self.counts_from.items()),
            eased_by=tuple(b.record() for b in self.eased_by),
            once_informs_on_wards=self.once_informs_on_wards,
            worth=tuple((name, Decimal(share)) for name, share in self.worth.items()),
            sources=tuple(s.record() for s in self.sources),
            review=self.review.record(),
        )
