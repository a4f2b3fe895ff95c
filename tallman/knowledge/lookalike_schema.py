"""The shape of lookalikes.yaml: pairs of names under the source that tells of their confusion."""

from __future__ import annotations

from collections import defaultdict

from tallman.core.knowledge import ConfusedNames
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["LookalikesFile"]


class LookalikesFile(Strict):
    """Sources by a short name, and under each of them the pairs it tells of: "Celebrex / Cerebyx"."""

    review: ReviewEntry
    sources: dict[str, SourceEntry]
    pairs: dict[str, list[str]]

    def records(self) -> tuple[ConfusedNames, ...]:
        """Each pair once, with every source that tells of it.

        Raises KeyError for a source that is not listed, ValueError for what is not two names.
        """
        review, names, told = self.review.record(), {}, defaultdict(list)
        for source, pairs in self.pairs.items():
            for pair in pairs:
                one, slash, other = pair.partition(" / ")
                if not slash or " / " in other:
                    raise ValueError(f'not two names with " / " between: {pair!r}')
                key = frozenset((one.lower(), other.lower()))
                names.setdefault(key, (one, other))
                told[key].append(self.sources[source].record())
        return tuple(ConfusedNames(*names[key], tuple(sources), review) for key, sources in told.items())
