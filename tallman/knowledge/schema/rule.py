"""Classes of medicines, and interaction rules that speak of two sides."""

from __future__ import annotations

from tallman.core.knowledge import Interaction, MedicineClass, Selector
from tallman.core.quantity import parse_amount
from tallman.knowledge.schema.example import ExampleEntry
from tallman.knowledge.schema.parts import BoundEntry, ReviewEntry, SourceEntry, Strict

__all__ = ["ClassEntry", "InteractionEntry", "SideEntry"]


class ClassEntry(Strict):
    """One class of our own. `means` says what makes a medicine a member, where the name does not."""

    id: str
    name: str
    kind: str
    means: str = ""
    at_once: int | None = None
    different_release_ok: bool = False
    as_needed_ok: bool = False
    single_dose_ok: bool = False
    intended: list[list[str]] = []
    routes: list[str] = []
    severity: str = "high"
    advice: str = ""
    sources: list[SourceEntry] = []
    review: ReviewEntry | None = None
    long_acting: list[str] = []
    full_from: dict[str, str] = {}
    alone_in_forms: list[str] = []
    nebules_ok: bool = False
    prevention_ok: bool = False

    def record(self) -> MedicineClass:
        return MedicineClass(
            self.id,
            self.name,
            self.kind,
            self.at_once,
            self.different_release_ok,
            self.as_needed_ok,
            self.single_dose_ok,
            tuple((a, b) for a, b in self.intended),
            tuple(self.routes),
            self.severity,
            self.advice,
            tuple(s.record() for s in self.sources),
            self.review and self.review.record(),
            tuple(self.long_acting),
            tuple((name, parse_amount(amount)) for name, amount in self.full_from.items()),
            tuple(self.alone_in_forms),
            self.nebules_ok,
            self.prevention_ok,
        )


class SideEntry(Strict):
    """One side of an interaction rule."""

    ingredients: list[str] = []
    classes: list[str] = []
    excluding: list[str] = []
    routes: list[str] = []
    at_least: str | None = None
    longer_than_days: int | None = None
    salts: list[str] = []
    strengths: list[str] = []
    every_days: int | None = None
    begins_above: str | None = None
    under: str | None = None

    def record(self) -> Selector:
        return Selector(
            frozenset(self.ingredients),
            frozenset(self.classes),
            frozenset(self.excluding),
            frozenset(self.routes),
            parse_amount(self.at_least) if self.at_least else None,
            self.longer_than_days,
            frozenset(self.salts),
            frozenset(self.strengths),
            self.every_days,
            parse_amount(self.begins_above) if self.begins_above else None,
            parse_amount(self.under) if self.under else None,
        )


class InteractionEntry(Strict):
    """One interaction rule with at least one firing and one silent example."""

    id: str
    one: SideEntry
    other: SideEntry
    severity: str
    effect: str
    advice: str
    sources: list[SourceEntry]
    review: ReviewEntry
    fires: list[ExampleEntry]
    silent: list[ExampleEntry]
    already_together: str | None = None
    palliative: str | None = None
    unless_with: list[str] = []
    only_conditions: list[str] = []
    age_from_years: int | None = None
    days_after: dict[str, int] = {}
    tells: list[str] = []
    on_ward: str | None = None
    eased_by: list[BoundEntry] = []
    for_one_dose: str | None = None
    followed: str | None = None
    where_meant: str | None = None
    meant_beside: list[str] = []
    meant_in: list[str] = []

    def record(self) -> Interaction:
        return Interaction(
            self.id,
            self.one.record(),
            self.other.record(),
            self.severity,
            self.effect,
            self.advice,
            self.already_together,
            self.palliative,
            frozenset(self.unless_with),
            tuple(self.only_conditions),
            self.age_from_years,
            tuple(s.record() for s in self.sources),
            self.review.record(),
            tuple(self.days_after.items()),
            frozenset(self.tells),
            self.on_ward,
            tuple(b.record() for b in self.eased_by),
            self.for_one_dose,
            self.followed,
            self.where_meant,
            frozenset(self.meant_beside),
            tuple(self.meant_in),
        )
