"""The vocabulary as a tree of words, and a text cut into the longest phrases it knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from tallman.core.sig import vocabulary as english
from tallman.core.sig.tokens import tokenise

__all__ = ["Item", "Lexicon", "lexicon"]

Terms = dict[str, Any]


@dataclass(slots=True)
class Item:
    """A phrase of the text: everything it may mean, by kind ("unit" → "tablet", "num" → 2), and its place."""

    terms: Terms
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Lexicon:
    """A tree of phrases. `words` are all single words in it, for mending what is glued or misspelt."""

    tree: dict[str, Any] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def add(self, phrases: str, kind: str, value: Any) -> None:
        """Let each of `phrases` (separated by "|") mean `value` as a `kind`."""
        for phrase in phrases.split("|"):
            node, keys = self.tree, _keys(phrase)
            self.words.update(keys)
            for key in keys:
                node = node.setdefault(key, {})
            node.setdefault("", {}).setdefault(kind, value)

    def longest(self, keys: list[str], at: int) -> tuple[Terms, int] | None:
        """The longest phrase that begins at `at`: its terms and how many tokens it has."""
        node, found, i, n = self.tree, None, at, len(keys)
        while i < n and (node := node.get(keys[i])) is not None:  # type: ignore[assignment]
            i += 1
            if "" in node:
                found = (node[""], i - at)
        return found


def _keys(phrase: str) -> list[str]:
    """What `tokenise` finds in a phrase; in words alone, without looking for anything else."""
    return phrase.lower().split() if phrase.replace(" ", "").isalpha() else [t.key for t in tokenise(phrase)]


def _frequency(code: str) -> tuple[int, str, bool]:
    times, _, rest = code.partition("/")
    unit, _, weak = rest.partition(" ")
    return int(times), unit, bool(weak)


def _add_english(lex: Lexicon) -> None:
    for kind, table in (("verb", english.METHODS), ("route", english.ROUTES), ("unit", english.UNIT_WORDS),
                        ("period", english.PERIODS), ("event", english.EVENTS), ("instr", english.INSTRUCTIONS),
                        ("link", english.CONNECTORS)):  # fmt: skip
        for value, phrases in table.items():
            lex.add(phrases, kind, value)
    for code, phrases in english.FREQUENCIES.items():
        lex.add(phrases, "freq", _frequency(code))
    for code, phrases in english.INTERVALS.items():
        count, unit = code.split()
        lex.add(phrases, "interval", (Decimal(count), unit))
    for value, phrases in english.NUMBERS.items():
        lex.add(phrases, "num", Decimal(value))
    for value, phrases in english.TEASPOONS.items():
        lex.add(phrases, "spoon", Decimal(value))
    for days, phrases in english.WEEKDAYS.items():
        lex.add(phrases, "weekday", tuple(days.split()))
    for site, (route, phrases) in english.PLACES.items():
        lex.add(phrases, "place", (site, route))
    for part in english.BODY_PARTS.split("|"):
        lex.add(part, "part", part)
    for side in english.SIDES.split("|"):
        lex.add(side, "side", side)
    for trigger in english.TRIGGERS.split("|"):
        lex.add(trigger, "trigger", trigger)
    for kind, phrases in english.WORDS.items():
        lex.add(phrases, kind, True)


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The phrases of one language, built once."""
    lex = Lexicon()
    _add_english(lex)
    return lex
