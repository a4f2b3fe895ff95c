"""The pieces of a written medicine: words, numbers and signs, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["JOINERS", "Token", "number", "plain_words", "tidied", "tokenize", "ways_of", "with_digits", "words_of"]

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|0,\d+|\d+,\d{1,2}(?![\d.])|\d*\.\d+|\d+"
_WORD = r"(?:(?:tb|tr|cp|pt)(?:12|24|72)|so4)(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)?"
_TOKEN = re.compile(rf"({_NUMBER})|({_WORD})|([^\w\s]|_)", re.IGNORECASE)
# "10 mgtab", "5 mlsusp": a unit with the dose form grown on to it.
_GROWN = re.compile(
    r"(mcg|mg|ml|meq|gm|units?|iu)(tabs?|tablets?|caps?|capsules?|er|xr|xl|sr|dr|ec|odt|susp|soln|sol|inj|hfa|po)$"
)
# "l0sartan": a nought between letters was meant as one.
_ZERO_FOR_O = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_]{2})")
# "2O mg", "3OO": a letter behind a digit was meant as a nought, where nothing but a unit follows.
_O_FOR_ZERO = re.compile(
    r"(?<![^\W_])\d[\d.]*[Oo]+(?=\s*(?:m[cg]g?|g|meq|units?|iu|ml|%|$|\s|[/-]\s?\d))", re.IGNORECASE
)
# "3.I25": a small L or a capital I behind a decimal point was meant as a one. Before one it may also be a stroke.
_ONE_FOR_L = re.compile(r"(?<=\d\.)[lI](?=\d)")
# "l0 mg", "O.5 mg", "8l mg": where nothing is left without the letter, or a unit follows that no liter has.
_ONE_BEFORE_NOUGHT = re.compile(r"(?<![\w.,])[lI](?=[0Oo]+\s?(?i:m[cg]g?|meq|units?|iu)\b)")
_NOUGHT_BEFORE_POINT = re.compile(r"(?<![\w.,])[Oo](?=\.\d)")
_ONE_BEFORE_UNIT = re.compile(r"(?<![\w.,])(\d{1,3})[lI](?=\s(?i:m[cg]g?|meq|units?|iu)\b)")
# What is written beside a strength and is none: the doses a pen can give, the number in an insulin's or a patch's name,
# how a capsule or a depot lets its dose go.
_BESIDE = re.compile(
    r"\(?,?\s{0,3}\b[\d.]+\s{0,3}(?:mg)?\s{0,3}or\s{0,3}[\d.]+\s{0,3}mg(?:\s{0,3}/\s{0,3}dos(?:e)?\b,?\)?|(?=\s{0,3}\())|"
    r"\([\d.]+\s{0,3}(?:mg)?\s{0,3}or\s{0,3}[\d.]+\s{0,3}(?:mg)?\s{0,3}doses?\)|"
    r"(?<=mg)\s{0,3}PE\b|\b\d\d/\d\d(?=\s{1,3}release\b)|\b\d-month\b|\bU-?(?:100|200|300|500)\b(?=.*\bunits?\s{0,3}/\s{0,3}ml)|"
    r"(?<=ml)\s{0,3}\(\s{0,3}[\d.]+\s{0,3}mg\s{0,3}/?\s{0,3}dose\s{0,3}\)|"
    r"\(?(?<![\d.])[\d.]+(?:\s?-\s?[\d.]+)?\s{0,3}mg\s{0,3}/\s{0,3}dose?\b\)?(?=[^\d]{0,12}[\d.]+\s{0,3}mg\s{0,3}/\s{0,3}[\d.]+\s{0,3}ml\b)|"
    r"\(\d\d\)\s?/\s?75\s?(?:mg)?\s?\(\d\)|"
    r"\b(?:DVT|VTE)\s?(?:/|&|-|and|or)\s?PE\b|\bPE\s?(?:/|&|-|and|or)\s?(?:DVT|VTE)\b|"
    r"\(?\b(?:1|0?\.5|half|one)[\s-]{0,3}unit[\s-]{1,3}dial\b\)?",
    re.IGNORECASE,
)
# "0.25-35 mg-mcg", "100000-0.1 UNIT/GM-%": two amounts with their units behind them.
_PAIRED_UNITS = re.compile(
    r"(?<![\d.])([\d.]+)\s*-\s*([\d.]+)\s*(m[cg]g?|units?/gm|units?/ml|%)-(m[cg]g?\b|%)", re.IGNORECASE
)
_LETTERS_APART = re.compile(r"\b(?:[A-Za-z]-)+[A-Za-z]\b")
JOINERS = frozenset({"/", "-", "+", "&", "and", "with", "w"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word (lower case, without accents), a number or a sign at `start`:`end` of the text."""

    text: str
    start: int
    end: int
    is_number: bool = False
    is_word: bool = False


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("’", "'")


