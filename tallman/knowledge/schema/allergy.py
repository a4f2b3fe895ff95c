"""Allergy groups, and what an allergy to one says of other medicines."""

from __future__ import annotations

from tallman.core.knowledge import AllergyGroup, CrossReaction
from tallman.knowledge.schema.example import ExampleEntry
from tallman.knowledge.schema.parts import ReviewEntry, SourceEntry, Strict

__all__ = ["AllergyEntry", "CrossEntry"]


class CrossEntry(Strict):
    """What an allergy to a group says about other medicines."""

    ingredients: list[str] = []
    classes: list[str] = []
    excluding: list[str] = []
    severity: str | None = None
    severity_if_severe: str | None = None
    reactions: list[str] = []
    why: str = ""
    sources: list[SourceEntry] = []
    unless_reactions: list[str] = []
    salts: list[str] = []
    forms: list[str] = []

    def record(self) -> CrossReaction:
        return CrossReaction(
            frozenset(self.ingredients),
            frozenset(self.classes),
            frozenset(self.excluding),
            self.severity,
            self.severity_if_severe or self.severity,
            tuple(self.reactions),
            self.why,
            tuple(s.record() for s in self.sources),
            tuple(self.unless_reactions),
            tuple(self.salts),
            frozenset(self.forms),
        )


class AllergyEntry(Strict):
    """One allergy group."""

    id: str
    name: str
    review: ReviewEntry
    written_as: list[str] = []
    ingredients: list[str] = []
    classes: list[str] = []
    cross: list[CrossEntry] = []
    within: str | None = "high"
    within_if_severe: str | None = "critical"
    ignorable: bool = False
    excipient: bool = False
    routes: list[str] = []
    forms: list[str] = []
    pseudo: list[str] = []
    sources: list[SourceEntry] = []
    fires: list[ExampleEntry] = []
    silent: list[ExampleEntry] = []

    def record(self) -> AllergyGroup:
        return AllergyGroup(
            self.id,
            self.name,
            tuple(self.written_as),
            frozenset(self.ingredients),
            frozenset(self.classes),
            tuple(c.record() for c in self.cross),
            self.within,
            self.within_if_severe,
            self.ignorable,
            tuple(s.record() for s in self.sources),
            self.review.record(),
            self.excipient,
            frozenset(self.routes),
            frozenset(self.forms),
            tuple(self.pseudo),
        )
