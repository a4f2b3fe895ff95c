"""How a name sounds: by its consonants and where vowels stand, as those write it who have only heard it ("Plavics")."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["VOWEL", "begins_alike", "sound"]

VOWEL = "a"
_VOWELS = "aeiouy"
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(written), said)
    for written, said in (
        (r"^x", "s"),
        (r"^ps", "s"),
        (r"^(?:k|p)n", "n"),
        (r"^wr", "r"),
        (r"ph", "f"),
        (r"([rtgc])h", r"\1"),
        (r"cc(?=[eiy])", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"ck|qu|[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"g(?=[eiy])", "j"),
        (r"h", ""),
        (rf"(?<=[^{_VOWELS}])e$", ""),
        (rf"[{_VOWELS}]+", VOWEL),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of a word as they are said, and an "a" for the vowels between.

    >>> sound("plavics") == sound("plavix"), sound("adderol") == sound("adderall"), sound("zanax") == sound("xanax")
    (True, True, True)
    """
    for written, said in _SAID:
        word = written.sub(said, word)
    return word


def begins_alike(one: str, other: str) -> bool:
    """Whether two words begin with the same letter or consonant: "fenergan" as "Phenergan"."""
    return one[0] == other[0] or (sound(one)[:1] == sound(other)[:1] != VOWEL)
