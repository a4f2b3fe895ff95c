"""The phonemes of drug names and how alike two of them are: ALINE's features and saliences.

Kondrak, "A new algorithm for the alignment of phonetic sequences", NAACL 2000: consonants differ by place, manner,
voice and nasality, vowels by height, backness and rounding. A vowel aligned with a consonant costs as two skips.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SKIP", "WORTH", "likeness"]

SKIP, SAME, SAME_VOWEL = -10, 35, 15
"""What an unmatched phoneme costs, and what a matched consonant and vowel are worth."""

PLACE, MANNER, VOICE, NASAL, LATERAL, HIGH, BACK, ROUND = 40, 50, 5, 10, 10, 5, 5, 5

_CONSONANTS = {
    # place of articulation, manner, voiced, nasal, lateral: in hundredths
    "p": (100, 100, 0, 0, 0), "b": (100, 100, 100, 0, 0), "m": (100, 100, 100, 100, 0),
    "f": (95, 80, 0, 0, 0), "v": (95, 80, 100, 0, 0), "T": (90, 80, 0, 0, 0),
    "t": (85, 100, 0, 0, 0), "d": (85, 100, 100, 0, 0), "n": (85, 100, 100, 100, 0),
    "s": (85, 80, 0, 0, 0), "z": (85, 80, 100, 0, 0), "l": (85, 60, 100, 0, 100), "r": (80, 60, 100, 0, 0),
    "S": (75, 80, 0, 0, 0), "Z": (75, 80, 100, 0, 0), "C": (75, 90, 0, 0, 0), "J": (75, 90, 100, 0, 0),
    "y": (70, 60, 100, 0, 0), "k": (60, 100, 0, 0, 0), "g": (60, 100, 100, 0, 0), "N": (60, 100, 100, 100, 0),
    "w": (100, 60, 100, 0, 0), "h": (10, 80, 0, 0, 0),
}  # fmt: skip
_VOWELS = {
    # height, backness, rounding
    "i": (100, 0, 0), "e": (50, 0, 0), "E": (50, 50, 0), "a": (0, 50, 0), "o": (50, 100, 100), "u": (100, 100, 100),
}  # fmt: skip


def _alike(one: str, other: str) -> int:
    if one == other:
        return SAME if one in _CONSONANTS else SAME_VOWEL
    if one in _CONSONANTS and other in _CONSONANTS:
        weights = (PLACE, MANNER, VOICE, NASAL, LATERAL)
        pairs = zip(weights, _CONSONANTS[one], _CONSONANTS[other], strict=True)
        return SAME - sum(weight * abs(a - b) for weight, a, b in pairs) // 100
    if one in _VOWELS and other in _VOWELS:
        pairs = zip((HIGH, BACK, ROUND), _VOWELS[one], _VOWELS[other], strict=True)
        return SAME_VOWEL - sum(weight * abs(a - b) for weight, a, b in pairs) // 100
    return 2 * SKIP


class _Other(dict[str, int]):
    """What a phoneme is worth beside others; a sign that is no phoneme (a digit) is like itself only."""

    def __init__(self, phoneme: str, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self._phoneme = phoneme

    def __missing__(self, other: str) -> int:
        return SAME if other == self._phoneme else 2 * SKIP


_ALL = [*_CONSONANTS, *_VOWELS]
_TABLE = {one: _Other(one, {other: _alike(one, other) for other in _ALL}) for one in _ALL}


class _Worth(dict[str, int]):
    def __missing__(self, sign: str) -> int:
        return SAME


WORTH: Mapping[str, int] = _Worth({one: _alike(one, one) for one in _ALL})
"""What each phoneme is worth beside itself."""


def likeness(phoneme: str) -> Mapping[str, int]:
    """What a phoneme is worth beside every other."""
    return _TABLE.get(phoneme) or _Other(phoneme, {})
