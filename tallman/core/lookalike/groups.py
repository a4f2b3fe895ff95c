"""The names of one medicine as one answer, and what makes such an answer likely beside how alike the names are.

What counts was chosen by measurement, see docs/measured/lookalike.md: the names themselves, their outer letters and
their length, the strengths that both come in, what both are for, how often one is met, and whether it was mistaken
before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tallman.core.lookalike.names import written
from tallman.core.lookalike.naming import SELDOM, Named
from tallman.core.lookalike.pairs import spelled
from tallman.core.lookalike.similarity import Head

__all__ = ["Group", "score"]

NAME, FIRST, THREE, LAST, LENGTH = 0.54, 0.055, 0.03, 0.03, 0.04
"""How alike the names are; the same first letter, first three letters and last letter; the same length."""
STRENGTH, USE, KIND = 0.065, 0.055, 0.03
"""Two amounts that both come in (one counts half), a class and a use in common (each half), brand beside brand."""
MET, MISTAKEN, SINGLE = 0.055, 0.075, 0.025
"""How likely one meets the other, in how many known pairs it stands, and that it is one ingredient."""

LONGEST = 24
"""Names are compared by so many letters: what comes later tells nobody what to take."""
_MUCH_LONGER = 6
"""A name so many letters longer is of another length."""
_MANY_PAIRS = 3
"""A name in so many known pairs is mistaken as easily as any."""
_WORD = 4
"""A word of so many letters in a brand's name may be its family's: Sprintec and Tri-Sprintec."""


class Group:
    """The names that share a head, the plainest first: one medicine with its salts and releases, at times several.

    `made_of` is what its names are made of, where that is known; `strengths` and the like are of any of its names.
    `mistaken` says in how many known pairs it stands: 0 in none, or when it is seldom met, 1 in many; `words` are those
    of a brand's name that others of its family may have too.
    """

    def __init__(self, head: str, names: Iterable[Named] = (), pairs: int = 0) -> None:
        self.head = Head(head[:LONGEST])
        self.names = tuple(sorted(names, key=lambda named: (len(written(named.name).beside), len(named.name))))
        self.made_of = {frozenset(named.ingredients) for named in self.names if named.ingredients}
        self.strengths = frozenset().union(*(named.strengths for named in self.names))
        self.releases = frozenset().union(*(named.releases for named in self.names))
        self.classes = frozenset().union(*(named.classes for named in self.names))
        self.uses = frozenset().union(*(named.uses for named in self.names))
        self.met = max((named.met for named in self.names), default=0.0)
        self.is_brand = bool(self.names) and self.names[0].is_brand
        self.words = frozenset(word for word in head.split() if len(word) >= _WORD and self.is_brand)
        self.mistaken = min(1.0, math.log1p(pairs) / math.log1p(_MANY_PAIRS)) if self.met > SELDOM else 0.0
        is_single = any(len(made_of) == 1 for made_of in self.made_of)
        self.likely = MET * self.met + MISTAKEN * self.mistaken + SINGLE * is_single

    def made_of_as(self, name: str) -> frozenset[str]:
        """What it is made of under this name, or under its plainest."""
        made_of = {spelled(named.name): frozenset(named.ingredients) for named in reversed(self.names)}
        plainest = frozenset(self.names[0].ingredients) if self.names else frozenset()
        return made_of.get(spelled(name), plainest)

    def is_same(self, other: Group) -> bool:
        """Whether it is only another name of the medicine, or of one that holds it.

        A brand of a medicine and a brand of a combination with it are two medicines: TobraDex and Tobrex.
        """
        pairs = [(one, its) for one in self.made_of for its in other.made_of]
        if self.is_brand and other.is_brand:
            return any(one == its for one, its in pairs)
        return any(one <= its or its <= one for one, its in pairs)


def score(alike: float, one: Group, other: Group) -> float:
    """What orders the answers for `one`: from 0 to 1, `alike` being how alike the names are."""
    letters, its = one.head.letters, other.head.letters
    shared = NAME * alike + other.likely + LENGTH * max(0.0, 1 - abs(len(letters) - len(its)) / _MUCH_LONGER)
    if letters[:1] == its[:1]:
        shared += FIRST
    if letters[:3] == its[:3]:
        shared += THREE
    if letters[-1:] == its[-1:]:
        shared += LAST
    if one.is_brand == other.is_brand:
        shared += KIND
    if not one.classes.isdisjoint(other.classes):
        shared += USE / 2
    if not one.uses.isdisjoint(other.uses):
        shared += USE / 2
    if not one.strengths.isdisjoint(other.strengths):
        shared += STRENGTH * min(len(one.strengths & other.strengths), 2) / 2
    return shared


def grouped(names: Iterable[Named], pairs: Mapping[str, int]) -> dict[str, Group]:
    """Names by their head, with how many pairs each head stands in."""
    by_head: dict[str, list[Named]] = {}
    for named in names:
        by_head.setdefault(written(named.name).head, []).append(named)
    return {head: Group(head, same, pairs.get(head, 0)) for head, same in by_head.items()}
