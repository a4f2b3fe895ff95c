"""Numbers that count something and are no strength: "#30", "x 7 days", "2-Pak", the 600 mg of "3 tabs = 600 mg"."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.identify.text import Token, number
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import LABELERS, words

__all__ = ["MOST_TOGETHER", "counts_pieces", "is_count", "text_at"]

_NOT_A_STRENGTH = frozenset(
    {"#", "q", "x", "qty", "quantity", "disp", "dispense", "refill", "refills", "rf", "every", "no"}
)
_PACKS, _MOST_PACKED = words("pak paks pack packs pk pks"), 7
_COUNTS = words("days day times ct count x week weeks wks refills refill months st nd rd th s ea each")
_MEASURES = frozenset({"mg", "mcg", "g", "gm", "unit", "units", "iu", "meq", "%", "unt"})
_DAYS_OF_A_PACK = (21, 28, 84, 91)
MOST_TOGETHER = 4
"""So many tablets are taken at once; a greater number is rather the strength or the quantity."""


def text_at(tokens: list[Token], i: int) -> str:
    """The text of a token, nothing where there is none."""
    return tokens[i].text if 0 <= i < len(tokens) else ""


def counts_pieces(tokens: list[Token], i: int) -> bool:
    """Whether the number at `i` may count tablets that are taken at once: "Tylenol 2 tabs", not "Tylenol #2"."""
    is_few = (
        tokens[i].is_number and number(tokens[i]) <= MOST_TOGETHER and text_at(tokens, i - 1) not in _NOT_A_STRENGTH
    )
    return is_few and UNIT_WORDS.get(text_at(tokens, i + 1)) in ("tablet", "capsule")


def is_count(tokens: list[Token], i: int, follows_name: bool) -> bool:
    """Whether the number at `i` counts something else than the strength."""
    before = text_at(tokens, i - 2) if text_at(tokens, i - 1) in (":", ".") else text_at(tokens, i - 1)
    if _is_total(tokens, i) or _is_by_weight(tokens, i) or _is_of_package(tokens, i):
        return True
    if _is_piece(tokens, i):
        return False
    if follows_name and text_at(tokens, i + 1) == ")" and number(tokens[i]) in _DAYS_OF_A_PACK:
        return True  # "(SPRINTEC 28)"
    if text_at(tokens, i + 1) == "p":  # "Symbicort 160 2p bid"
        return number(tokens[i]) <= MOST_TOGETHER
    if text_at(tokens, i + 1) in _MEASURES:
        return False
    if _PACKS.intersection((text_at(tokens, i + 1), text_at(tokens, i + 2))) and number(tokens[i]) < _MOST_PACKED:
        return not (i > 1 and tokens[i - 2].is_number)  # "EpiPen 2-Pak", not "Jynarque 90-30 pack"
    if text_at(tokens, i + 1) == "x":  # "30 x 10 mg" counts tablets, "10 x 30 days" days.
        return text_at(tokens, i + 3) in _MEASURES or text_at(tokens, i + 3) == "ml"  # "25 x 3 mL"
    return (before in _NOT_A_STRENGTH and not follows_name) or text_at(tokens, i + 1) in _COUNTS


def _is_of_package(tokens: list[Token], i: int) -> bool:
    """Whether it is a step of a treatment, or how many a wholesaler's package holds, beside who makes it: "20/25 LUP
    100", "25MCG/HR 5 MYL"."""
    if text_at(tokens, i - 1) == "step":
        return True
    is_bare = text_at(tokens, i + 1) not in UNIT_WORDS and "/" not in (text_at(tokens, i - 1), text_at(tokens, i + 1))
    is_beside = not LABELERS.isdisjoint((text_at(tokens, i - 1), text_at(tokens, i + 1)))
    return is_bare and is_beside and any(t.is_number and _is_measured(tokens, j) for j, t in enumerate(tokens[:i]))


def _is_measured(tokens: list[Token], i: int) -> bool:
    """Whether a number can only be a strength, by its unit or as one of several: "5 mg", "20/25"."""
    return text_at(tokens, i + 1) in UNIT_WORDS or "/" in (text_at(tokens, i - 1), text_at(tokens, i + 1))


def _is_by_weight(tokens: list[Token], i: int) -> bool:
    """Whether it is a dose by weight or surface: "15 mg/kg", "75 mg/m2"."""
    return text_at(tokens, i + 2) in ("/", "per") and text_at(tokens, i + 3) in ("kg", "m", "kilo")


def _is_piece(tokens: list[Token], i: int) -> bool:
    """Whether it is the piece of a dose written before: the 40 of "80 mg (2 x 40)"."""
    dose = _of_pieces(tokens, i)
    return any(t.is_number and number(t) == dose for t in tokens[: max(i - 2, 0)])


def _of_pieces(tokens: list[Token], i: int) -> Decimal | None:
    """What "2 x 40" is together, where the number at `i` is the 40."""
    if text_at(tokens, i - 1) != "x" or not (tokens[i].is_number and tokens[i - 2].is_number):
        return None
    return number(tokens[i - 2]) * number(tokens[i])


def _is_total(tokens: list[Token], i: int) -> bool:
    """Whether a number is what several pieces are together: "3 tabs = 600 mg", "2 tablets (650 mg)", "80 mg (2 x
    40)"."""
    if any(_of_pieces(tokens, j) == number(tokens[i]) for j in range(i + 3, len(tokens))):
        return True
    if i < 4 or tokens[i - 1].text not in ("=", "(") or not tokens[i - 3].is_number:
        return False
    return UNIT_WORDS.get(tokens[i - 2].text) in ("tablet", "capsule") and 1 < number(tokens[i - 3]) <= MOST_TOGETHER
