"""The names a name can be mistaken for, out of every name the knowledge holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler

from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike.names import written
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.lookalike.similarity import Similarity, similarity_of_heads
from tallman.core.lookalike.sounds import sounds

__all__ = ["Named", "Neighbour", "Universe", "names_of", "universe_of"]

_PREFILTER = 30


@dataclass(frozen=True, slots=True)
class Named:
    """A written name and what it is: its ingredients (empty when not known) and whether it is a brand."""

    name: str
    ingredients: tuple[str, ...] = ()
    is_brand: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name that another can be mistaken for.

    `also` are other names of the same medicine that begin alike (its salts and releases), `known` the pair on
    record, when the confusion has been reported.
    """

    name: str
    ingredients: tuple[str, ...]
    is_brand: bool
    similarity: Similarity
    also: tuple[str, ...] = ()
    known: ConfusedNames | None = None


class Universe:
    """Every name there is to be mistaken for, ready to be searched."""

    def __init__(self, names: Iterable[Named], pairs: KnownPairs) -> None:
        self._pairs = pairs
        self._groups: dict[str, list[Named]] = defaultdict(list)
        for named in names:
            self._groups[written(named.name).head].append(named)
        self._heads = list(self._groups)
        self._sounds = [sounds(head) for head in self._heads]

    def __len__(self) -> int:
        return sum(len(group) for group in self._groups.values())

    def knows(self, name: str) -> bool:
        """Whether the name, or the medicine it begins with, is one of the universe."""
        return written(name).head in self._groups

    def nearest(self, name: str, k: int = 10) -> tuple[Neighbour, ...]:
        """The `k` names of other medicines most easily taken for this one; known pairs first, then by score."""
        head = written(name).head
        own = {frozenset(named.ingredients) for named in self._groups.get(head, ()) if named.ingredients}
        known = list(self._known(name, head))
        taken = {written(neighbour.name).head for neighbour in known} | {head}
        scored = [(other, similarity_of_heads(head, other)) for other in self._near(head) if other not in taken]
        scored.sort(key=lambda pair: (-pair[1].score, pair[0]))
        found = [self._neighbour(other, alike) for other, alike in scored if not self._is_same(other, own)]
        return tuple([*known, *found][:k])

    def _near(self, head: str) -> set[str]:
        """The names worth measuring: nearest by letters, by beginning and by sound."""
        scorer: Any = Indel.normalized_similarity
        spelled_alike = process.extract(head, self._heads, scorer=scorer, limit=_PREFILTER)
        sound_alike = process.extract(sounds(head), self._sounds, scorer=scorer, limit=_PREFILTER)
        scorer = JaroWinkler.similarity
        begin_alike = process.extract(head, self._heads, scorer=scorer, limit=_PREFILTER)
        return {self._heads[at] for _, _, at in (*spelled_alike, *sound_alike, *begin_alike)}

    def _known(self, name: str, head: str) -> Iterator[Neighbour]:
        for other, pair in self._pairs.of(name):
            alike = similarity_of_heads(head, written(other).head)
            yield self._neighbour(written(other).head, alike, pair, other)

    def _is_same(self, head: str, own: set[frozenset[str]]) -> bool:
        """Whether a name is only another name of the medicine, or of one that holds it."""
        theirs = [frozenset(named.ingredients) for named in self._groups[head]]
        return any(one <= other or (other and other <= one) for one in own for other in theirs)

    def _neighbour(
        self, head: str, alike: Similarity, pair: ConfusedNames | None = None, name: str | None = None
    ) -> Neighbour:
        group = self._groups.get(head, [])
        shown = next((n for n in group if name and spelled(n.name) == spelled(name)), None)
        shown = shown or (min(group, key=lambda n: len(n.name)) if group and not name else Named(name or head))
        if not shown.ingredients and group:
            shown = Named(shown.name, group[0].ingredients, group[0].is_brand)
        also = tuple(n.name for n in group if n.name != shown.name)
        return Neighbour(shown.name, shown.ingredients, shown.is_brand, alike, also, pair)


def names_of(knowledge: Knowledge) -> Iterator[Named]:
    """Every name that the knowledge holds, each once."""
    found: dict[str, Named] = {}
    for named in _names(knowledge):
        found.setdefault(spelled(named.name), named)
    yield from found.values()


def _names(knowledge: Knowledge) -> Iterator[Named]:
    for ingredient in knowledge.ingredients.values():
        for name in (ingredient.name, *ingredient.synonyms):
            yield Named(name, (ingredient.name,))
    for product in knowledge.products.values():
        if product.brand:
            yield Named(product.brand, product.ingredients, is_brand=True)
    for name, parts in knowledge.records.combination_names:
        yield Named(name, parts)
    for name, parts in (*knowledge.records.other_names, *knowledge.records.former_names):
        yield Named(name, parts, is_brand=(name,) != parts)


@lru_cache(maxsize=2)
def universe_of(knowledge: Knowledge) -> Universe:
    """The universe of a knowledge version, built once."""
    return Universe(names_of(knowledge), KnownPairs(knowledge.records.lookalikes))
