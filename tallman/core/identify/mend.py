"""Words put right before names are looked for: grown together, cut off or misspelt where the words beside prove it."""

from __future__ import annotations

import itertools
from dataclasses import replace

from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.names import RESERVED, Meaning, NameIndex
from tallman.core.identify.spelling import Near, near
from tallman.core.identify.text import JOINERS, Token
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import MODIFIERS, SALTS, salt_word

__all__ = ["covering", "letters_for_digits", "mended", "spelled_out", "taken_apart", "turned"]

_SHORTEST_HEAD, _INVERTED = 4, 3
_LETTERS = {"1": "li", "0": "o", "5": "s", "8": "b"}
_METALS = {
    "na": "sodium", "sod": "sodium", "k": "potassium", "pot": "potassium", "potass": "potassium", "ca": "calcium",
    "calc": "calcium", "mag": "magnesium", "magn": "magnesium", "mg": "magnesium", "fe": "ferrous", "zn": "zinc",
}  # fmt: skip
_SALTS_OF_METALS = {
    "cl": "chloride", "chl": "chloride", "chlor": "chloride", "ox": "oxide", "bicarb": "bicarbonate",
    "hydrox": "hydroxide", "gluc": "gluconate", "fum": "fumarate",
}  # fmt: skip


def letters_for_digits(tokens: list[Token], index: NameIndex) -> list[Token]:
    """The tokens with a digit that was meant as a letter put back into the word it stands in: "Lisinopri1", "na1oxone".

    Only where that makes a word of a name.
    """
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        for run in (tokens[i : i + n] for n in (5, 4, 3, 2)):
            if word := _with_letters(run, index):
                found.append(replace(run[0], text=word, end=run[-1].end, is_number=False, is_word=True))
                i += len(run)
                break
        else:
            found.append(tokens[i])
            i += 1
    return found


def _with_letters(run: list[Token], index: NameIndex) -> str | None:
    touch = all(one.end == other.start for one, other in itertools.pairwise(run))
    if len(run) < 2 or not touch or not 0 < [t.is_number for t in run].count(True) <= len(run) // 2:
        return None
    if run[0].is_number and run[1].text in UNIT_WORDS:
        return None  # "1dose/0.5ml"
    choices = [_LETTERS.get(t.text, "") if t.is_number else [t.text] for t in run]
    words = ["".join(parts) for parts in itertools.product(*choices)]
    known = [word for word in words if len(word) > _SHORTEST_HEAD and index.knows(word)]
    is_inside = (
        len(run) == len("x1x")
        and run[1].is_number
        and not any(t.text in RESERVED or (t.text,) in index.names for t in run)
    )
    return known[0] if len(known) == 1 else words[0] if words and is_inside and len(run[2].text) > 1 else None


def taken_apart(tokens: list[Token], index: NameIndex) -> list[Token]:
    """The tokens with names set free that have grown into the word after them: "methotrexatesodium", "metforminer"."""
    apart: list[Token] = []
    for token in tokens:
        is_word = token.is_word and len(token.text) > 5 and token.end - token.start == len(token.text)
        is_name = token.text in RESERVED or bool(index.starting(token.text)) if is_word else True
        cut = None if is_name else _joint(token.text, index)
        if cut is None:
            apart.append(token)
            continue
        middle = token.start + cut
        apart.append(replace(token, text=token.text[:cut], end=middle))
        apart.append(replace(token, text=token.text[cut:], start=middle))
    return apart


def turned(tokens: list[Token], index: NameIndex) -> list[Token]:
    """The tokens with a name that opens the text with its last word first put in order: "acid, folic"."""
    if len(tokens) < _INVERTED or tokens[1].text != "," or (tokens[2].text, tokens[0].text) not in index.names:
        return tokens
    last, _, first = tokens[:_INVERTED]
    before, behind = replace(last, text=first.text), replace(first, text=last.text)
    return [before, behind, *tokens[_INVERTED:]]


def spelled_out(tokens: list[Token], index: NameIndex) -> list[Token]:
    """The tokens with a shortened metal and its salt in full where that is a name: "na chloride", "pot acet"."""
    found = list(tokens)
    for i, (one, other) in enumerate(itertools.pairwise(tokens)):
        metal = one.text if one.text in _METALS.values() else _METALS.get(one.text)
        salt = _SALTS_OF_METALS.get(other.text) or salt_word(other.text) or other.text
        if not metal or (i and tokens[i - 1].is_number) or (one.text, other.text) in index.names:
            continue
        if (metal, salt) in index.names or (metal, salt) in index.openings:
            found[i], found[i + 1] = replace(one, text=metal), replace(other, text=salt)
    return found


