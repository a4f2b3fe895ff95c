"""The names that are known to be mistaken for each other, as the words a misspelling may stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tallman.core.knowledge import ConfusedNames

__all__ = ["confused_words"]


def confused_words(pairs: Iterable[ConfusedNames]) -> dict[str, frozenset[str]]:
    """The names of one word by those they have been mistaken for, in small letters."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        one, other = pair.one.lower(), pair.other.lower()
        if one.isalpha() and other.isalpha():
            found[one].add(other)
            found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}
