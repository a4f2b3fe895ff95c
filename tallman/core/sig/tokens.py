"""Cut a direction into words, numbers and signs, every one with its place in the text.

Letters and digits never share a token ("1tab" is "1", "tab"; "q4h" is "q", "4", "h"), abbreviations lose their points
("b.i.d." is "bid"), accents and a plural in brackets are dropped ("tablet(s)" is "tablet"), words joined by a hyphen are
apart ("as-needed" is "as", "needed") unless they are the ends of a range ("Mon-Fri"). Only white space lies between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

__all__ = ["Token", "keys_of", "lower", "number", "tokenise"]

_FRACTIONS = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅛": Decimal("0.125"),
    "1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75"), "1/8": Decimal("0.125"),
    "3/2": Decimal("1.5"), "2/2": Decimal(1),
}  # fmt: skip

_TOKEN = re.compile(
    r"(?=\S)(?:"  # Else every blank would be tried on each of what follows.
    r"(?P<word>[a-zµμ]{2,}(?:'[a-z]+)?(?: ?\(e?s\))?)"
    r"|(?P<count>\d+(?= ?[a-z]))"  # what nearly every number is
    r"|(?=[\d.½¼¾⅛])(?:(?P<date>\b(?:(?:0?\d|1[0-2])[/-](?:[0-2]?\d|3[01])|(?:[0-2]?\d|3[01])[/-](?:0?\d|1[0-2]))[/-](?:20)?\d{2}\b(?![/-]\d)|\b20\d\d-\d\d-\d\d\b)"
    r"|(?P<clock>\b(?:[01]?\d|2[0-3]):[0-5]\d(?::00)?(?!\d)(?!\s*[/\d]))"
    r"|(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,/-])\d{1,3}(?: 000)+(?![\d.,/])"
    r"|(?<!\d)\d{1,2}[ -](?:1/[248]|3/[24])(?![\d/])|\d+\s?[½¼¾⅛]|[½¼¾⅛]|(?:1/[248]|3/[24])(?![\d/])"
    r"|\d+\.\d+|(?<![\d.])(?<!\bq)\.\d+|\d+))"
    r"|(?P<abbr>\bq\.(?=[\s\d])|[^\W\d_](?:\.[^\W\d_]){1,3}(?:\.|(?![^\W_])))"
    r"|(?P<hyphen>(?<=[^\W\d_])-(?=[^\W\d_]))"
    r"|(?P<letter>[^\W\d_]+(?:'[^\W\d_]+)?)"
    r"|(?P<sign>[^\s]))"
)
_PLAIN = str.maketrans("’‘´`áàâäéèêëíìîïóòôöúùûüñçº", "''''aaaaeeeeiiiioooouuuunc°")
_RANGES = tuple(
    frozenset(words.split())
    for words in (
        "m t w th f s su tu sa mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday",
        "am pm hs", "once twice", "qd daily bid tid qid od bd tds qds", "h hr hrs q", "one two three four five six seven eight nine ten", "i ii iii iv",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
)  # fmt: skip


class Token(NamedTuple):
    """One word, number or sign: `key` is what the vocabulary knows it by, `value` its number if it is one."""

    key: str
    start: int
    end: int
    value: Decimal | None = None


_KEY = itemgetter(0)


def keys_of(tokens: Iterable[Token]) -> list[str]:
    """What the vocabulary knows each of them by."""
    return list(map(_KEY, tokens))


_token = tuple.__new__
"""A `Token` from a tuple of its parts: in this loop the time counts."""


def lower(text: str) -> str:
    """`text` in lower case without accents and of the same length (a few letters of other scripts grow when lowered)."""
    small = text.lower()
    if small.isascii():
        return small
    if len(small) != len(text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return small.translate(_PLAIN)


_known_numbers: dict[str, Decimal] = {str(n): Decimal(n) for n in range(1001)}


def number(text: str) -> Decimal | None:
    """The value of a number as written: "1,000", ".5", "1 1/2", "1-1/2", "½"."""
    found = _known_numbers.get(text) or _FRACTIONS.get(text)
    if found is not None:
        return found
    if text[-1] in "½¼¾⅛":
        return Decimal(text[:-1].strip()) + _FRACTIONS[text[-1]]
    if "/" in text:
        whole, fraction = re.split(r"\s*-\s*|\s+", text, maxsplit=1)
        part = _FRACTIONS.get(fraction)
        return None if part is None else Decimal(whole) + part
    return Decimal(text.replace(",", "").replace(" ", ""))


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order; only white space and the hyphens within words lie between them.

    >>> [t.key for t in tokenise("1tab p.o. q4-6h as-needed")]
    ['1', 'tab', 'po', 'q', '4', '-', '6', 'h', 'as', 'needed']
    """
    small = lower(text)
    tokens: list[Token] = []
    hyphens: list[int] = []
    add = tokens.append
    for match in _TOKEN.finditer(small):
        kind = match.lastgroup
        start, end = match.span()
        found, value = small[start:end], None
        if kind == "word":
            if found[-1] == ")":
                found = found.partition("(")[0].rstrip()
        elif kind in ("count", "num"):
            value = _known_numbers.get(found) or number(found)
        elif kind == "clock":
            found = found[:5].rstrip(":")
        elif kind == "abbr":
            found = found.replace(".", "")
        elif found == ">" and tokens and tokens[-1].key == "-" and tokens[-1].end == start:
            found, start = "then", tokens.pop().start  # "tid x 3 d -> bid x 3 d"
        elif found == "°" and len(tokens) > 1 and tokens[-1].value is not None:
            found = "h" if _is_every(tokens, len(tokens) - 1) else found  # "q4-6°"
        elif kind == "hyphen":
            hyphens.append(len(tokens))
        add(_token(Token, (found, start, end, value)))
    for at in reversed(hyphens):
        if not _is_range(tokens, at):
            del tokens[at]
    if "h2o" in small:
        _name_water(tokens)
    if "h." in small and "q." in small:
        _drop_points_of_hours(tokens, text)
    return tokens


