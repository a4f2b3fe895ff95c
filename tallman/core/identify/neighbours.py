"""A word that could not be read beside a name: it may make another medicine of it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from tallman.core.identify.hit import SHORT, Hit
from tallman.core.identify.names import NameIndex, words_of
from tallman.core.identify.spelling import slips
from tallman.core.identify.text import Token
from tallman.core.identify.vocabulary import SALTS, salt_word

__all__ = ["doubt_of", "every_word", "salted_otherwise"]

_SHORTEST, _SHARED = 4, 4
_BETWEEN = frozenset("-/+&")
_METALS = frozenset({"sodium", "potassium", "calcium", "magnesium", "zinc"})
_REACH = 2
"""How many words after a name one may still belong to it: "glycol 3350 wiht electrolytes"."""


def doubt_of(tokens: list[Token], i: int, hits: list[Hit], index: NameIndex) -> str | None:
    """Why the unread word at `i` leaves the names of the text open; None when it does not."""
    word = tokens[i].text
    before = [h for h in hits if h.end <= i and _is_near(tokens, h.end, i)]
    after = [h for h in hits if 0 < h.first - i <= _REACH]
    makes_another = (
        any(_may_end_a_name(word, h, tokens, i, index) or _may_begin_a_name(word, h, tokens, index) for h in after)
        or any(_may_stand_within(word, h, tokens, i, index) for h in after)
        or any(_may_go_on(h, tokens, i, index) or _goes_on_beyond(h, tokens, i, index) for h in before)
        or any(_may_be_misread(h, tokens, i, index) for h in before)
    )
    if makes_another:
        return f"{word!r} could not be read and may make it another medicine"
    if any(_is_of_a_family(h, tokens, i, index) for h in before):
        return f"{word!r} could not be read, and others of that brand hold something else"
    if _is_salted(tokens, i) or _may_be_a_part(word, hits, index, is_beside=bool(before or after)):
        return f"{word!r} could not be read and may be a second ingredient"
    return None


def _is_near(tokens: list[Token], end: int, i: int) -> bool:
    between = [t for t in tokens[end:i] if not salt_word(t.text) and t.text not in _BETWEEN]
    return len(between) < _REACH and not any(t.is_number for t in between)


def _may_end_a_name(word: str, hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether a longer name of something else ends with this one: "hepatitis B immune globulin", "mrcaine with …"."""
    names = (name for key in _keys(hit, tokens) for name in index.endings.get(key, ()))
    longer = [(name, {*m.ingredients}) for name in names for m in index.names[name]]
    if hit.first == i + 1 and any(hit.ingredients.isdisjoint(parts) for _, parts in longer):
        return True
    return any(parts != hit.ingredients and _is_like(word, name[0]) for name, parts in longer)


def _may_begin_a_name(word: str, hit: Hit, tokens: list[Token], index: NameIndex) -> bool:
    """Whether the word begins a name that goes on with nearly this one: "acetic axid"."""
    key = _words(hit, tokens)
    longer = index.first_words.get(word, ())
    return len(key) == 1 and any(len(name) > 1 and _is_like(key[0], name[1]) for name in longer)


