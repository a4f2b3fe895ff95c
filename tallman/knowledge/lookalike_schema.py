"""The shape of lookalikes.yaml: pairs of names under the source that tells of their confusion."""

from __future__ import annotations

from tallman.core.knowledge import ConfusedNames
from tallman.core.rule import Source
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
        review, told = self.review.record(), dict[tuple[str, str], list[Source]]()
        for source, pairs in self.pairs.items():
            for pair in pairs:
                one, slash, other = pair.partition(" / ")
                if not slash or " / " in other:
                    raise ValueError(f'not two names with " / " between: {pair!r}')
                told.setdefault((one, other), []).append(self.sources[source].record())
        return tuple(ConfusedNames(one, other, tuple(by), review) for (one, other), by in told.items())
