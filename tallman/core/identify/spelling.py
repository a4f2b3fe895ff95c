"""Words that are no name but nearly one: cut short ("metform") or misspelt ("metforman").

A misspelling is believed only when it is close for its length, begins like the name, and nothing else is
about as close: neither another medicine we hold, nor one we only know by name, nor a word of form or salt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tallman.core.identify.names import NameIndex
from tallman.core.identify.sound import VOWEL, sound
from tallman.core.identify.vocabulary import SALTS

__all__ = [
    "Near",
    "around",
    "begins",
    "close",
    "ending",
    "near",
    "reach",
    "resembling",
    "salt_meant",
    "shared_start",
    "slips",
]

_SHORTEST, _SHORTEST_BEGINNING, _SHORTEST_SALT, _TELLING = 5, 4, 7, 4
_SHORT_OF_TWO = 6
"""Letters from which on two slips still leave a name."""
_CONSONANTS = 3
"""So many tell how a word sounds; of fewer too many words sound alike."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the vocabulary, how many single-letter slips away it is, and whether it sounds alike all the same."""

    word: str
    distance: int
    is_heard: bool = False


def reach(length: int) -> int:
    """How many slips (a letter wrong, missing, extra, or two swapped) a word of that length may hold."""
    return 0 if length < _SHORTEST else 1 if length < 8 else 2 if length < 12 else 3


def slips(word: str, name: str) -> int:
    """How many slips (a letter wrong, missing, extra, or two swapped) lie between two words."""
    return int(OSA.distance(word, name))


def _within(word: str, choices: Iterable[str], distance: int) -> list[Near]:
    scorer: Any = OSA.distance
    found = process.extract(word, choices, scorer=scorer, score_cutoff=distance, limit=None)
    return [Near(name, int(d)) for name, d, _ in found]


def _as_long(word: str, slips: int, index: NameIndex, letter: str = "") -> list[str]:
    """The words of names that so many slips may turn into `word` by their length; those that begin with `letter`."""
    lengths = range(len(word) - slips, len(word) + slips + 1)
    return list(chain.from_iterable(_by_length(index).get((letter, n), ()) for n in lengths))


@lru_cache(maxsize=4)
def _by_length(index: NameIndex) -> dict[tuple[str, int], list[str]]:
    """The words by first letter and length, and by length alone under no letter."""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for letter, words in index.words.items():
        for word in words:
            found[letter, len(word)].append(word)
            found["", len(word)].append(word)
    return dict(found)


def near(word: str, index: NameIndex, reserved: frozenset[str]) -> list[Near]:
    """The words a misspelling may stand for, nearest first, with the rivals one slip further away.

    Rivals with another first letter count only when they are as near, and alone only within two slips: first letters
    are seldom wrong, and three letters before a name make another of it ("noradrenaline"). A name that sounds as it is
    written may be further away than another, with all the rivals that has there.
    """
    limit = reach(len(word))
    if not limit or not word.isalpha():
        return []
    heard = _heard(word, index)
    found = _by_letters(word, limit, index, reserved, heard)
    heard = [n for n in heard if n.distance <= min(n.distance for n in found) + 1] if found else heard
    if not heard or any(not n.distance for n in found):
        return found if found and found[0].distance <= limit else []
    nearest, alike = min(n.distance for n in heard), {n.word for n in heard}
    others = [n for n in found if n.word not in alike]
    beyond = [n for n in others if n.distance > limit or (n.distance == nearest and n.word in reserved)]
    behind = [Near(n.word, max(n.distance, nearest + 1)) for n in beyond]
    return sorted((*heard, *behind, *(n for n in others if n not in beyond)), key=lambda n: (n.distance, n.word))


def _heard(word: str, index: NameIndex) -> list[Near]:
    """The words that sound as this one is written: "plavics" is Plavix, though two slips are many for its length."""
    key = sound(word)
    if len(key.replace(VOWEL, "")) < _CONSONANTS:
        return []
    return [Near(n.word, n.distance, True) for n in _within(word, _by_sound(index).get(key, ()), reach(len(word)) + 1)]


@lru_cache(maxsize=4)
def _by_sound(index: NameIndex) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for words in index.words.values():
        for word in words:
            found[sound(word)].append(word)
    return dict(found)


