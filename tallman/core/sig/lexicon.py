"""The vocabulary as a tree of words, and the longest phrase of it at a place in a text.

A phrase of the vocabulary may leave choices open ("{every,each} {morning,am}"). The tree grows where texts go: a branch
is made when it is first walked, so that starting costs little, however many ways of saying a thing there are. Spanish
is told in English phrases: "dos veces al día" means what "twice daily" means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from tallman.core.sig.tokens import tokenise
from tallman.core.sig.words import ENGLISH, SPANISH

__all__ = ["SAID", "Item", "Lexicon", "Terms", "is_spanish", "language_of", "lexicon", "listed_words"]

Terms = dict[str, Any]
Slot = tuple[tuple[str, ...], ...]
"""The choices at one place of a phrase; each is a run of words, an empty one may be left out."""
SAID = "said"
"""The kind under which a Spanish phrase carries its English."""
_PLAIN = frozenset({"greater", "glass", "first", "third", "water", "juice"})
"""English words of no vocabulary that the grammar knows by themselves."""
_LISTS = frozenset({"ailments", "altering", "cue", "glue", "mend", "ordinary", "stop", "telling"})
"""Kinds that are lists of words and no part of the tree."""


class Item:
    """A phrase of the text: everything it may mean, by kind ("unit" → "tablet", "num" → 2), and its place."""

    __slots__ = ("end", "start", "terms", "text")

    def __init__(self, terms: Terms, start: int, end: int, text: str) -> None:
        self.terms = terms
        self.start = start
        self.end = end
        self.text = text


class Node:
    """A place in the tree: what a phrase ending here means, the words that lead on, and phrases not yet spread out.

    `path` are the `size` words that lead here, `said` is what they say in English.
    """

    __slots__ = ("next", "path", "pending", "said", "size", "terms")

    def __init__(self, path: str = "", size: int = 0) -> None:
        self.path = self.said = path
        self.size = size
        self.next: dict[str, Node] = {}
        self.terms: Terms = {}
        self.pending: list[tuple[tuple[Slot, ...], str, Any]] = []

    def spread(self) -> None:
        """Take the next word of every pending phrase into the tree."""
        pending, self.pending = self.pending, []
        for slots, kind, meaning in pending:
            self._take(slots, kind, meaning)
        self.said = self.terms.get(SAID, self.path)

    def _take(self, slots: tuple[Slot, ...], kind: str, meaning: Any) -> None:
        if not slots:
            self.terms.setdefault(kind, meaning)
            return
        rest = slots[1:]
        for words in slots[0]:
            if not words:
                self._take(rest, kind, meaning)
                continue
            node = self.next.get(words[0])
            if node is None:
                node = self.next[words[0]] = Node(f"{self.path} {words[0]}".lstrip(), self.size + 1)
            node.pending.append((((words[1:],), *rest) if len(words) > 1 else rest, kind, meaning))


class Lexicon:
    """The phrases of one language. `words` are all single words in it."""

    def __init__(self) -> None:
        self.root = Node()
        self.words: set[str] = set()

    def add(self, phrases: str, kind: str, meaning: Any) -> None:
        """Let each of `phrases` (apart by "|", with choices in braces) mean `meaning`."""
        for phrase in phrases.split("|"):
            slots = tuple(_slots(phrase))
            self.words.update(word for slot in slots for words in slot for word in words)
            self.root.pending.append((slots, kind, meaning))

    def alone(self, *kinds: str) -> set[str]:
        """The words that by themselves are of one of these kinds."""
        for node in self.root.next.values():
            node.spread()
        return {
            word for word, node in self.root.next.items() if word.isalpha() and not node.terms.keys().isdisjoint(kinds)
        }

    def longest(self, keys: list[str], at: int) -> Node | None:
        """The longest phrase that begins at `at`, by where in the tree it ends."""
        node, found = self.root, None
        for key in keys[at:]:
            following = node.next.get(key)
            if following is None:
                break
            node = following
            if node.pending:
                node.spread()
            if node.terms:
                found = node
        return found


def _slots(phrase: str) -> Iterator[Slot]:
    while phrase:
        fixed, _, rest = phrase.partition("{")
        if fixed := fixed.strip():
            yield (_keys(fixed),)
        choices, _, phrase = rest.partition("}")
        if rest:
            yield tuple(_keys(choice) for choice in choices.split(","))


def _keys(words: str) -> tuple[str, ...]:
    """What `tokenise` finds in them; in words alone, without looking for anything else."""
    return tuple(words.split()) if words.replace(" ", "").isalpha() else tuple(t.key for t in tokenise(words))


def _meaning(kind: str, name: str) -> Any:
    """What the name of an entry stands for; a kind without names just marks its phrases."""
    match kind:
        case "num" | "spoon" | "fold":
            return Decimal(name)
        case "freq":
            times, _, rest = name.partition("/")
            unit, _, weak = rest.partition(" ")
            return int(times), unit, bool(weak)
        case "interval":
            count, unit = name.split()
            return Decimal(count), unit
        case "weekday":
            return tuple(name.split())
        case "place":
            route, _, site = name.partition(": ")
            return site, route
    return name or True


def _english() -> Lexicon:
    made = Lexicon()
    for kind, table in ENGLISH.items():
        for name, phrases in table.items():
            if kind in _LISTS:
                made.words.update(phrases.split() if kind == "ordinary" else ())
            else:
                made.add(phrases, kind, _meaning(kind, name))
    made.root.spread()
    return made


def _spanish() -> Lexicon:
    made, english = Lexicon(), lexicon("en")
    for said, phrases in SPANISH["said"].items():
        keys = list(_keys(said.lower()))
        found = english.longest(keys, 0)
        if said in _PLAIN:
            made.add(phrases, SAID, said)
            continue
        if found is None or found.size != len(keys):
            raise ValueError(f"{said!r} is no English phrase")
        made.add(phrases, SAID, said)
        for kind, meaning in found.terms.items():
            if kind in ENGLISH:
                made.add(phrases, kind, meaning)
    made.root.spread()
    return made


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The phrases of one language, built once."""
    return _spanish() if language == "es" else _english()


