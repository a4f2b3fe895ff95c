"""How a medicine's name sounds, roughly: its letters turned into phonemes by the habits of drug names.

English spelling does not say how a coined word is spoken, so the rules follow what the names do: "ph" is f, "ch"
is k as in chlorine, "x" at the beginning is z, "c" and "g" are soft before e, i and y. One character a phoneme.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

__all__ = ["sounds"]

_SPELLED = {
    "tion": "SEn", "sion": "ZEn", "ough": "o", "sch": "S", "tch": "C",
    "ph": "f", "ck": "k", "ch": "k", "sh": "S", "th": "T", "rh": "r", "gh": "g", "wh": "w", "qu": "kw", "sc": "sk",
    "ae": "e", "oe": "e", "ee": "i", "ea": "i", "ie": "i", "oo": "u", "ou": "u", "au": "o", "aw": "o", "ew": "u",
    "ai": "e", "ay": "e", "ey": "i", "ei": "i", "eu": "u", "ng": "N", "zz": "ts",
    "q": "k", "x": "ks", "j": "J", "y": "i", "c": "k",
}  # fmt: skip
"""Letters and their sound, the longest first; other letters sound as themselves."""

_SOFT = {"c": "s", "g": "J", "sc": "s"}
_AT_THE_BEGINNING = {"x": "z", "ps": "s", "pn": "n", "pt": "t", "kn": "n", "y": "y", "mn": "n", "rh": "r"}
_LONGEST = 4


@lru_cache(maxsize=65536)
def sounds(name: str) -> str:
    """The phonemes of a name in lower case letters; a space between words is not heard.

    >>> sounds("zyrtec"), sounds("xanax"), sounds("zantac"), sounds("celebrex"), sounds("cerebyx")
    ('zirtek', 'zanaks', 'zantak', 'selebreks', 'serebiks')
    """
    return "".join("".join(_phonemes(word)) for word in name.split())


def _phonemes(word: str) -> Iterator[str]:
    at, last = 0, ""
    while at < len(word):
        spelled = _longest(word, at)
        sound = _sound(word, at, spelled)
        at += len(spelled)
        if sound != last:
            yield sound
        last = sound


def _longest(word: str, at: int) -> str:
    for length in range(_LONGEST, 1, -1):
        spelled = word[at : at + length]
        if len(spelled) == length and (spelled in _SPELLED or (at == 0 and spelled in _AT_THE_BEGINNING)):
            return spelled
    return word[at]


def _sound(word: str, at: int, spelled: str) -> str:
    if at == 0 and spelled in _AT_THE_BEGINNING:
        return _AT_THE_BEGINNING[spelled]
    if spelled == "e" and at == len(word) - 1 and at > 2:
        return ""
    following = word[at + len(spelled) : at + len(spelled) + 1]
    if spelled in _SOFT and following in ("e", "i", "y"):
        return _SOFT[spelled]
    return _SPELLED.get(spelled, spelled)
