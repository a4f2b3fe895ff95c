"""The medicines of the knowledge as people look for them: one for each set of ingredients, with all its products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import slugify

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.server.medicines.models import key_of

__all__ = ["Catalogue", "Medicine", "catalogue_of", "schedule_of"]


@dataclass(frozen=True, slots=True)
class Medicine:
    """An ingredient, or several that are made into one product.

    `name` joins the ingredients; `slug` is the medicine's address; `brands` are those of its products, `also` the
    salts, short forms and other names it is written by.
    """

    name: str
    slug: str
    ingredients: tuple[str, ...]
    products: tuple[Product, ...]
    brands: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called, its own name first."""
        return tuple(dict.fromkeys((self.name, *self.ingredients, *self.brands, *self.also)))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every medicine by its address, by its ingredients in any order, and by its names."""

    by_slug: Mapping[str, Medicine]
    by_ingredients: Mapping[frozenset[str], Medicine]
    by_name: Mapping[str, Medicine]
    """By every name, as `key_of` compares them; a name of several is that of the one with fewest ingredients."""

    def of(self, product: Product) -> Medicine:
        """The medicine that a product is one of."""
        return self.by_ingredients[frozenset(product.ingredients)]


@lru_cache(maxsize=2)
def catalogue_of(knowledge: Knowledge) -> Catalogue:
    """The catalogue of one version of the knowledge."""
    products: defaultdict[frozenset[str], list[Product]] = defaultdict(list)
    for product in knowledge.products.values():
        products[frozenset(product.ingredients)].append(product)
    for name in knowledge.ingredients:
        products.setdefault(frozenset({name}), [])
    also = _other_names(knowledge)
    made = {key: _medicine(key, found, also) for key, found in products.items()}
    simplest_last = sorted(made.values(), key=lambda m: -len(m.ingredients))
    by_name = {key_of(name): m for m in simplest_last for name in reversed(m.names)}
    return Catalogue({m.slug: m for m in made.values()}, made, by_name)


def schedule_of(products: Iterable[Product], knowledge: Knowledge) -> str:
    """The strictest schedule of any of the products or of an ingredient in them; empty when none is controlled."""
    found = {p.schedule or knowledge.ingredients[n].schedule for p in products for n in p.ingredients}
    return next((s for s in ("CII", "CIII", "CIV", "CV") if s in found), "")


def _medicine(key: frozenset[str], products: list[Product], also: Mapping[frozenset[str], list[str]]) -> Medicine:
    ingredients = tuple(dict.fromkeys(products[0].ingredients)) if products else tuple(key)
    brands = dict.fromkeys(p.brand for p in products if p.brand)
    return Medicine(
        name=" / ".join(ingredients),
        slug="-".join(map(slugify, ingredients)),
        ingredients=ingredients,
        products=tuple(products),
        brands=tuple(brands),
        also=tuple(n for n in dict.fromkeys(also.get(key, ())) if n not in brands),
    )


def _other_names(knowledge: Knowledge) -> dict[frozenset[str], list[str]]:
    """Salts, combination names, other brands and short forms by the ingredients they mean."""
    found: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for ingredient in knowledge.ingredients.values():
        found[frozenset({ingredient.name})].extend(ingredient.synonyms)
    for name, ingredients in (*knowledge.records.combination_names, *knowledge.records.other_names):
        found[frozenset(ingredients)].append(name)
    for name, readings in knowledge.records.abbreviations:
        for reading in readings:
            found[frozenset(reading)].append(name)
    return found
