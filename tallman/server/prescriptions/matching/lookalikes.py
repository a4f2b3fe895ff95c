"""Medicines whose names are taken for each other: names with tall-man letters that are spelled alike."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from tallman.core.drug import Product
from tallman.core.knowledge import Knowledge

__all__ = ["lookalikes"]

# Of the names on the FDA's list of tall-man letters these bounds pair those that the list pairs, and few others.
_BEGINS_ALIKE, _SPELLED_ALIKE = 0.83, 0.6


def lookalikes(product: Product, knowledge: Knowledge) -> list[str]:
    """The tall-man names that the ingredients of a product are taken for; none for a name without such letters."""
    own = set(product.ingredients)
    return [other for name in product.ingredients for other, its in _pairs(knowledge).get(name, ()) if its not in own]


@lru_cache(maxsize=2)
def _pairs(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    names = [i for i in knowledge.ingredients.values() if i.tall_man != i.name and i.tall_man.lower() == i.name]
    return {
        one.name: [(other.tall_man, other.name) for other in names if other is not one and _alike(one.name, other.name)]
        for one in names
    }


def _alike(one: str, other: str) -> bool:
    near = OSA.normalized_similarity(one, other) >= _SPELLED_ALIKE
    return near or JaroWinkler.similarity(one, other) >= _BEGINS_ALIKE
