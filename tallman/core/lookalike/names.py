"""The words of a name that are compared, and those beside it: salt, release, form, strength."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.identify.forms import FORM_WORDS, RELEASES
from tallman.core.identify.text import plain_words
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import DIRECTIONS, MODIFIERS, NOISE, salt_word

__all__ = ["Written", "written"]

_BESIDE = frozenset(FORM_WORDS) | RELEASES | NOISE | DIRECTIONS | MODIFIERS | frozenset(UNIT_WORDS)

_NUMBERED = re.compile(r"\b([a-z]) (\d+)\b")
"""Vitamin B12 is not vitamin B6."""


@dataclass(frozen=True, slots=True)
class Written:
    """A name taken apart: `head` is what is compared, `beside` the words that only narrow it down.

    `salts` and `releases` are those of `beside` that name a salt or a kind of release.
    """

    head: str
    beside: tuple[str, ...] = ()
    salts: frozenset[str] = frozenset()
    releases: frozenset[str] = frozenset()


@lru_cache(maxsize=65536)
def written(name: str) -> Written:
    """Take a name apart; the head keeps letters, digits and spaces, in lower case and without accents.

    >>> written("Wellbutrin SR").head, written("metoprolol succinate").head, written("NovoLIN 70/30").head
    ('wellbutrin', 'metoprolol', 'novolin')
    >>> written("vitamin B12").head, written("vitamin K").head
    ('vitamin b12', 'vitamin k')
    """
    words = _NUMBERED.sub(r"\1\2", " ".join(plain_words(name))).split(" ")
    if len(words) == 1:
        return Written(words[0])
    beside = tuple(w for i, w in enumerate(words) if _is_beside(w, first=i == 0))
    head = " ".join(w for i, w in enumerate(words) if not _is_beside(w, first=i == 0))
    return Written(
        head or " ".join(words),
        beside,
        frozenset(filter(None, map(salt_word, beside))),
        frozenset(beside) & RELEASES,
    )


def _is_beside(word: str, *, first: bool) -> bool:
    """Whether a word says nothing of which medicine it is; the first word does ("sodium bicarbonate")."""
    if first:
        return False
    return word in _BESIDE or salt_word(word) is not None or not word[0].isalpha()
