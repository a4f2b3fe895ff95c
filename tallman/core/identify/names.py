"""The index of names: what each written name stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tallman.core.identify.text import JOINERS, Token, tokenize
from tallman.core.identify.vocabulary import salt_word
from tallman.core.knowledge import Knowledge

__all__ = ["Meaning", "NameIndex", "index_of", "words_of"]

_LONGEST = 8
_SKIPPED = frozenset("-/+&.,®™'()[]#\"*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: ingredients, perhaps a brand or one product.

    `is_held` is false for a name that is known while the knowledge says nothing of its ingredients;
    `is_abbreviation` marks one of several readings of an error-prone abbreviation.
    """

    ingredients: tuple[str, ...]
    brand: str | None = None
    product: str | None = None
    is_held: bool = True
    is_abbreviation: bool = False


@dataclass(frozen=True)
class NameIndex:
    """Written names (as tuples of lower-case words) and what they stand for.

    `first_words` are the names that begin with a word, `words` every word of a name by its first letter, sorted.
    """

    names: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    first_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    words: Mapping[str, list[str]] = field(repr=False)
    combinations: frozenset[frozenset[str]] = field(repr=False)

    def at(self, tokens: list[Token], i: int) -> tuple[int, tuple[str, ...]] | None:
        """The longest name starting at token `i`: the position after it and its words."""
        words: list[str] = []
        best = None
        for j in range(i, min(len(tokens), i + 2 * _LONGEST)):
            token = tokens[j]
            if not (token.is_word or token.is_number):
                if token.text in _SKIPPED and words:
                    continue
                break
            if token.text in JOINERS and words:
                continue
            words.append(token.text)
            if tuple(words) in self.names:
                best = (j + 1, tuple(words))
            if len(words) == _LONGEST:
                break
        return best

    def family(self, word: str) -> set[Meaning]:
        """What a word means that is only the beginning of longer names: "Humulin", "Toujeo"."""
        return {m for key in self.first_words.get(word, ()) for m in self.names[key]}

    def beginning(self, stem: str) -> list[str]:
        """The first words of names that begin with `stem`."""
        words = self.words.get(stem[0], [])
        start = bisect_left(words, stem)
        end = bisect_left(words, stem + "\uffff")
        return [w for w in words[start:end] if w in self.first_words]


def words_of(name: str) -> tuple[str, ...]:
    """A name as the index writes it: its words and numbers without signs and joining words."""
    words = [t.text for t in tokenize(name) if t.is_word or t.is_number]
    return tuple(w for i, w in enumerate(words) if i == 0 or w not in JOINERS)


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> NameIndex:
    """The name index of a knowledge version, built once."""
    held = _held_names(knowledge)
    names: dict[tuple[str, ...], tuple[Meaning, ...]] = {k: tuple(dict.fromkeys(v)) for k, v in held.items()}
    known = _by_ingredient_name(names)
    for key, meanings in _foreign_names(knowledge, known).items():
        names.setdefault(key, meanings)
    for name, readings in knowledge.records.abbreviations:
        _add_abbreviation(names, words_of(name), readings, known)
    first_words: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for key in names:
        first_words[key[0]].append(key)
        for word in key:
            if len(word) > 3 and word.isalpha():
                words[word[0]].add(word)
    combinations = frozenset(
        frozenset(m.ingredients) for ms in names.values() for m in ms if len(m.ingredients) > 1
    )
    return NameIndex(
        names,
        {word: tuple(keys) for word, keys in first_words.items()},
        {letter: sorted(found) for letter, found in words.items()},
        combinations | {frozenset(p.ingredients) for p in knowledge.products.values()},
    )


def _held_names(knowledge: Knowledge) -> dict[tuple[str, ...], list[Meaning]]:
    names: defaultdict[tuple[str, ...], list[Meaning]] = defaultdict(list)

    def add(written: Iterable[str], meaning: Meaning) -> None:
        for name in written:
            if key := words_of(name):
                names[key].append(meaning)

    for ingredient in knowledge.ingredients.values():
        add((ingredient.name, *ingredient.synonyms), Meaning((ingredient.name,)))
    for name, parts in knowledge.records.combination_names:
        add([name], Meaning(parts))
    brands = {(p.brand, p.ingredients) for p in knowledge.products.values() if p.brand}
    for brand, parts in sorted(brands, key=str):
        add([brand or ""], Meaning(tuple(dict.fromkeys(parts)), brand=brand))
    for name, product_id in knowledge.records.aliases:
        parts = tuple(dict.fromkeys(knowledge.products[product_id].ingredients))
        add([name], Meaning(parts, product=product_id))
    return names


def _by_ingredient_name(names: Mapping[tuple[str, ...], tuple[Meaning, ...]]) -> dict[tuple[str, ...], str]:
    """Every name of one single ingredient, so that lists from elsewhere may call it by any of its names."""
    found = {}
    for key, meanings in names.items():
        singles = {
            m.ingredients
            for m in meanings
            if m.brand is None and m.product is None and len(m.ingredients) == 1
        }
        if len(singles) == 1:
            found[key] = singles.pop()[0]
    return found


def _resolved(parts: tuple[str, ...], known: Mapping[tuple[str, ...], str]) -> tuple[tuple[str, ...], bool]:
    resolved = tuple(known.get(words_of(p), "") for p in parts)
    return (resolved, True) if all(resolved) else (parts, False)


def _foreign_names(
    knowledge: Knowledge, known: Mapping[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[Meaning, ...]]:
    names: defaultdict[tuple[str, ...], list[Meaning]] = defaultdict(list)
    resolved: dict[tuple[str, ...], tuple[tuple[str, ...], bool]] = {}
    for name, parts in knowledge.records.other_names:
        if parts not in resolved:
            resolved[parts] = _resolved(parts, known)
        ingredients, is_held = resolved[parts]
        brand = None if (name,) == parts else name
        if key := words_of(name):
            names[key].append(Meaning(ingredients, brand=brand, is_held=is_held))
    return {key: tuple(found) for key, found in names.items()}


def _add_abbreviation(
    names: dict[tuple[str, ...], tuple[Meaning, ...]],
    key: tuple[str, ...],
    readings: tuple[tuple[str, ...], ...],
    known: Mapping[tuple[str, ...], str],
) -> None:
    meanings = []
    for parts in readings:
        ingredients, is_held = _resolved(parts, known)
        meanings.append(Meaning(ingredients, is_held=is_held, is_abbreviation=len(readings) > 1))
    if len(readings) > 1 or key not in names:
        names[key] = tuple(meanings)


def salts_in(words: Iterable[str]) -> set[str]:
    """The salts named among the words."""
    return {salt for word in words if (salt := salt_word(word))}
