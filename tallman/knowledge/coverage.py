"""How far the knowledge reaches: what is held by subject, for how many medicines, and how much of it is signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.screening.finding import Severity
from tallman.core.screening.match import LOCAL_ROUTES
from tallman.knowledge.signed import reviews
from tallman.knowledge.spoken import members, pairs

__all__ = ["Count", "coverage"]

T = TypeVar("T")

ADULT, OLD = 18 * 12, 65 * 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Count:
    """One line: how many of a subject are so. `of` is how many there could be; None where that says nothing."""

    subject: str
    what: str
    count: int
    of: int | None = None


def coverage(knowledge: Knowledge, on: date) -> list[Count]:
    """Every line, subject by subject. `on` is the day on which reviews are due or not."""
    return [
        *_medicines(knowledge),
        *_products(knowledge),
        *_limits(knowledge),
        *_rules(knowledge),
        *_allergies(knowledge),
        *_sources(knowledge),
        *_reviews(knowledge, on),
    ]


def _medicines(knowledge: Knowledge) -> Iterator[Count]:
    held = [i for i in knowledge.records.ingredients if not i.is_supply]
    of = _of("Ingredients", held)
    yield Count("Ingredients", "with a record", len(held))
    yield of("made into products on record", lambda i: i.name in knowledge.products_of)
    yield of("with an RxCUI", lambda i: bool(i.rxcui))
    yield of("in a class that rules speak in", lambda i: bool(i.classes))
    yield of("with their usual reasons", lambda i: bool(i.indications))
    yield of("controlled", lambda i: bool(i.schedule))
    records = knowledge.records
    names = {part for _, parts in (*records.other_names, *records.former_names) for part in parts}
    yield Count("Ingredients", "known by name alone", len(names - set(knowledge.ingredients)))
    if imported := [i for i in knowledge.ingredients.values() if not i.is_authored]:
        yield Count("Ingredients", "imported, of which no rule speaks", len(imported))
    yield Count("Ingredients", "supplies (no medicines)", sum(i.is_supply for i in records.ingredients))


def _products(knowledge: Knowledge) -> Iterator[Count]:
    authored = knowledge.records.products
    of = _of("Products", authored)
    yield Count("Products", "with a record", len(authored))
    yield of("with an RxCUI", lambda p: bool(p.rxcui))
    yield of("generic", lambda p: p.brand is None)
    yield of("of a brand", lambda p: p.brand is not None)
    yield of("combinations", lambda p: len(set(p.ingredients)) > 1)
    yield of("with what their label says of splitting, crushing or opening", lambda p: p.handling is not None)
    measured = [p for p in authored if p.form.unit in ("mL", "g", "spray", "puff", "inhalation")]
    yield _of("Products", measured)("measured or metered, with their containers", lambda p: bool(p.sizes))
    yield Count("Products", "dose forms", len(knowledge.forms))
    if knowledge.releases:
        yield from _imported(knowledge)
    yield Count("Packages", "with a record", len(knowledge.records.packages))
    if len(knowledge.by_ndc) > len(knowledge.records.packages):
        yield Count("Packages", "with what is imported", len(knowledge.by_ndc))
    if knowledge.listings:
        yield Count("Packages", "listed in the NDC directory", len(knowledge.listings))


def _imported(knowledge: Knowledge) -> Iterator[Count]:
    """Imported products by release, and of how many of them something is known beyond the name."""
    products = [p for p in knowledge.products.values() if p.origin != "authored"]
    for origin, count in sorted(Counter(p.origin for p in products).items()):
        yield Count("Products", f"imported from {origin}", count)
    written = {i.name for i in knowledge.records.ingredients}
    of = _of("Products", products)
    yield of("imported, of ingredients with a record", lambda p: written.issuperset(p.ingredients))
    yield of("imported, with a dose limit for each", lambda p: all(n in knowledge.limits_of for n in p.ingredients))


def _limits(knowledge: Knowledge) -> Iterator[Count]:
    """By ingredients that reach the whole body: whose doses are compared with something."""
    whole = [i for i in knowledge.records.ingredients if not i.is_supply and _is_systemic(i, knowledge)]
    kidney = _spoken_of(knowledge, "kidney")

    def some(holds: Callable[[DoseLimit], bool]) -> Callable[[Ingredient], bool]:
        return lambda i: any(map(holds, knowledge.limits_of.get(i.name, ())))

    of = _of("Dose limits", whole)
    yield Count("Dose limits", "with a record", len(knowledge.records.limits))
    yield of("adults: ingredients with one", some(lambda x: (x.age_under or OLD) > ADULT))
    yield of("children: ingredients with one", some(lambda x: (x.age_from or 0) < ADULT))
    yield of("over 65: ingredients with one of their own", some(lambda x: (x.age_from or 0) >= OLD))
    yield of("by weight: ingredients with one", some(lambda x: x.per_kg))
    yield of("by reason: ingredients with one", some(lambda x: bool(x.indications)))
    yield of("weak kidneys: ingredients with a precaution", lambda i: i.name in kidney)


def _is_systemic(ingredient: Ingredient, knowledge: Knowledge) -> bool:
    products = knowledge.products_of.get(ingredient.name, ())
    return bool(ingredient.systemic_by) or any(p.route not in LOCAL_ROUTES for p in products)


def _spoken_of(knowledge: Knowledge, about: str) -> frozenset[str]:
    rules = (rule for rule in knowledge.records.precautions if rule.about == about)
    return frozenset().union(*(members(rule.medicines, knowledge) for rule in rules))


def _rules(knowledge: Knowledge) -> Iterator[Count]:
    records = knowledge.records
    for kind, count in sorted(Counter(c.kind for c in records.classes).items()):
        yield Count("Classes", kind, count)
    severities = Counter(rule.severity for rule in records.interactions)
    for severity in Severity:
        yield Count("Interactions", f"{severity} rules", severities[severity], len(records.interactions))
    met = {pair for rule in records.interactions for pair in pairs(rule, knowledge)}
    yield Count("Interactions", "pairs of ingredients", len(met))
    medicines = sum(not i.is_supply for i in records.ingredients)
    yield Count("Interactions", "ingredients spoken of", len({n for pair in met for n in pair}), medicines)
    for about, count in sorted(Counter(rule.about for rule in records.precautions).items()):
        yield Count("Precautions", f"{about}: rules", count)
        spoken_of = _spoken_of(knowledge, about)
        yield Count("Precautions", f"{about}: ingredients spoken of", len(spoken_of), medicines)
        if looked_at := {name for check, name in records.looked_at if check == about}:
            known = len(spoken_of | looked_at)
            yield Count("Precautions", f"{about}: ingredients spoken of or looked at", known, medicines)
    watched = frozenset().union(*(members(rule.medicines, knowledge) for rule in records.monitoring))
    yield Count("Monitoring", "rules", len(records.monitoring))
    yield Count("Monitoring", "ingredients spoken of", len(watched), medicines)
    yield Count("Look-alikes", "pairs known to be confused", len(records.lookalikes))


def _allergies(knowledge: Knowledge) -> Iterator[Count]:
    groups = knowledge.records.allergy_groups
    medicines = [i for i in knowledge.records.ingredients if not i.is_supply]
    grouped = sum(_is_grouped(i, knowledge) for i in medicines)
    yield Count("Allergies", "groups", len(groups))
    yield Count("Allergies", "words they are written by", sum(len(g.written_as) for g in groups))
    yield Count("Allergies", "cross-reactions", sum(len(g.cross) for g in groups))
    yield Count("Allergies", "ingredients in a group", grouped, len(medicines))


def _is_grouped(ingredient: Ingredient, knowledge: Knowledge) -> bool:
    return any(key in knowledge.groups_of for key in (ingredient.name, *(f"class:{c}" for c in ingredient.classes)))


def _sources(knowledge: Knowledge) -> Iterator[Count]:
    """How exactly what limits and rules rest on is named: without a date nobody says which edition was read."""
    records = knowledge.records
    said = (*records.limits, *records.interactions, *records.precautions, *records.monitoring, *records.burdens)
    of = _of("Sources", [source for record in said for source in record.sources])
    yield of("named with their section", lambda s: bool(s.section))
    yield of("named with the date of the document", lambda s: bool(s.date))


def _reviews(knowledge: Knowledge, on: date) -> Iterator[Count]:
    of = _of("Reviews", reviews(knowledge))
    yield of("records signed by a pharmacist", lambda r: r.reviewed_by is not None)
    yield of("records nobody has signed", lambda r: r.reviewed_by is None)
    yield of("records whose review is due", lambda r: r.next_review < on)


def _of(subject: str, things: Iterable[T]) -> Callable[[str, Callable[[T], bool]], Count]:
    """A function that counts those of the things for which something holds."""
    held = list(things)
    return lambda what, holds: Count(subject, what, sum(map(holds, held)), len(held))
