"""Medicines whose names are like a given one, whether or not a mix-up is on record: for a reason, or of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from tallman.core.drug import Ingredient
from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.names import written
from tallman.core.lookalike.similarity import Head

__all__ = ["Alike", "Told", "alike_among", "alike_for", "chief_uses"]

_ALIKE, _ALIKE_FROM_THE_START = 0.6, 0.55
"""How alike names must be, and how alike if they begin with the same letter: prednisone and primidone are 0.60,
guaifenesin and guanfacine 0.57, methadone and methylphenidate 0.47."""
_CHIEF = 4
"""So many of the uses that stand first are what a medicine is for. Of what it is also given for a reason tells nothing:
for "E11" a hundred medicines are, most of them against what comes of diabetes, and one of these is like any name."""
_SPECIFIC = 3
"""A use counts from so many characters of its ICD-10-CM code: "G40" says what a medicine is for, "G" does not."""


class Told(Enum):
    """How a use is told that the other medicine has and this one has not. The value is how much more alike the names
    must be, and how much more where both are of one kind and made in the strength as written.

    Words in the directions or the note are written of this order and may be trusted. A code is often that of the visit,
    and a list of problems is not of the order at all.
    """

    WORDS = (0.0, -0.05)
    CODE = (0.03, 0.0)
    LIST = (1.0, 0.1)


class Alike(NamedTuple):
    """A name given and the one of another medicine that it is like."""

    beyond: float
    """How much more alike they are than they must be to be taken for each other."""
    name: str
    like: str
    ingredient: str
    are_of_one_kind: bool
    """Whether both are brands, or neither is."""


def alike_for(
    names: Iterable[str],
    codes: Iterable[str],
    knowledge: Knowledge,
    made_alike: Callable[[str], bool],
    told: Told,
) -> list[Alike]:
    """Those of the ingredients that are above all for one of the ICD-10-CM `codes` whose name, or a brand's, is like
    one of `names`, each once, the most alike first.

    `made_alike` says whether an ingredient comes in the strength that is written: else names must be more alike.
    """
    least, least_of_same = told.value
    return _ranked(
        a
        for a in _near(tuple(names), _for(tuple(codes), knowledge), knowledge, least=least_of_same)
        if a.beyond >= least or (a.are_of_one_kind and made_alike(a.ingredient))
    )


def alike_among(names: Iterable[str], candidates: Iterable[str], knowledge: Knowledge) -> list[Alike]:
    """Those of some ingredients whose own name is like one of `names`, each once, the most alike first."""
    return _ranked(a for a in _near(tuple(names), candidates, knowledge, least=0) if a.like == a.ingredient)


def _near(names: tuple[str, ...], candidates: Iterable[str], knowledge: Knowledge, least: float) -> Iterator[Alike]:
    heads = [(name, _head(name), name in knowledge.ingredients) for name in names]
    for ingredient in candidates:
        for like, its in _heads(knowledge)[ingredient]:
            for name, own, is_own in heads:
                if (beyond := _beyond(own, its)) >= least:
                    yield Alike(beyond, name, like, ingredient, is_own == (like == ingredient))


def _ranked(found: Iterable[Alike]) -> list[Alike]:
    best: dict[str, Alike] = {}
    for alike in sorted(found, reverse=True):
        best.setdefault(alike.ingredient, alike)
    return sorted(best.values(), key=lambda a: (-a.beyond, a.ingredient))


def _for(codes: tuple[str, ...], knowledge: Knowledge) -> Iterator[str]:
    by_category = _by_category(knowledge)
    ingredients = {name for code in codes for name in by_category.get(code[:_SPECIFIC], ())}
    for name in sorted(ingredients):
        uses = chief_uses(knowledge.ingredients[name])
        if any(code.startswith(use) or use.startswith(code) for code in codes for use in uses):
            yield name


def chief_uses(ingredient: Ingredient) -> tuple[str, ...]:
    """The ICD-10-CM prefixes of what an ingredient is for above all, where they are told closely enough."""
    return tuple(use for use in ingredient.indications[:_CHIEF] if len(use) >= _SPECIFIC)


def _beyond(one: Head, other: Head) -> float:
    """How much more alike two names are than they must be to be taken for each other."""
    begin_alike = one.letters[0] == other.letters[0]
    if one.letters == other.letters or not (begin_alike or one.letters[-3:] == other.letters[-3:]):
        return -1.0
    return one.like(other).score - (_ALIKE_FROM_THE_START if begin_alike else _ALIKE)


@lru_cache(maxsize=1 << 12)
def _head(name: str) -> Head:
    return Head(written(name).head)


@lru_cache(maxsize=2)
def _by_category(knowledge: Knowledge) -> dict[str, list[str]]:
    """Ingredients by the category (three characters) of what they are for above all."""
    found = defaultdict(list)
    for ingredient in knowledge.ingredients.values():
        for category in {use[:_SPECIFIC] for use in chief_uses(ingredient)}:
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
