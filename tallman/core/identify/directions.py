"""Where a written medicine ends and its directions begin: "take 1 daily", "1 tab po bid", "5 mL q6h"."""

from __future__ import annotations

from tallman.core.identify.forms import FORM_WORDS
from tallman.core.identify.text import Token, number
from tallman.core.identify.unit_words import UNIT_WORDS
from tallman.core.identify.vocabulary import words

__all__ = ["directions_at"]

_VERBS = words(
    "take takes taking sig inject injects apply applies instill inhale give place dissolve swallow use disp "
    "dispense qty quantity refill refills rf"
)
# What follows the amount of a dose: how it is taken, and how often.
_HOW = words(
    "po pr sl im iv sc subq sq daily qd qday qod bid tid qid bd tds qds nocte mane qhs qam qpm hs ac pc "
    "q prn once twice every each weekly "
    "nightly bedtime by as times x a per at in mouth orally both left right into under to"
)
_AFTER_PIECES = words("per in a x each at both left right into under to")
_PIECES = words("puff puffs spray sprays drop drops gtt gtts patch patches ml unit units u")
_RANGE = frozenset({"-", "/", "to", "or"})
# More tablets than this are not taken at once: a greater number is rather the strength.
_MOST_TAKEN = 2


def directions_at(tokens: list[Token]) -> int:
    """Where directions or a quantity begin, so that the name lies before; the end when nowhere."""
    for i, token in enumerate(tokens):
        if i and (token.text in _VERBS or (token.is_number and _is_dose(tokens, i))):
            return i
    return len(tokens)


def _is_dose(tokens: list[Token], i: int) -> bool:
    """Whether an amount to be taken starts at a number: "1 po bid", "1-2 tabs prn", "20 units at bedtime".

    A number is the strength where nothing else is ("lisinopril 10 po daily"), unless so many are taken at once ("1 tab
    bid"): then it proves no strength.
    """
    if tokens[i - 1].text in _RANGE and tokens[i - 1].end == tokens[i].start:
        return False
    end = _end_of_amount(tokens, i)
    is_piece = end < len(tokens) and (tokens[end].text in FORM_WORDS or tokens[end].text in _PIECES)
    has_piece = is_piece and tokens[end].text not in _HOW  # "1 tds": three times a day rather than a patch.
    how = end + has_piece
    if how < len(tokens) and tokens[how].text == ")":
        how += 1
    if how >= len(tokens) or tokens[how].text not in _HOW or (tokens[how].text in _AFTER_PIECES and not has_piece):
        return False
    if _has_strength_before(tokens, i):
        return True
    return number(tokens[i]) <= _MOST_TAKEN and number(tokens[i]) == int(number(tokens[i]))


def _end_of_amount(tokens: list[Token], i: int) -> int:
    end = i + 1
    if end + 1 < len(tokens) and tokens[end].text in _RANGE and tokens[end + 1].is_number:
        end += 2
    return end


def _has_strength_before(tokens: list[Token], i: int) -> bool:
    """Whether another number stands before, that is no part of the same strength ("25 mg 100 mg po tid")."""
    before = [j for j in range(i) if tokens[j].is_number]
    return bool(before) and not all(t.text in UNIT_WORDS for t in tokens[before[-1] + 1 : i])
