"""The index of names: what each written name stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tallman.core.identify.confused import confused_words
from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.text import JOINERS, Token, ways_of, words_of
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import DIRECTIONS, LABELERS, NOISE, SALTS, salt_word
from tallman.core.knowledge import Knowledge

__all__ = ["RESERVED", "Meaning", "NameIndex", "index_of", "words_of"]

# Words that are no names, whatever brand may be called so.
RESERVED = frozenset(FORM_WORDS) | NOISE | LABELERS | DIRECTIONS | SALTS | frozenset(UNIT_WORDS)

_LONGEST = 8
_LONGEST_CLIPPED = 5
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


@dataclass(frozen=True, eq=False)
class NameIndex:
    """Written names (as tuples of lower-case words) and what they stand for.

    `openings` are beginnings of two words or more with the names they open, `first_words` the names that
    begin with a word, `words` every word of a name by its first letter, sorted, `supplies` what is no medicine;
    `endings` are names with the longer names that end with them, `wholes` the ingredients that are also named by their
    parts (amphetamine and dextroamphetamine: the mixed salts), `confused` the names of one word on record as mistaken
    for each other.
    """

    names: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    openings: Mapping[tuple[str, ...], list[tuple[str, ...]]] = field(repr=False)
    first_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    words: Mapping[str, list[str]] = field(repr=False)
    combinations: frozenset[frozenset[str]] = field(repr=False)
    supplies: frozenset[str] = frozenset()
    endings: Mapping[tuple[str, ...], list[tuple[str, ...]]] = field(default_factory=dict, repr=False)
    wholes: Mapping[frozenset[str], str] = field(default_factory=dict, repr=False)
    confused: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def at(self, tokens: list[Token], i: int) -> tuple[int, tuple[str, ...]] | None:
        """The longest name starting at token `i`: the position after it and its words.

        A name left unfinished ("Humalog Mix") is found as its opening, so that it is not taken for a shorter
        one.
        """
        words: list[str] = []
        best, opened = None, 0
        for j in range(i, min(len(tokens), i + 2 * _LONGEST)):
            token = tokens[j]
            if not (token.is_word or token.is_number):
                opened += (token.text == "(") - (token.text == ")")
                if token.text in _SKIPPED and words and opened >= 0:
                    continue
                break  # A bracket that closes ends a name: "(Mag-Ox) 400 mg".
            if token.text in JOINERS and words:
                continue
            words.append(token.text)
            key = tuple(words)
            if self._is_apart(key, tokens[j - 1], token):
                continue
            if key in self.names or (key in self.openings and _says_more(token) and not self._are_names(key)):
                best = (j + 1, key)
            elif len(words) > 1 and key not in self.openings:
                break
        return best if best and len(best[1]) > 1 else self._torn(tokens, i) or best

    def _is_apart(self, key: tuple[str, ...], before: Token, token: Token) -> bool:
        """Whether a number stands apart that belongs to the name of a supply: "DEX 4" is not yet Dex4."""
        held = self.names.get(key, ()) if token.is_number and before.end < token.start else ()
        return bool(held) and all(self.supplies.issuperset(m.ingredients) and (m.brand or " ").isalnum() for m in held)

    def _are_names(self, key: tuple[str, ...]) -> bool:
        """Whether the opening of a longer name is a row of names itself: "neomycin polymyxin b", said of others too."""
        return any(
            key[:i] in self.names and (key[i:] in self.names or self._are_names(key[i:])) for i in range(1, len(key))
        )

    def _torn(self, tokens: list[Token], i: int) -> tuple[int, tuple[str, ...]] | None:
        """A name of one word written in two: "hydro chlorothiazide", "gaba-pentin"."""
        j = i + 2 if i + 2 < len(tokens) and tokens[i + 1].text == "-" else i + 1
        if j >= len(tokens) or not (tokens[i].is_word and tokens[j].is_word):
            return None
        whole = tokens[i].text + tokens[j].text
        return (j + 1, (whole,)) if len(whole) > 6 and (whole,) in self.names else None

    def meanings(self, key: tuple[str, ...]) -> tuple[Meaning, ...]:
        """What a name stands for, or all that names opening with it stand for."""
        if key in self.names:
            return self.names[key]
        return tuple(dict.fromkeys(m for name in self.openings.get(key, ()) for m in self.names[name]))

    def in_order(self, key: tuple[str, ...], meaning: Meaning) -> Meaning:
        """A combination with its ingredients in the order in which its name has them: "codeine-guaifenesin".

        One part that is no name by itself is taken to be the one left over ("TMP-SMX"); else the order stays.
        """
        if meaning.brand or meaning.product or len(meaning.ingredients) < 2:
            return meaning
        found: list[str] = []
        i = 0
        while i < len(key):
            part, i = self._part(key, i, {*meaning.ingredients}.difference(found))
            found.append(part)
        left = {*meaning.ingredients}.difference(found)
        if len(left) == found.count("") == 1:
            found[found.index("")] = left.pop()
        return meaning if left else replace(meaning, ingredients=tuple(filter(None, found)))

    def _part(self, key: tuple[str, ...], i: int, wanted: set[str]) -> tuple[str, int]:
        """The ingredient whose name starts at `i` of a longer name, and where it ends; "" when none does."""
        for end in range(len(key), i, -1):
            for meaning in self.names.get(key[i:end], ()):
                if len(meaning.ingredients) == 1 and meaning.ingredients[0] in wanted:
                    return meaning.ingredients[0], end
        return "", i + 1

    def knows(self, word: str) -> bool:
        """Whether a word occurs in any name as it is written."""
        words = self.words.get(word[0], [])
        at = bisect_left(words, word)
        return at < len(words) and words[at] == word

    def family(self, word: str) -> tuple[Meaning, ...]:
        """What a word means that is only the beginning of longer names: "Humulin", "Toujeo"."""
        return tuple(dict.fromkeys(m for key in self.first_words.get(word, ()) for m in self.names[key]))

    def starting(self, stem: str) -> list[str]:
        """The words of names that begin with `stem`."""
        words = self.words.get(stem[0], [])
        return words[bisect_left(words, stem) : bisect_left(words, stem + "\uffff")]

    def beginning(self, stem: str) -> list[str]:
        """The first words of names that begin with `stem`."""
        return [w for w in self.starting(stem) if w in self.first_words]


def _says_more(token: Token) -> bool:
    """Whether a word could only be part of a longer name, being neither salt, number, form nor filler."""
    return token.is_word and token.text not in RESERVED and not salt_word(token.text)


@lru_cache(maxsize=4)
def index_of(knowledge: Knowledge) -> NameIndex:
    """The name index of a knowledge version, built once."""
    held = _held_names(knowledge)
    names: dict[tuple[str, ...], tuple[Meaning, ...]] = {k: tuple(dict.fromkeys(v)) for k, v in held.items()}
    known = _by_ingredient_name(names)
    families = _families(names)
    for key, meanings in _foreign_names(knowledge, known).items():
        own = {frozenset(m.ingredients) for m in meanings}
        family = families.get(key[0], ()) if len(key) == 1 else ()
        names.setdefault(key, meanings + tuple(m for m in family if frozenset(m.ingredients) not in own))
    for name, readings in knowledge.records.abbreviations:
        _add_abbreviation(names, words_of(name), readings, known)
    first_words: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    words: defaultdict[str, set[str]] = defaultdict(set)
    openings: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    endings: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in names:
        first_words[key[0]].append(key)
        for length in range(2, len(key)):
            openings[key[:length]].append(key)
        for length in range(1, len(key)):
            if key[-length:] in names:
                endings[key[-length:]].append(key)
        for word in key:
            if len(word) > 3 and word.isalpha():
                words[word[0]].add(word)
    combinations = frozenset(frozenset(m.ingredients) for ms in names.values() for m in ms if len(m.ingredients) > 1)
    return NameIndex(
        names,
        dict(openings),
        {word: tuple(keys) for word, keys in first_words.items()},
        {letter: sorted(found) for letter, found in words.items()},
        combinations | {frozenset(parts) for _, parts in knowledge.made_of},
        frozenset(i.name for i in knowledge.ingredients.values() if i.is_supply),
        dict(endings),
        _wholes(knowledge, names),
        confused_words(knowledge.records.lookalikes),
    )


def _wholes(knowledge: Knowledge, names: Mapping[tuple[str, ...], tuple[Meaning, ...]]) -> dict[frozenset[str], str]:
    """The ingredients one of whose names is a row of names of others, by those others."""

    def parts(key: tuple[str, ...], longest: int) -> frozenset[str]:
        for end in range(longest, 0, -1):
            singles = {m.ingredients[0] for m in names.get(key[:end], ()) if len(m.ingredients) == 1 and not m.brand}
            if len(singles) == 1:
                return parts(key[end:], len(key) - end) | singles
        return parts(key[1:], len(key) - 1) if key else frozenset()

    found = {}
    for ingredient in knowledge.ingredients.values():
        for name in ingredient.synonyms:
            key = words_of(name) if "/" in name or "-" in name else ()
            made_of = parts(key, len(key) - 1) - {ingredient.name}
            if len(made_of) > 1:
                found[made_of] = ingredient.name
    return found


def _families(names: Mapping[tuple[str, ...], tuple[Meaning, ...]]) -> dict[str, tuple[Meaning, ...]]:
    """What the brands on record that share a first word mean: "Humulin" alone says none of them."""
    families: defaultdict[str, dict[Meaning, None]] = defaultdict(dict)
    for key, meanings in names.items():
        if len(key) > 1:
            families[key[0]].update(dict.fromkeys(m for m in meanings if m.brand))
    return {word: tuple(found) for word, found in families.items()}


def _held_names(knowledge: Knowledge) -> dict[tuple[str, ...], list[Meaning]]:
    names: defaultdict[tuple[str, ...], list[Meaning]] = defaultdict(list)

    def add(written: Iterable[str], meaning: Meaning) -> None:
        for name in written:
            for key in ways_of(name):
                names[key].append(meaning)

    for ingredient in knowledge.ingredients.values():
        add((ingredient.name, *ingredient.synonyms), Meaning((ingredient.name,)))
    for name, parts in knowledge.records.combination_names:
        add([name], Meaning(parts))
    for brand, parts in sorted(knowledge.made_of, key=str):
        if brand:
            is_clipped = len(brand) < _LONGEST_CLIPPED and parts[0].startswith(brand.lower())  # "Doxy" of doxycycline
            add([brand], Meaning(tuple(dict.fromkeys(parts)), brand=None if is_clipped else brand))
    for meanings in names.values():
        if branded := {m.ingredients for m in meanings if m.brand}:
            meanings[:] = [m for m in meanings if m.brand or m.ingredients not in branded]
    for name, product_id in knowledge.records.aliases:
        parts = tuple(dict.fromkeys(knowledge.products[product_id].ingredients))
        add([name], Meaning(parts, product=product_id))
    return names


def _by_ingredient_name(names: Mapping[tuple[str, ...], tuple[Meaning, ...]]) -> dict[tuple[str, ...], str]:
    """Every name of one single ingredient, so that lists from elsewhere may call it by any of its names."""
    found = {}
    for key, meanings in names.items():
        singles = {m.ingredients for m in meanings if m.brand is None and m.product is None and len(m.ingredients) == 1}
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
    for name, parts in (*knowledge.records.other_names, *knowledge.records.former_names):
        if parts not in resolved:
            resolved[parts] = _resolved(parts, known)
        ingredients, is_held = resolved[parts]
        brand = None if (name,) == parts else name
        for key in ways_of(name):
            names[key].append(Meaning(ingredients, brand=brand, is_held=is_held))
    return {key: tuple(found) for key, found in names.items()}


def _add_abbreviation(
    names: dict[tuple[str, ...], tuple[Meaning, ...]],
    key: tuple[str, ...],
    readings: tuple[tuple[str, ...], ...],
    known: Mapping[tuple[str, ...], str],
) -> None:
    is_open = len(readings) > 1
    if is_open or key not in names:
        resolved = (_resolved(parts, known) for parts in readings)
        names[key] = tuple(Meaning(i, is_held=held, is_abbreviation=is_open) for i, held in resolved)
