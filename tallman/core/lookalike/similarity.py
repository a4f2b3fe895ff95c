"""How alike two names are: spelling, sound, beginning and ending, and the four together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import LCSseq, Levenshtein, Postfix

from tallman.core.lookalike.measures import SHAPE, beginning, bisim
from tallman.core.lookalike.names import written
from tallman.core.lookalike.phonemes import marks
from tallman.core.lookalike.sounds import sounds

__all__ = ["WEIGHTS", "Head", "Similarity", "similarity"]

in_common = LCSseq.normalized_similarity
ending = Postfix.normalized_similarity
unchanged = Levenshtein.normalized_similarity

WEIGHTS = (0.24, 0.43, 0.26, 0.07)
"""What spelling, sound, beginning and ending count; chosen by measurement, see docs/measured/lookalike.md."""
_REPEATED = {0: 4, 1: 3, 2: 3, 3: 2, 4: 2}


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two names are, each part and the whole between 0 and 1."""

    spelling: float
    sound: float
    beginning: float
    ending: float
    score: float


@dataclass(frozen=True)
class Head:
    """The part of a name that is compared, and what is worked out of it once.

    `like` measures exactly; `roughly_like` is nearly the same in a twentieth of the time, to choose whom to measure.
    """

    letters: str

    @cached_property
    def sound(self) -> str:
        """Its phonemes, written out as features."""
        return marks(sounds(self.letters))

    @cached_property
    def bigrams(self) -> str:
        """Each letter with the bigram it ends: what agrees in order is nearly what BI-SIM counts."""
        pairs = zip(f" {self.letters}", self.letters, strict=False)
        return "".join(letter + chr(0x80 + (31 * ord(previous) + ord(letter)) % 128) for previous, letter in pairs)

    @cached_property
    def strokes(self) -> str:
        """Each letter with its shape, the early ones repeated: changes to it cost nearly what `beginning` says."""
        shaped = (SHAPE.get(letter, letter.upper()) + letter for letter in self.letters)
        return "".join(both * _REPEATED.get(place, 1) for place, both in enumerate(shaped))

    @cached_property
    def coarse(self) -> str:
        """One string that is near another when the names are: letters, the early ones repeated, then the sound."""
        first, second = self.letters[:1], self.letters[1:3]
        return first * 3 + "".join(letter * 2 for letter in second) + self.letters[3:] + self.sound

    def like(self, other: Head) -> Similarity:
        """How alike it is to another."""
        one, its = self.letters, other.letters
        parts = bisim(one, its), in_common(self.sound, other.sound), beginning(one, its), ending(one, its)
        return Similarity(*parts, sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True)))

    def roughly_like(self, others: Sequence[Head]) -> list[float]:
        """Nearly the scores of `like`, of many at once."""
        spelling, spoken, start, end = WEIGHTS
        parts = (
            _each(in_common, self.bigrams, [other.bigrams for other in others]),
            _each(in_common, self.sound, [other.sound for other in others]),
            _each(unchanged, self.strokes, [other.strokes for other in others]),
            _each(ending, self.letters, [other.letters for other in others]),
        )
        return [spelling * b + spoken * s + start * c + end * e for b, s, c, e in zip(*parts, strict=True)]


def _each(measure: Any, one: str, others: list[str]) -> list[float]:
    return [score for _, score, _ in process.extract_iter(one, others, scorer=measure)]


def similarity(one: str, other: str) -> Similarity:
    """How alike two names are as people write them; salts, releases and strengths beside them do not count."""
    return Head(written(one).head).like(Head(written(other).head))
