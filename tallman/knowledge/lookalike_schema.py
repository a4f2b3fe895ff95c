"""The shape of lookalikes.yaml: pairs of names under the source that tells of their confusion."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from tallman.core.knowledge import ConfusedNames
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["LookalikesFile"]


class LookalikesFile(Strict):
    """Sources by a short name, and under each of them the names it tells of: "Celebrex / Cerebyx".

    Of more than two names in one line every two are a pair: "Celebrex / Celexa / Cerebyx" are three.
    """

    review: ReviewEntry
    sources: dict[str, SourceEntry]
    pairs: dict[str, list[str]]

    def records(self) -> tuple[ConfusedNames, ...]:
        """Each pair once, with every source that tells of it.

        Raises KeyError for a source that is not listed, ValueError for a line of less than two different names.
        """
        review, names, told = self.review.record(), {}, defaultdict(list)
        for source, lines in self.pairs.items():
            for one, other in (pair for line in lines for pair in combinations(_names(line), 2)):
                key = frozenset((one.lower(), other.lower()))
                names.setdefault(key, (one, other))
                told[key].append(self.sources[source].record())
        return tuple(ConfusedNames(*names[key], tuple(sources), review) for key, sources in told.items())


def _names(line: str) -> list[str]:
    names = line.split(" / ")
    if len(names) < 2 or len({name.lower() for name in names}) < len(names):
        raise ValueError(f'not different names with " / " between: {line!r}')
    return names
