"""Pairs of names that are known to have been taken for each other, each with the source that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from tallman.core.identify.text import plain_words
from tallman.core.knowledge import ConfusedNames
from tallman.core.lookalike.names import written

__all__ = ["KnownPairs", "spelled"]


class KnownPairs:
    """Known pairs, found by either name: those of the knowledge and a pharmacy's own.

    A pair of two medicines holds whatever salt, release or strength is written beside them; a pair of two releases of
    one medicine only as it is written. Of a pair given twice the first one stands.
    """

    def __init__(self, pairs: Iterable[ConfusedNames]) -> None:
        self._by_name: defaultdict[str, dict[str, tuple[str, ConfusedNames]]] = defaultdict(dict)
        for pair in pairs:
            self._add(pair.one, pair.other, pair)
            self._add(pair.other, pair.one, pair)

    def _add(self, name: str, other: str, pair: ConfusedNames) -> None:
        self._by_name[spelled(name)].setdefault(spelled(other), (other, pair))
        if written(name).head != written(other).head:
            self._by_name[written(name).head].setdefault(spelled(other), (other, pair))

    def of(self, name: str) -> tuple[tuple[str, ConfusedNames], ...]:
        """The names that a name is known to be taken for, each with its pair."""
        found = {**self._by_name.get(spelled(name), {}), **self._by_name.get(written(name).head, {})}
        return tuple(found.values())

    def counts(self) -> dict[str, int]:
        """In how many pairs each name stands, by its head; two releases of one medicine do not count."""
        return {
            head: sum(written(other).head != head for other, _ in told.values())
            for head, told in self._by_name.items()
            if written(head).head == head
        }

    def find(self, one: str, other: str) -> ConfusedNames | None:
        """The pair of two names, or None when they are not known to be confused."""
        head = written(other).head
        for name, pair in self.of(one):
            if spelled(name) == spelled(other) or (written(name).head == head != written(one).head):
                return pair
        return None


@lru_cache(maxsize=1 << 12)
def spelled(name: str) -> str:
    """A name as two people would agree to have written it: lower case, no signs.

    >>> spelled("Toprol-XL"), spelled("TOPROL XL")
    ('toprol xl', 'toprol xl')
    """
    return " ".join(plain_words(name))
