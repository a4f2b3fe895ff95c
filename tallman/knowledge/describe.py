"""Everything held on one medicine: its names, codes and products, what is said of it, and what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tallman.core.drug import Ingredient, Product
from tallman.core.knowledge import Knowledge
from tallman.knowledge.spoken import precautions_of
from tallman.knowledge.statements import SUBJECTS, Statement, statements

__all__ = ["Description", "Form", "Item", "describe"]

_ADULT = 18 * 12
_ASKED = frozenset({"kidney", "liver", "pregnancy", "lactation"})
"""What a pharmacist asks of every medicine."""


@dataclass(frozen=True, slots=True)
class Item:
    """One product: its strength, brand (empty: generic), RxCUI and how many packages are on record."""

    strength: str
    brand: str
    rxcui: str | None
    packages: int
    origin: str


@dataclass(frozen=True, slots=True)
class Form:
    """The products of one dose form, with what the form allows."""

    name: str
    routes: tuple[str, ...]
    handling: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """One medicine: an ingredient, or the ingredients of a combination. `combined` are products that hold more."""

    name: str
    ingredients: tuple[str, ...]
    codes: tuple[str, ...]
    also: tuple[str, ...]
    forms: tuple[Form, ...]
    combined: tuple[str, ...]
    statements: tuple[Statement, ...]
    gaps: tuple[str, ...]


def describe(names: tuple[str, ...], knowledge: Knowledge) -> Description:
    """All that is held on the medicine made of these ingredients, each of which is in the knowledge."""
    held = [knowledge.ingredients[name] for name in names]
    products = list(dict.fromkeys(p for name in names for p in knowledge.products_of.get(name, ())))
    own = [p for p in products if set(p.ingredients) == set(names)]
    more = {" / ".join(p.ingredients) for p in products if set(p.ingredients) > set(names)}
    said = dict.fromkeys(statement for ingredient in held for statement in statements(ingredient, knowledge))
    return Description(
        name=" / ".join(i.tall_man for i in held),
        ingredients=names,
        codes=tuple(_codes(i) for i in held),
        also=tuple(dict.fromkeys((*(n for i in held for n in i.synonyms), *_combined_names(names, knowledge)))),
        forms=tuple(_forms(own, knowledge)),
        combined=tuple(sorted(more)),
        statements=tuple(sorted(said, key=lambda s: SUBJECTS.index(s.subject))),
        gaps=tuple(_gaps(held, own, knowledge)),
    )


def _codes(ingredient: Ingredient) -> str:
    parts = [f"RxCUI {ingredient.rxcui}" if ingredient.rxcui else "no RxCUI confirmed"]
    parts += [f"schedule {ingredient.schedule}"] if ingredient.schedule else []
    parts += [] if ingredient.is_authored else [f"imported from {ingredient.origin}"]
    return f"{ingredient.name}: {', '.join(parts)}"


def _combined_names(names: tuple[str, ...], knowledge: Knowledge) -> Iterator[str]:
    if len(names) > 1:
        yield from (n for n, parts in knowledge.records.combination_names if set(parts) == set(names))


def _forms(products: list[Product], knowledge: Knowledge) -> Iterator[Form]:
    packages: defaultdict[str, int] = defaultdict(int)
    for package in knowledge.records.packages:
        packages[package.product] += 1
    by_form: defaultdict[str, list[Product]] = defaultdict(list)
    for product in products:
        by_form[product.form.name].append(product)
    for name, found in by_form.items():
        first = found[0]
        forbidden = [w for w, ok in (("split", first.may_be_split), ("crush", first.may_be_crushed)) if not ok]
        allowed = "may be opened" if first.may_be_opened else ""
        handling = ", ".join(filter(None, [f"do not {' or '.join(forbidden)}" if forbidden else "", allowed]))
        reason = first.handling.reason if first.handling else ""
        yield Form(
            name,
            first.form.routes,
            ": ".join(filter(None, [handling, reason])),
            tuple(Item(p.strength_text(), p.brand or "", p.rxcui, packages[p.id], p.origin) for p in found),
        )


def _gaps(held: list[Ingredient], products: list[Product], knowledge: Knowledge) -> Iterator[str]:
    for ingredient in held:
        yield from (f"{ingredient.name}: {gap}" for gap in _gaps_of(ingredient, knowledge))
    if not products:
        yield "no product is on record"
    if uncoded := sum(p.rxcui is None for p in products):
        yield f"{uncoded} of {len(products)} products have no confirmed RxCUI"


def _gaps_of(ingredient: Ingredient, knowledge: Knowledge) -> Iterator[str]:
    """What is not known of an ingredient, so that the checks are silent where they could not look."""
    if ingredient.is_supply:
        return
    if not ingredient.is_authored:
        yield f"imported from {ingredient.origin}: nothing but its names and products is known, no check speaks of it"
        return
    limits = knowledge.limits_of.get(ingredient.name, ())
    if not limits:
        yield "no dose limit is on record"
    elif not any((limit.age_from or 0) < _ADULT for limit in limits):
        yield "no dose limit for children is on record"
    if not ingredient.classes and not knowledge.rules_of.get(ingredient.name):
        yield "no class and no interaction is on record"
    looked_at = {about for about, name in knowledge.looked_at if name == ingredient.name}
    if missing := _ASKED - looked_at - {rule.about for rule in precautions_of(ingredient.name, knowledge)}:
        yield f"nothing is on record about {', '.join(sorted(missing))}"