def _may_go_on(hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether a longer name of something else goes on with nearly this word: "selenium sulfde"."""
    like = [
        name
        for key in _keys(hit, tokens)
        for name in (index.openings.get(key, ()) if len(key) > 1 else index.first_words.get(key[0], ()))
        if len(name) > len(key) and _is_like(tokens[i].text, name[len(key)])
    ]
    return bool(like) and all({*m.ingredients} != hit.ingredients for name in like for m in index.names[name])


def _goes_on_beyond(hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether the word after the unread one stands in its place in a longer name of something else: "omega-3 acd ethyl
    esters"."""
    if i != hit.end or i + 1 >= len(tokens) or len(tokens[i + 1].text) < _SHORTEST:
        return False
    key = _words(hit, tokens)
    longer = index.openings.get(key, ()) if len(key) > 1 else index.first_words.get(key[0], ()) if key else ()
    place = len(key) + 1
    others = [name for name in longer if name[place : place + 1] == (tokens[i + 1].text,)]
    return any({*m.ingredients} != hit.ingredients for name in others for m in index.names[name])


def _may_stand_within(word: str, hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether what was read as a name left unfinished may be the rest of another: "slt cedar pollen extract"."""
    if hit.first != i + 1 or any(o.kind != SHORT for o in hit.options):
        return False
    others = _by_second_word(index).get(tokens[hit.first].text, ())
    like = [name for name in others if slips(word, name[0]) <= len(name[0]) // 2]
    return any({*m.ingredients} != hit.ingredients for name in like for m in index.names[name])


def salted_otherwise(tokens: list[Token], hit: Hit, index: NameIndex) -> str | None:
    """Why a misspelt name with a salt is doubted: another that has that salt is near ("fergos fumarate")."""
    if hit.end - hit.first != 1 or hit.end >= len(tokens) or tokens[hit.end].text not in SALTS:
        return None
    word, salt = tokens[hit.first].text, tokens[hit.end].text
    others = [name for name in _by_second_word(index).get(salt, ()) if 0 < slips(word, name[0]) <= _REACH]
    if any({*m.ingredients} != hit.ingredients for name in others for m in index.names[name]):
        return f"{word!r} is not written out, and other names with {salt} are as near"
    return None


def _may_be_misread(hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether a slip in the name makes it the beginning of another that ends with this word: "mino acids"."""
    key = _words(hit, tokens)
    if len(key) != 1 or i != hit.end:
        return False
    others = [name for name in _by_second_word(index).get(tokens[i].text, ()) if slips(name[0], key[0]) == 1]
    return any({*m.ingredients} != hit.ingredients for name in others for m in index.names[name])


def _is_of_a_family(hit: Hit, tokens: list[Token], i: int, index: NameIndex) -> bool:
    """Whether the word behind a brand is remotely one of a longer name that holds something else, the more remotely
    where no strength is said: "Aquaphor daip rash"."""
    key, word = _words(hit, tokens), tokens[i].text
    if i != hit.end or len(word) < _SHORTEST - 1:
        return False
    part = 3 if any(t.is_number for t in tokens[hit.end :]) else 2  # A strength says more than nothing.
    longer = index.openings.get(key, ()) if len(key) > 1 else index.first_words.get(key[0], ()) if key else ()
    following = {t.text for t in tokens[i : i + _REACH]}
    like = [
        name
        for name in longer
        if len(name) > len(key)
        and (name[len(key)] in following or slips(word, name[len(key)]) <= max(1, len(name[len(key)]) // part))
    ]
    brands = [m for name in like for m in index.names[name] if m.brand]
    return all(o.meaning.brand for o in hit.options) and any({*m.ingredients} != hit.ingredients for m in brands)


def _is_salted(tokens: list[Token], i: int) -> bool:
    """Whether a salt follows the word, or it is nearly one of the metal before: "cade phosphate", "zinc oxde"."""
    if i + 1 < len(tokens) and tokens[i + 1].text in SALTS and len(tokens[i].text) >= _SHORTEST:
        return True
    is_metal = i > 0 and tokens[i - 1].text in _METALS
    return is_metal and any(slips(tokens[i].text, salt) <= 1 for salt in SALTS)


def _keys(hit: Hit, tokens: list[Token]) -> set[tuple[str, ...]]:
    """The name as it is written, and as it would be without a slip."""
    meant = {words_of(m) for o in hit.options for m in (*o.meaning.ingredients[:1], o.meaning.brand or "")}
    return {_words(hit, tokens), *meant} - {()}


def _words(hit: Hit, tokens: list[Token]) -> tuple[str, ...]:
    return tuple(t.text for t in tokens[hit.first : hit.end] if t.is_word or t.is_number)


def _may_be_a_part(word: str, hits: list[Hit], index: NameIndex, *, is_beside: bool) -> bool:
    """Whether it is nearly a name of what the others are combined with: "ibuprofen pseudowph"; further away, only where
    it is very nearly one."""
    named = frozenset(n for h in hits for n in h.options[0].meaning.ingredients)
    others = {n for parts in index.combinations if named < parts for n in parts - named}
    names = {name for n in others for name in _first_words(index).get(n, ())}
    return any(_is_like(word, name) if is_beside else _is_nearly(word, name) for name in names)


def _is_like(word: str, name: str) -> bool:
    if min(len(word), len(name)) < _SHORTEST:
        return False
    return word[:_SHARED] == name[:_SHARED] or slips(word, name) <= len(name) // 3


def _is_nearly(word: str, name: str) -> bool:
    return min(len(word), len(name)) > _SHORTEST and slips(word, name) <= len(name) // 4


@lru_cache(maxsize=4)
def every_word(index: NameIndex) -> frozenset[str]:
    """Every word that is a part of a name."""
    return frozenset(word for key in index.names for word in key)


@lru_cache(maxsize=4)
def _by_second_word(index: NameIndex) -> dict[str, list[tuple[str, ...]]]:
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in index.names:
        if len(key) > 1:
            found[key[1]].append(key)
    return dict(found)


@lru_cache(maxsize=4)
def _first_words(index: NameIndex) -> dict[str, frozenset[str]]:
    """The first words of the names of each ingredient."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, meanings in index.names.items():
        for meaning in meanings:
            if len(meaning.ingredients) == 1 and not meaning.brand:
                found[meaning.ingredients[0]].add(key[0])
    return {name: frozenset(words) for name, words in found.items()}