def _joint(word: str, index: NameIndex) -> int | None:
    """Where a word falls into a name and a salt, a word of form or the next word of the name; None when nowhere."""
    for cut in range(len(word) - 1, _SHORTEST_HEAD - 1, -1):
        head, rest = word[:cut], word[cut:]
        if rest == head[-1]:
            continue  # "Novolinn R" is no "Novolin N".
        if (head, rest) in index.names or (head, rest) in index.openings:
            return cut
        if (head,) in index.names and len(rest) > 1 and _may_follow(head, rest, index):
            is_slip = (rest,) in index.names or len(rest) == 2
            is_one = is_slip and not salt_word(rest) and _is_nearer(word, head, index)
            return None if is_one else cut  # "ciprofloxin" is no "Cipro Floxin", "ceftinir" no "Ceftin IR".
    return _before_salt(word, index)


def _is_nearer(word: str, head: str, index: NameIndex) -> bool:
    """Whether a word is nearly another name than the one it begins with."""
    return any(not n.word.startswith(head) and head != n.word for n in near(word, index, RESERVED))


def _before_salt(word: str, index: NameIndex) -> int | None:
    """Where the salt begins that a misspelt name has grown into: "methotrexatsodium"; not of what is a name itself."""
    for cut in range(_SHORTEST_HEAD + 1, len(word) - _SHORTEST_HEAD):
        if word[cut:] in SALTS:
            return None if near(word, index, SALTS) else cut
    return None


def _may_follow(head: str, rest: str, index: NameIndex) -> bool:
    if salt_word(rest) or rest in FORM_WORDS:
        return True
    if rest in MODIFIERS:
        return any(m.brand for m in index.names[(head,)])
    return len(rest) > 3 and (rest,) in index.names


def mended(tokens: list[Token], index: NameIndex) -> tuple[list[Token], dict[int, int]]:
    """The tokens with misspelt or shortened words put right where the words beside them prove it.

    "potassuim chloride", "insulin reg": one name alone has both words.
    Also says how many slips each such word had.
    """
    slips: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if not token.is_word or len(token.text) < 3 or index.knows(token.text) or token.text in RESERVED:
            continue
        if any(end - first > 1 for (first, end), _ in covering(tokens, i, index)):
            continue
        proved: dict[str, tuple[int, frozenset[str]]] = {}
        longer = [Near(w, 0 if w == salt_word(token.text) else 1) for w in index.starting(token.text)]
        nearby = near(token.text, index, RESERVED)
        if nearby and (nearby[0].word,) in index.names:  # "glutamiie 500" is glutamine before it is Glutamic-500.
            nearby = [n for n in nearby if n.distance == nearby[0].distance]
        for candidate in [*longer, *nearby]:
            corrected = [*tokens[:i], replace(token, text=candidate.word), *tokens[i + 1 :]]
            for (first, end), meaning in covering(corrected, i, index):
                beside = [t for j, t in enumerate(tokens[first:end], first) if j != i and t.is_word]
                if beside and not any(candidate.distance > d for d, _ in proved.values()):
                    proved[candidate.word] = (candidate.distance, frozenset(meaning.ingredients))
        if len({parts for _, parts in proved.values()}) == 1:
            word, (distance, _) = next(iter(proved.items()))
            tokens = [*tokens[:i], replace(token, text=word), *tokens[i + 1 :]]
            slips[i] = distance
    return tokens, slips


def covering(tokens: list[Token], i: int, index: NameIndex) -> list[tuple[tuple[int, int], Meaning]]:
    """Where the names stand that a word is part of, and what they mean; what a family of brands means where none is."""
    for first in range(max(0, i - 5), i + 1):
        if not (tokens[first].is_word or tokens[first].is_number):
            continue
        hit = index.at(tokens, first)
        if hit and hit[0] > i:
            return [((first, hit[0]), m) for m in index.meanings(hit[1])]
    if i + 1 < len(tokens) and tokens[i + 1].is_word and not is_settled(tokens[i + 1]):
        return []  # Another word follows than those of the family.
    family = index.family(tokens[i].text)
    return [((i, i + 1), m) for m in family if m.brand or len(m.ingredients) == 1]


def is_settled(token: Token) -> bool:
    """Whether a word is a salt, or a word of form, direction or filling, that can be no part of a name."""
    return token.text in RESERVED or token.text in JOINERS or bool(salt_word(token.text))
