"""Every name that the knowledge holds, with what it is: the names there are to be mistaken for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tallman.core.drug import Product, Strength
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.pairs import spelled
from tallman.core.lookalike.releases import kinds_of

__all__ = ["SELDOM", "Named", "names_of"]

_MANY_PRODUCTS = 60
"""From this number of products on, a medicine is met as often as any."""
SELDOM = 0.05
"""Names no longer sold, and other names of a medicine, are written now and then."""
LISTED = 0.1
"""A brand that is on the market, of which no product is on record."""
_CATEGORY = 3
"""The first signs of an ICD-10-CM code are its category."""


@dataclass(frozen=True, slots=True)
class Named:
    """A written name and what it is: its ingredients (empty when not known) and whether it is a brand.

    `strengths` are the amounts it comes in, as they are read beside a name ("25", "0.5", "250/5"), `releases` the kinds
    of release, of the products on record; `met` says how likely one is to meet it, from 0 (no product on record) to 1.
    `classes` are ids of what its ingredients belong to, `uses` the ICD-10-CM categories of what they are for.
    """

    name: str
    ingredients: tuple[str, ...] = ()
    is_brand: bool = False
    strengths: frozenset[str] = frozenset()
    releases: frozenset[str] = frozenset()
    met: float = 0.0
    classes: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()


def names_of(knowledge: Knowledge) -> Iterator[Named]:
    """Every name that the knowledge holds, each once."""
    found: dict[str, Named] = {}
    for named in _names(knowledge, _by_name(knowledge)):
        found.setdefault(spelled(named.name), named)
    found.pop("", None)
    for named in found.values():
        yield _with_use(named, knowledge)


def _with_use(named: Named, knowledge: Knowledge) -> Named:
    """The name with what its ingredients belong to and are for."""
    known = [knowledge.ingredients[i] for i in named.ingredients if i in knowledge.ingredients]
    classes = frozenset(c for ingredient in known for c in ingredient.classes)
    uses = frozenset(use[:_CATEGORY] for ingredient in known for use in ingredient.indications)
    return replace(named, classes=classes, uses=uses) if classes or uses else named


Products = dict[tuple[str | None, tuple[str, ...]], list[Product]]


def _by_name(knowledge: Knowledge) -> Products:
    """The products on record by their brand (None: generic) and ingredients."""
    products: Products = defaultdict(list)
    for product in knowledge.records.products:
        products[product.brand, product.ingredients].append(product)
    return products


def _names(knowledge: Knowledge, products: Products) -> Iterator[Named]:
    for ingredient in knowledge.ingredients.values():
        named = _named(ingredient.name, (ingredient.name,), None, products)
        yield named
        for synonym in ingredient.synonyms:
            yield replace(named, name=synonym, met=min(named.met, SELDOM))
    for brand, parts in knowledge.made_of:
        if brand or len(parts) > 1:
            yield _named(brand or " / ".join(parts), parts, brand, products)
    records = knowledge.records
    for name, parts in records.combination_names:
        yield _named(name, parts, None, products)
    for name, parts in records.other_names:
        yield Named(name, parts, is_brand=(name,) != parts, met=LISTED if (name,) != parts else 0.0)
    for name, parts in records.former_names:
        yield Named(name, parts, is_brand=(name,) != parts, met=SELDOM)
    for name, what in knowledge.release_names.items():
        yield Named(name, what.ingredients, what.is_brand, met=LISTED if what.is_sold else 0.0)
    for pair in records.lookalikes:
        yield from (Named(pair.one), Named(pair.other))


def _named(name: str, parts: tuple[str, ...], brand: str | None, products: Products) -> Named:
    held = products.get((brand, parts), ())
    return Named(
        name,
        tuple(dict.fromkeys(parts)),
        brand is not None,
        frozenset(_amount(strength) for product in held for strength in product.strengths),
        frozenset(kind for product in held for kind in kinds_of(product.form)),
        min(1.0, math.log1p(len(held)) / math.log1p(_MANY_PRODUCTS)),
    )


def _amount(strength: Strength) -> str:
    """The figures of a strength, which is what is read beside a name: of 250 mg per 5 mL "250/5"."""
    amount, per = f"{strength.amount.value.normalize():f}", strength.per
    return amount if per.dimension == per.unit else f"{amount}/{per.value.normalize():f}"
