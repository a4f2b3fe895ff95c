"""How alike two names are: spelling, sound and beginning, and the three together."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.lookalike.measures import aline, beginning, bisim
from tallman.core.lookalike.names import written
from tallman.core.lookalike.sounds import sounds

__all__ = ["WEIGHTS", "Similarity", "similarity", "similarity_of_heads"]

WEIGHTS = {"spelling": 0.4, "sound": 0.3, "beginning": 0.3}
"""What each measure counts in the score; chosen by measurement, see docs/reference/lookalike.md."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two names are, each part and the whole between 0 and 1."""

    spelling: float
    sound: float
    beginning: float
    score: float


def similarity(one: str, other: str) -> Similarity:
    """How alike two names are as people write them; salts, releases and strengths beside them do not count."""
    return similarity_of_heads(written(one).head, written(other).head)


def similarity_of_heads(one: str, other: str) -> Similarity:
    """The same for names already reduced to what is compared."""
    spelling, sound = bisim(one, other), aline(sounds(one), sounds(other))
    start = beginning(one, other)
    score = WEIGHTS["spelling"] * spelling + WEIGHTS["sound"] * sound + WEIGHTS["beginning"] * start
    return Similarity(spelling, sound, start, score)
