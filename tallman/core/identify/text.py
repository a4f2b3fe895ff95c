"""The pieces of a written medicine: words, numbers and signs, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallman.core.quantity import UNITS, Amount, UnitMismatch, unit

__all__ = ["Written", "amounts", "tokenize"]

_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[A-Za-zµμ][A-Za-zµμ0-9']*|[^\sA-Za-z0-9]")
_UNIT_WORDS = {
    "mg": "mg", "mgs": "mg", "milligram": "mg", "milligrams": "mg", "mcg": "mcg", "ug": "mcg", "µg": "mcg", "μg": "mcg",
    "microgram": "mcg", "micrograms": "mcg", "g": "g", "gm": "g", "gram": "g", "grams": "g", "ml": "mL", "mls": "mL",
    "cc": "mL", "l": "L", "unit": "unit", "units": "unit", "u": "unit", "unt": "unit", "iu": "unit", "meq": "mEq",
    "mmol": "mmol", "actuat": "puff", "actuation": "puff", "act": "puff", "puff": "puff", "spray": "spray", "inh": "puff",
    "hr": "h", "hour": "h", "h": "h", "dose": "dose", "tab": "tablet", "tablet": "tablet", "cap": "capsule",
    "drop": "drop", "blister": "inhalation", "inhalation": "inhalation", "nl": "mcL", "kg": "kg", "day": "d",
}  # fmt: skip
_ONES = frozenset({"puff", "spray", "inhalation", "dose", "tablet", "capsule", "actuation"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word (lower case), a number or a sign at `start`:`end` of the text."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit() or (self.text[0] == "." and len(self.text) > 1)

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


def tokenize(text: str) -> list[Token]:
    """Every piece of the text but white space; digits and letters that touch are taken apart ("25mg")."""
    return [Token(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class Written:
    """One strength as written: `value` in `unit` (None: a bare number) per `per` of `per_unit`.

    `first` and `last` are token positions.
    """

    value: Decimal
    unit: str | None
    first: int
    last: int
    per: Decimal = Decimal(1)
    per_unit: str | None = None

    def ratio(self, numerator: str, denominator: str) -> Fraction | None:
        """The strength in `numerator` per one `denominator`; None when the units cannot be compared."""
        top = _convert(self.value, self.unit, numerator)
        if self.per_unit is None:
            return top
        bottom = _convert(self.per, self.per_unit, denominator)
        return top / bottom if top is not None and bottom else None


def _convert(value: Decimal, written: str | None, wanted: str) -> Fraction | None:
    if written is None or (written in _ONES and wanted in _ONES):
        return Fraction(value)
    try:
        return Fraction(Amount(value, written).to(wanted).value)
    except UnitMismatch:
        return None


def _number(token: Token) -> Decimal:
    return Decimal(token.text.replace(",", ""))


def _unit_at(tokens: list[Token], i: int) -> str | None:
    if i >= len(tokens):
        return None
    if tokens[i].text == "%":
        return "%"
    return _UNIT_WORDS.get(tokens[i].text)


def amounts(tokens: list[Token], taken: set[int]) -> list[Written]:
    """Every number with what belongs to it: "25 mg", "400 mg/5 mL", "100 units/mL", "5" of "5/325"."""
    found, i = [], 0
    while i < len(tokens):
        if i in taken or not tokens[i].is_number:
            i += 1
            continue
        written = _one(tokens, i)
        found.append(written)
        i = written.last + 1
    return found


def _one(tokens: list[Token], i: int) -> Written:
    value, first, last = _number(tokens[i]), i, i
    measured = _unit_at(tokens, i + 1)
    hyphenated = i + 2 < len(tokens) and tokens[i + 1].text == "-" and _unit_at(tokens, i + 2)
    if hyphenated:
        measured, last = _unit_at(tokens, i + 2), i + 2
    elif measured:
        last = i + 1
    if measured is None:
        return Written(value, None, first, last)
    nxt = last + 1
    if nxt < len(tokens) and tokens[nxt].text in ("/", "per", "in"):
        if per_unit := _unit_at(tokens, nxt + 1):
            if UNITS[per_unit].dimension in ("volume", "time", "mass") or per_unit in _ONES:
                return Written(value, measured, first, nxt + 1, Decimal(1), per_unit)
        if nxt + 1 < len(tokens) and tokens[nxt + 1].is_number and (per_unit := _unit_at(tokens, nxt + 2)):
            if UNITS[per_unit].dimension in ("volume", "time") or per_unit in (*_ONES, "g"):
                return Written(value, measured, first, nxt + 2, _number(tokens[nxt + 1]), per_unit)
    return Written(value, unit(measured).code, first, last)
