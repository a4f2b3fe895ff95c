"""Groups of ingredients that one allergy may be about, and what reacts across them."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.rule import Review, Source

__all__ = ["AllergyGroup", "CrossReaction"]


@dataclass(frozen=True, slots=True)
class CrossReaction:
    """What an allergy to a group says about other medicines.

    `severity` applies after a mild or unknown reaction, `severity_if_severe` after a severe one (anaphylaxis,
    angioedema, blistering); None means say nothing. `reactions` are words of which the recorded one must hold one,
    `unless_reactions` words of which it may hold none; `salts` narrow it to what is in one of them (an ester in oil).
    `forms` are the dose forms it speaks of (empty: all); where the form of an order is not known it may be one of them.
    """

    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    excluding: frozenset[str] = frozenset()
    severity: str | None = None
    severity_if_severe: str | None = None
    reactions: tuple[str, ...] = ()
    why: str = ""
    sources: tuple[Source, ...] = ()
    unless_reactions: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AllergyGroup:
    """A group of substances people are recorded as allergic to, and what it means for other medicines.

    `written_as` are the words it appears under in a chart. Members are ingredients and classes of medicines;
    a group without members and `ignorable` is no medicine (food, pollen). `within` is the severity for another member
    when only one member is on record, `within_if_severe` the same after a severe reaction; None says nothing. An
    `excipient` is an inactive ingredient, of which no record says which products hold it: only those given by one of
    `routes` may (empty: all), and those of one of `forms` do (a patch its adhesive). `pseudo` are the words of
    reactions that its members cause by themselves, without an allergy (itching after an opioid): alone they inform, and
    so does a reaction that nobody recorded when it is another member that is ordered.
    """

    id: str
    name: str
    written_as: tuple[str, ...] = ()
    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    cross: tuple[CrossReaction, ...] = ()
    within: str | None = "high"
    within_if_severe: str | None = "critical"
    ignorable: bool = False
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    excipient: bool = False
    routes: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    pseudo: tuple[str, ...] = ()