def _by_letters(word: str, limit: int, index: NameIndex, reserved: frozenset[str], heard: list[Near]) -> list[Near]:
    """The words that are near by their letters, the nearest first, and up to a slip further than what sounds alike."""
    far = max(limit, min((n.distance for n in heard), default=0)) + 1
    letters = {word[0], *(n.word[0] for n in heard)}
    found = _within(word, [w for letter in letters for w in _as_long(word, far, index, letter)], far)
    found += _within(word, _starting(word[0], reserved), limit)
    best = min((n.distance for n in found), default=far)
    as_near = min(best, limit if best <= limit else 2) if len(word) > 7 else 1
    found += _within(word, _as_long(word, as_near, index), as_near)
    best = min((n.distance for n in found), default=far)
    if best and found:
        found += _without_first(word, best, index) + _with_other_openings(word, found, index)
        found += _confused(word, found, index)
    found = [n for n in found if n.distance <= best + 1]
    unique = (
        {n.word: n for n in (*_longer_alike(word, found, index), *found)}
        if best and found
        else {n.word: n for n in found}
    )
    return sorted(unique.values(), key=lambda n: (n.distance, n.word))


def _without_first(word: str, most: int, index: NameIndex) -> list[Near]:
    """The words that are so near once their first letter is lost: "stadiol" of estradiol."""
    rests = _rests(index)
    lengths = range(len(word) - most, len(word) + most + 1)
    choices = list(chain.from_iterable(rests.get((word[0], length), {}) for length in lengths))
    near = _within(word, choices, most)
    return [Near(rests[word[0], len(n.word)][n.word], n.distance + 1) for n in near]


@lru_cache(maxsize=4)
def _rests(index: NameIndex) -> dict[tuple[str, int], dict[str, str]]:
    """The words by what is left of them without their first letter, by its first letter and length."""
    found: defaultdict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for words in index.words.values():
        for word in words:
            found[word[1], len(word) - 1][word[1:]] = word
    return dict(found)


def _with_other_openings(word: str, found: list[Near], index: NameIndex) -> list[Near]:
    """The words that open otherwise on a name the word ends with: "oomeprazole" is near esomeprazole too."""
    best = min(n.distance for n in found)
    ends = tuple(n.word for n in found if n.distance == best and word.endswith(n.word))
    longer = [w for w in _as_long(word, best + 1, index) if w.endswith(ends) and w not in ends] if ends else []
    return _within(word, longer, best + 1)


def _confused(word: str, found: list[Near], index: NameIndex) -> list[Near]:
    """The names on record as mistaken for the nearest, up to one slip further away, however they begin."""
    best = min(n.distance for n in found)
    others = {o for n in found if n.distance == best for o in index.confused.get(n.word, ()) if index.knows(o)}
    return _within(word, others, best + 1)


def _longer_alike(word: str, found: list[Near], index: NameIndex) -> list[Near]:
    """The words up to two slips further away that begin like it for longer than the nearest: "trazadol" is one letter
    from tramadol, and trazodone as far as its fourth."""
    best = min(n.distance for n in found)
    alike = max(shared_start(word, n.word) for n in found if n.distance == best) + 1
    return _within(word, index.starting(word[: max(alike, _TELLING)]), best + 2)


@cache
def _starting(letter: str, reserved: frozenset[str]) -> list[str]:
    return [w for w in reserved if len(w) > 4 and w[0] == letter]


def close(word: str, index: NameIndex) -> list[str]:
    """The words of names that one slip turns into `word`, or two of a long one; not the word itself."""
    far = 1 if len(word) < 8 else 2
    return [n.word for n in _within(word, _as_long(word, far, index, word[0]), far) if n.distance]


def around(word: str, index: NameIndex) -> list[str]:
    """The words of names that two slips turn into `word`, the first letter too; none of a short one."""
    return (
        [n.word for n in _within(word, _as_long(word, 2, index), 2) if n.distance] if len(word) >= _SHORT_OF_TWO else []
    )


def ending(word: str, index: NameIndex) -> list[str]:
    """The words of names that are left as `word` without their first letter or two."""
    return [w for w in _as_long(word, 2, index) if w != word and w.endswith(word)]


def resembling(word: str, index: NameIndex) -> list[Near]:
    """Words too far away to be believed, yet near enough to be asked about; nearest first."""
    far = 2 if 6 <= len(word) < 10 else 3 if len(word) >= 10 else 0
    if not far or not word.isalpha():
        return []
    found = _within(word, _as_long(word, far, index, word[0]), far)
    return sorted(found, key=lambda n: (n.distance, n.word))[:8]


def begins(word: str, index: NameIndex) -> list[str]:
    """The first words of names that a word cut short may stand for."""
    return index.beginning(word) if len(word) >= _SHORTEST_BEGINNING and word.isalpha() else []


def shared_start(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=4096)
def salt_meant(word: str) -> str | None:
    """The salt that a longer word is one slip away from: "cypionte"; None of a salt itself."""
    if len(word) < _SHORTEST_SALT - 1 or word in SALTS:
        return None
    near = [salt for salt in SALTS if len(salt) >= _SHORTEST_SALT and slips(word, salt) == 1]
    return near[0] if len(near) == 1 else None
