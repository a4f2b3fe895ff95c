"""The phonemes of drug names and the features by which ALINE tells them apart: where and how they are spoken.

Kondrak, "A new algorithm for the alignment of phonetic sequences", NAACL 2000, aligns phonemes by such features, each
with a salience. Here a phoneme is written out as its features and itself, so that two strings of them can be aligned by
their longest common subsequence: t and d share place and manner and differ in one mark of three. Vowels share one mark,
for they are what is heard least and spelled most freely.
"""

from __future__ import annotations

__all__ = ["marks"]

_PLACES = {"pbmw": "A", "fv": "B", "TtdnszlrR": "C", "SZCJy": "D", "kgN": "E", "h": "F"}
"""Lips, lip and teeth, ridge, palate, soft palate, throat."""
_MANNERS = {"pbtdkg": "1", "CJ": "2", "fvTszSZh": "3", "lrwy": "4", "mnN": "5"}
"""Stop, affricate, fricative, approximant, nasal."""
_VOWELS = "aeiouE"


def _of(phoneme: str, classes: dict[str, str]) -> str:
    return next((mark for phonemes, mark in classes.items() if phoneme in phonemes), "")


def _marks(phoneme: str) -> str:
    if phoneme in _VOWELS:
        return f"~{phoneme}"
    return f"{_of(phoneme, _PLACES)}{_of(phoneme, _MANNERS)}{phoneme}"


_MARKS = {phoneme: _marks(phoneme) for phoneme in "pbmwfvTtdnszlrSZCJykgNh" + _VOWELS}


def marks(phonemes: str) -> str:
    """A string of phonemes written out as features; a sign that is no phoneme (a digit) stays what it is.

    >>> marks("ta"), marks("da")
    ('C1t~a', 'C1d~a')
    """
    return "".join(_MARKS.get(p, p) for p in phonemes)
