"""The names a name can be mistaken for, out of every name the knowledge holds.

What is alike is measured exactly for the names that a coarse comparison finds near: one string a name, compared by
RapidFuzz in one pass. Names of one medicine that begin alike ("metoprolol", "metoprolol tartrate") are one answer.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel

from tallman.core.identify.forms import CONTAINERS
from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike.groups import Group, grouped, score
from tallman.core.lookalike.names import written
from tallman.core.lookalike.naming import SELDOM, Named, names_of
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.lookalike.releases import release_said, releases_of
from tallman.core.lookalike.similarity import Head, Similarity

__all__ = ["Named", "Neighbour", "Universe", "names_of", "universe_of"]

_OFTEN = 0.3
_KEPT = {(True, True): 6, (True, False): 3, (False, True): 3, (False, False): 1}
"""How many names, for each that is asked for, the coarse comparison keeps of those that are met: of the same kind
(brand or not) or the other, met often (or mistaken before) or not. What counts most is looked through most widely."""
_KEPT_OF_THE_REST = 2
"""The same of the names that are seldom or never met and begin with the same letter or sound."""
_MEASURED = 2
"""So many times as many as asked for are measured exactly."""
_ALIKE = 0.5
"""Two brands of one medicine are told when their names are so much alike."""
_SAME_MEDICINE = 2
"""At most so many answers in ten are the same medicine in another release; none is without a name that says so."""
_FAMILY = 3
"""At most so many answers are other medicines under the same brand."""
_SHARE_IT = 8
"""A word that at most so many brands share makes them a family (Sprintec, Tri-Sprintec)."""

Readings = Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]]
"""Abbreviations by how they are spelled: as they are written, and the ingredients of each reading."""

_INDEL: Any = Indel.normalized_similarity


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name that another can be mistaken for.

    `also` are other names of the same medicine that begin alike (its salts and releases), `strengths` the amounts that
    both come in, `known` the pair on record when the confusion has been reported. `is_same` marks the same medicine in
    another release or combination. `score` orders the answers, from 0 to 1: the similarity of the names, a strength
    in common, and how likely the other is met.
    """

    name: str
    ingredients: tuple[str, ...]
    is_brand: bool
    similarity: Similarity
    score: float
    strengths: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    known: ConfusedNames | None = None
    is_same: bool = False


class _Choices:
    """Heads with their coarse strings, side by side: a list of strings is gone through faster than a dict."""

    def __init__(self) -> None:
        self._heads: list[str] = []
        self._coarse: list[str] = []

    def add(self, head: str, coarse: str) -> None:
        self._heads.append(head)
        self._coarse.append(coarse)

    def nearest(self, query: str, limit: int) -> Iterator[str]:
        found = process.extract(query, self._coarse, scorer=_INDEL, limit=limit)
        return (self._heads[at] for _, _, at in found)


