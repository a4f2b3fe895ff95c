"""What a reading has nothing to take without, so that it is tried only where that stands in the text."""

from __future__ import annotations

from collections.abc import Callable

from tallman.core.sig.reader import Reader

__all__ = ["Reading", "asked_for", "needs", "without_need"]

Reading = Callable[[Reader], bool]
"""One function of the grammar: it takes what stands at the cursor, or leaves everything as it is."""

_NEEDED: dict[Reading, frozenset[str]] = {}


def needs(*said: str) -> Callable[[Reading], Reading]:
    """Mark a reading that takes nothing unless one of these kinds of phrases, or these words, stands in the text."""

    def marked(reading: Reading) -> Reading:
        _NEEDED[reading] = frozenset(said)
        return reading

    return marked


def asked_for() -> frozenset[str]:
    """All that any reading needs."""
    return frozenset().union(*_NEEDED.values())


def without_need(said: frozenset[str]) -> frozenset[Reading]:
    """The readings that can take nothing in a text that says these of the words asked for."""
    return frozenset(reading for reading, needed in _NEEDED.items() if needed.isdisjoint(said))
