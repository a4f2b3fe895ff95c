"""Medicines that are for a stated reason and whose names are like a given one, whether or not a mix-up is on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.names import written
from tallman.core.lookalike.similarity import Head

__all__ = ["alike_for"]

_ALIKE, _ALIKE_FROM_THE_START = 0.6, 0.55
"""How alike names must be, and how alike if they begin with the same letter: prednisone and primidone are 0.60,
guaifenesin and guanfacine 0.57, methadone and methylphenidate 0.47."""
_SPECIFIC = 3
"""A use counts from so many characters of its ICD-10-CM code: "G40" says what a medicine is for, "G" does not."""


def alike_for(names: Iterable[str], codes: Iterable[str], knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """The ingredients that are for one of the ICD-10-CM `codes` and whose name, or a brand's, is like one of `names`:
    (name given, name it is like, ingredient), the most alike first."""
    found = {}
    for ingredient in _for(tuple(codes), knowledge):
        near = [
            (alike, name, other)
            for other, its in _heads(knowledge)[ingredient]
            for name in names
            if (alike := _how_alike(_head(name), its))
        ]
        if near:
            found[ingredient] = max(near)
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return [(name, other, ingredient) for ingredient, (_, name, other) in ranked]


def _for(codes: tuple[str, ...], knowledge: Knowledge) -> Iterator[str]:
    by_category = _by_category(knowledge)
    ingredients = {name for code in codes for name in by_category.get(code[:_SPECIFIC], ())}
    for name in sorted(ingredients):
        uses = [use for use in knowledge.ingredients[name].indications if len(use) >= _SPECIFIC]
        if any(code.startswith(use) or use.startswith(code) for code in codes for use in uses):
            yield name


def _how_alike(one: Head, other: Head) -> float:
    """How alike two names are, 0 if not enough to be taken for each other."""
    if one.letters == other.letters or (one.letters[0] != other.letters[0] and one.letters[-3:] != other.letters[-3:]):
        return 0.0
    score = one.like(other).score
    return score if score >= (_ALIKE_FROM_THE_START if one.letters[0] == other.letters[0] else _ALIKE) else 0.0


@lru_cache(maxsize=1 << 12)
def _head(name: str) -> Head:
    return Head(written(name).head)


@lru_cache(maxsize=2)
def _by_category(knowledge: Knowledge) -> dict[str, list[str]]:
    """Ingredients by the category (three characters) of what they are for."""
    found = defaultdict(list)
    for ingredient in knowledge.ingredients.values():
        for category in {use[:_SPECIFIC] for use in ingredient.indications if len(use) >= _SPECIFIC}:
            found[category].append(ingredient.name)
    return dict(found)


@lru_cache(maxsize=2)
def _heads(knowledge: Knowledge) -> dict[str, list[tuple[str, Head]]]:
    """What is compared of every ingredient: its own name and the brands that hold nothing else."""
    return {
        name: [
            (each, _head(each))
            for each in dict.fromkeys(
                [name, *(p.brand for p in knowledge.products_of.get(name, ()) if p.brand and len(p.ingredients) == 1)]
            )
        ]
        for name in knowledge.ingredients
    }