class Universe:
    """Every name there is to be mistaken for, ready to be searched.

    A `thorough` one measures every name exactly, a hundred times as slow: it judges the other. `readings` are of
    abbreviations, whose readings are what they can be mistaken for.
    """

    def __init__(
        self, names: Iterable[Named], pairs: KnownPairs, readings: Readings | None = None, *, thorough: bool = False
    ) -> None:
        self._pairs, self._readings, self._thorough = pairs, readings or {}, thorough
        self._groups = grouped(names, pairs.counts())
        self._met: defaultdict[tuple[bool, bool], _Choices] = defaultdict(_Choices)
        self._rest: defaultdict[str, _Choices] = defaultdict(_Choices)
        self._mistaken: defaultdict[str, list[str]] = defaultdict(list)
        self._family: defaultdict[str, list[str]] = defaultdict(list)
        for head, group in self._groups.items():
            for word in group.words:
                self._family[word].append(head)
            if group.mistaken:
                self._mistaken[head[:1]].append(head)
            if group.met > SELDOM or group.mistaken:
                self._met[group.is_brand, group.met >= _OFTEN or group.mistaken > 0].add(head, group.head.coarse)
            else:
                for opening in openings(group.head):
                    self._rest[opening].add(head, group.head.coarse)

    def __len__(self) -> int:
        return sum(len(group.names) for group in self._groups.values())

    def knows(self, name: str) -> bool:
        """Whether the name, or the medicine it begins with, is one of the universe."""
        return written(name).head in self._groups or spelled(name) in self._readings

    def nearest(self, name: str, k: int = 10, pairs: KnownPairs | None = None) -> tuple[Neighbour, ...]:
        """The `k` names most easily taken for this one, each of another medicine: known pairs first, then by score.

        `pairs` are a pharmacy's own together with those of the knowledge; without it, only the latter.
        """
        own = self._groups.get(written(name).head) or Group(written(name).head)
        called = tuple(self._called(name, own))
        known = self._known((name, *called), own, self._pairs if pairs is None else pairs)
        told = {spelled(n.name) for n in known}
        read = [n for n in self._read(name, own) if spelled(n.name) not in told]
        told.update(spelled(n.name) for n in read)
        said = told | {written(n).head for n in (*(n.name for n in (*known, *read)), *called)}
        ranked = [n for n in _folded(self._ranked(own, k), (*known, *read)) if written(n.name).head not in said]
        variants = list({key: n for n in self._variants(name, own) if (key := spelled(n.name)) not in told}.values())
        same = [n for n in (*variants, *ranked) if n.is_same][: min(_SAME_MEDICINE, k // 5)]
        others = [n for n in variants if not n.is_same][:_FAMILY] + [n for n in ranked if not n.is_same]
        others = others[: max(0, k - len(known) - len(read) - len(same))]
        return tuple([*read, *known, *others, *same][:k])

    def _ranked(self, own: Group, k: int) -> list[Neighbour]:
        """Other names by score; of the same medicine only brands, of another release or alike (Yasmin, Yaz)."""
        found = []
        for group in self._near(own, k):
            is_same = own.is_same(group)
            near = _neighbour(own, group, group.names[0], is_same=is_same)
            is_alike = own.is_brand and (near.similarity.score >= _ALIKE or not own.words.isdisjoint(group.words))
            if not is_same or (group.is_brand and (is_alike or group.releases - own.releases)):
                found.append(near)
        return sorted(found, key=lambda n: (-n.score, n.name))

    def _near(self, own: Group, k: int) -> list[Group]:
        """Those worth measuring exactly to find the `k` nearest: coarsely alike, or mistaken before and begun alike."""
        if self._thorough:
            return [group for group in self._groups.values() if group is not own]
        query, near = own.head.coarse, set(self._mistaken.get(own.head.letters[:1], ()))
        for (is_brand, often), names in self._met.items():
            near.update(names.nearest(query, _KEPT[is_brand == own.is_brand, often] * k))
        for opening in openings(own.head):
            if rest := self._rest.get(opening):
                near.update(rest.nearest(query, _KEPT_OF_THE_REST * k))
        for word in own.words:
            if len(shared := self._family.get(word, ())) <= _SHARE_IT:
                near.update(shared)
        heads = near - {own.head.letters}
        groups = [self._groups[head] for head in heads]
        alike = own.head.roughly_like([group.head for group in groups])
        rough = [(score(a, own, group), head, group) for a, head, group in zip(alike, heads, groups, strict=True)]
        return [group for _, _, group in heapq.nlargest(_MEASURED * k, rough)]

    def _known(self, names: tuple[str, ...], own: Group, pairs: KnownPairs) -> list[Neighbour]:
        """What it is known to be taken for under the first of its names, and what else under the others."""
        found: dict[str, Neighbour] = {}
        for called in names:
            for other, pair in pairs.of(called):
                group, shown = self._shown(other)
                is_same = own.is_same(group)
                if spelled(other) not in found and (called == names[0] or not is_same):
                    found[spelled(other)] = _neighbour(own, group, shown, known=pair, is_same=is_same)
        return sorted(found.values(), key=lambda n: (-n.score, n.name))

    def _called(self, name: str, own: Group) -> Iterator[str]:
        """The medicine's own name, of another name that it has (adrenaline) or of an abbreviation that is certain."""
        _, readings = self._readings.get(spelled(name), ("", ()))
        made_of = own.made_of_as(name) if not own.is_brand else frozenset[str]()
        if len(readings) == 1:
            yield " / ".join(readings[0])
        elif len(made_of) == 1:
            yield from (called for called in made_of if written(called).head != written(name).head)

    def _shown(self, name: str) -> tuple[Group, Named]:
        """The group of a name, and what it is under this name or, when that is not known, under its plainest."""
        group = self._groups.get(written(name).head) or Group(written(name).head)
        what = group.names[0] if group.names else Named(name)
        held = next((n for n in group.names if spelled(n.name) == spelled(name)), what)
        return group, replace(held if held.ingredients else what, name=name)

    def _read(self, name: str, own: Group) -> Iterator[Neighbour]:
        """What an abbreviation is read as when that is not certain, and others that are read as two of these (MSO4)."""
        _, readings = self._readings.get(spelled(name), ("", ()))
        for parts in readings if len(readings) > 1 else ():
            group, shown = self._shown(" / ".join(parts))
            if group is not own:
                yield _neighbour(own, group, shown)
        for other, its in self._readings.values() if len(readings) > 1 else ():
            if spelled(other) != spelled(name) and len(set(readings) & set(its)) > 1:
                yield _neighbour(own, Group(written(other).head), Named(other))

    def _variants(self, name: str, own: Group) -> Iterator[Neighbour]:
        """The same name with another word beside it: in another release; with a salt in it, also in another salt.

        Of a brand every other one, and one that is made of something else is another medicine (Diovan HCT). A medicine
        that comes in several releases is told with the word for each, whether or not a name on record says it.
        """
        mine, made_of = written(name), own.made_of_as(name)
        own_words = [word for word in mine.beside if word not in CONTAINERS]
        seen = {(mine.releases, mine.salts)}
        if own.names and not own.is_brand:
            for word in releases_of(own.releases, besides=release_said(mine.releases)):
                yield _neighbour(own, own, replace(own.names[0], name=f"{own.names[0].name} {word}"), is_same=True)
        for named in sorted(own.names, key=lambda other: written(other.name).releases == mine.releases):
            its = written(named.name)
            kind = its.releases, its.salts if mine.salts else mine.salts
            beside = [word for word in its.beside if word not in CONTAINERS]
            differs = its.releases != mine.releases or (mine.salts and its.salts and its.salts != mine.salts)
            if (differs and kind not in seen) or (named.is_brand and beside != own_words):
                seen.add(kind)
                is_same = not named.ingredients or not made_of or frozenset(named.ingredients) == made_of
                yield _neighbour(own, own, named, is_same=is_same)


def _folded(ranked: Iterable[Neighbour], known: Iterable[Neighbour]) -> Iterator[Neighbour]:
    """One answer for a medicine with several names, its own one if that is there; brands stand for themselves."""
    found: dict[frozenset[str], Neighbour] = {}
    said = {frozenset(n.ingredients) for n in known if n.ingredients and not n.is_brand}
    for number, n in enumerate(ranked):
        made_of = frozenset(n.ingredients)
        if n.is_brand or not made_of:
            found[frozenset((f"{number}",))] = n
        elif made_of not in found:
            found[made_of] = n
        elif n.name == " / ".join(n.ingredients):
            first = found[made_of]
            found[made_of] = replace(n, score=first.score, also=(first.name, *n.also))
    yield from (n for made_of, n in found.items() if made_of not in said)


def openings(head: Head) -> set[str]:
    """The first letter, and the first sound."""
    return {head.letters[:1], head.sound[:3].upper()}


def _neighbour(
    own: Group, group: Group, named: Named, *, known: ConfusedNames | None = None, is_same: bool = False
) -> Neighbour:
    alike = own.head.like(group.head)
    return Neighbour(
        named.name,
        named.ingredients,
        named.is_brand,
        alike,
        score(alike.score, own, group),
        () if own is group else tuple(sorted(own.strengths & group.strengths, key=_figures)),
        tuple(n.name for n in group.names if n.name != named.name),
        known,
        is_same,
    )


def _figures(amount: str) -> list[Decimal]:
    return [Decimal(figure) for figure in amount.split("/")]


@lru_cache(maxsize=2)
def universe_of(knowledge: Knowledge) -> Universe:
    """The universe of a knowledge version, built once."""
    readings = {spelled(name): (name, readings) for name, readings in knowledge.records.abbreviations}
    return Universe(names_of(knowledge), KnownPairs(knowledge.records.lookalikes), readings)