@cache
def listed_words(kind: str) -> frozenset[str]:
    """The words of one of the lists: "stop", "glue", "mend"."""
    return frozenset(" ".join(ENGLISH[kind].values()).replace("|", " ").split())


@cache
def _only_spanish() -> frozenset[str]:
    return _spanish_words() - {w for w in _spanish_words() if len(w) < 3} - lexicon("en").words


@cache
def _spanish_words() -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", " ".join(SPANISH["said"].values())))


def is_spanish(word: str) -> bool:
    """Whether it is a word of Spanish directions and none of English ones."""
    return word in _only_spanish() and word not in lexicon("en").words


def language_of(keys: list[str]) -> str:
    """ "es" when more of the words are Spanish than English, else "en"; "c/12h" is "cada" where not more are English."""
    every = any(pair == ("c", "/") and key[:1].isdigit() for pair, key in zip(pairwise(keys), keys[2:], strict=False))
    if every and sum((key in _spanish_words()) - (key in lexicon("en").words) for key in keys if key.isalpha()) >= 0:
        return "es"
    if _only_spanish().isdisjoint(keys):
        by_mouth = "vo" in keys and any(pair == ("c", "/") for pair in pairwise(keys))  # "500 mg vo c/6h"
        return "es" if by_mouth or ("y" in keys and "ui" in keys) else "en"
    spanish, english = _spanish_words(), lexicon("en").words
    more = sum((key in spanish) - (key in english) for key in keys if key.isalpha())
    return "es" if more > 0 or (not more and ("cada" in keys or "y" in keys)) else "en"