def _name_water(tokens: list[Token]) -> None:
    """ "H2O" is one word: water."""
    for i in range(len(tokens) - 3, -1, -1):
        if [t.key for t in tokens[i : i + 3]] == ["h", "2", "o"]:
            tokens[i : i + 3] = [Token("water", tokens[i].start, tokens[i + 2].end)]


def _is_every(tokens: list[Token], at: int) -> bool:
    """Whether the number at `at`, or the range that ends there, stands behind "q"."""
    while at > 0 and (tokens[at].value is not None or tokens[at].key in ("-", "to")):
        at -= 1
    return tokens[at].key == "q"


def _drop_points_of_hours(tokens: list[Token], text: str) -> None:
    """The point behind "q.12 h." ends no sentence, unless a capital follows."""
    for at in range(len(tokens) - 1, 2, -1):
        if tokens[at].key == "." and tokens[at - 1].value is not None and text[tokens[at].end :][:2].lower() == "h.":
            if _is_every(tokens, at - 1):
                del tokens[at]  # "q.6.h."
            continue
        if tokens[at].key != "." or tokens[at - 1].key != "h" or tokens[at - 2].key == ".":
            continue
        if tokens[at - 2].value is None:
            continue
        behind = text[tokens[at].end :].lstrip()[:1]
        if _is_every(tokens, at - 2) and (not behind.isupper() or text.isupper()):
            del tokens[at]


def _is_range(tokens: list[Token], at: int) -> bool:
    """Whether the hyphen at `at` stands between two ends: two weekdays, two counts."""
    before, after = tokens[at - 1].key, tokens[at + 1].key if at + 1 < len(tokens) else ""
    return any(before in words and after in words for words in _RANGES)