def tokenize(text: str) -> list[Token]:
    """Every piece of the text but white space; digits and letters that touch are taken apart ("25mg").

    >>> [t.text for t in tokenize("Tylenol #3, 25mgtab")]
    ['tylenol', '#', '3', ',', '25', 'mg', 'tab']
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(_ZERO_FOR_O.sub("o", text)):
        tokens.extend(_tokens_of(match, after_number=bool(tokens) and tokens[-1].is_number))
    return tokens


def _tokens_of(match: re.Match[str], *, after_number: bool) -> Iterator[Token]:
    start, end = match.span()
    if match[1]:
        yield Token(match[1], start, end, is_number=True)
        return
    word = _plain(match[0])
    grown = _GROWN.match(word) if after_number and match[2] else None
    if grown:
        yield Token(grown[1], start, start + len(grown[1]), is_word=True)
        yield Token(grown[2], start + len(grown[1]), end, is_word=True)
    else:
        yield Token(word, start, end, is_word=bool(match[2]))


def tidied(text: str) -> str:
    """The text without what stands beside a strength and is none, each unit behind its own amount; places in it stay.

    >>> tidied("norgestimate-ethinyl estradiol 0.25-35 mg-mcg tab")
    'norgestimate-ethinyl estradiol 0.25 mg-35 mcg tab'
    """
    text = _BESIDE.sub(lambda m: " " * len(m[0]), text)
    return _PAIRED_UNITS.sub(lambda m: f"{m[1]} {m[3]}-{m[2]} {m[4]}".ljust(len(m[0])), text)


def with_digits(text: str) -> str:
    """The text with letters in numbers as the noughts and ones they may be.

    >>> with_digits("gabapentin 3OO mg"), with_digits("carvedilol 3.I25 mg"), with_digits("lO mg, 8l mg, O.5 mg")
    ('gabapentin 300 mg', 'carvedilol 3.125 mg', '10 mg, 81 mg, 0.5 mg')
    """
    text = _NOUGHT_BEFORE_POINT.sub("0", _ONE_BEFORE_NOUGHT.sub("1", _ONE_BEFORE_UNIT.sub(r"\g<1>1", text)))
    return _O_FOR_ZERO.sub(lambda m: m[0].lower().replace("o", "0"), _ONE_FOR_L.sub("1", text))


_JUNIORS = {"jr": "junior", "junior": "jr"}


def _letters_together(text: str) -> str:
    """The text with single letters that hyphens keep apart written together.

    >>> _letters_together("Bicillin L-A")
    'Bicillin LA'
    """
    return _LETTERS_APART.sub(lambda m: m[0].replace("-", ""), text)


def plain_words(text: str) -> list[str]:
    """The words and numbers of a text as `tokenize` writes them, without their places."""
    if text.isascii():
        text = text.lower()
        return [m[0] for m in _TOKEN.finditer(text) if m.lastindex != 3]
    return [_plain(m[0]) for m in _TOKEN.finditer(text) if m.lastindex != 3]


def words_of(name: str) -> tuple[str, ...]:
    """A name as the index writes it: its words and numbers without signs and joining words."""
    if name.isascii() and name.isalpha():
        return (name.lower(),)
    words = plain_words(name)
    return tuple(w for i, w in enumerate(words) if i == 0 or w not in JOINERS)


def ways_of(name: str) -> list[tuple[str, ...]]:
    """The ways in which a name is written: as it is, with its single letters together ("Tums EX" of Tums E-X), and
    with "Jr" written out or short."""
    ways = [name, _letters_together(name)] if "-" in name else [name]
    keys = [key for way in ways if (key := words_of(way))]
    keys += [tuple(_JUNIORS.get(word, word) for word in key) for key in keys]
    return list(dict.fromkeys(keys))


def number(token: Token) -> Decimal:
    """The value of a number token: "1,000" is a thousand, "0,5" a half, "2,5" two and a half."""
    whole, comma, rest = token.text.partition(",")
    is_decimal_comma = comma and (whole == "0" or len(rest) < 3)
    return Decimal(f"{whole}.{rest}" if is_decimal_comma else token.text.replace(",", ""))
