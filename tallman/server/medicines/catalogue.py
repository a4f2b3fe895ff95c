"""The medicines of the knowledge as people look for them: one for each set of ingredients, with all its products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.utils.text import slugify

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge
from tallman.server.medicines.models import key_of

__all__ = ["Catalogue", "Medicine", "catalogue_of", "schedule_of"]


@dataclass(frozen=True, eq=False)
class Medicine:
    """An ingredient, or several that are made into one product.

    `name` joins the ingredients; `slug` is the medicine's address; `brands` are those of its products, `also` the
    salts, short forms and other names it is written by. Its products are looked at only when they are asked for.
    """

    name: str
    slug: str
    ingredients: tuple[str, ...]
    knowledge: Knowledge = field(repr=False)
    brands: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called, its own name first."""
        return tuple(dict.fromkeys((self.name, *self.ingredients, *self.brands, *self.also)))

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """Every product made of just these ingredients."""
        wanted = set(self.ingredients)
        held = self.knowledge.products_of.get(self.ingredients[0], ())
        return tuple(p for p in held if set(p.ingredients) == wanted)


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
    ingredients: dict[frozenset[str], tuple[str, ...]] = {}
    brands: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for brand, made_of in sorted(knowledge.made_of, key=lambda made: (made[1], made[0] or "")):
        ingredients.setdefault(frozenset(made_of), tuple(dict.fromkeys(made_of)))
        if brand:
            brands[frozenset(made_of)].append(brand)
    for name in knowledge.ingredients:
        ingredients.setdefault(frozenset({name}), (name,))
    also = _other_names(knowledge)
    made = {k: _medicine(v, knowledge, brands.get(k, ()), also.get(k, ())) for k, v in ingredients.items()}
    simplest_last = sorted(made.values(), key=lambda m: -len(m.ingredients))
    by_name = {key_of(name): m for m in simplest_last for name in reversed(m.names)}
    return Catalogue({m.slug: m for m in made.values()}, made, by_name)


def schedule_of(products: Iterable[Product], knowledge: Knowledge) -> str:
    """The strictest schedule of any of the products or of an ingredient in them; empty when none is controlled."""
    found = {p.schedule or knowledge.ingredients[n].schedule for p in products for n in p.ingredients}
    return next((s for s in ("CII", "CIII", "CIV", "CV") if s in found), "")


def _medicine(
    ingredients: tuple[str, ...], knowledge: Knowledge, brands: Iterable[str], also: Iterable[str]
) -> Medicine:
    unique = tuple(dict.fromkeys(brands))
    return Medicine(
        name=" / ".join(ingredients),
        slug="-".join(map(slugify, ingredients)),
        ingredients=ingredients,
        knowledge=knowledge,
        brands=unique,
        also=tuple(n for n in dict.fromkeys(also) if n not in {*unique, *ingredients}),
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
