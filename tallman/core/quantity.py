"""Amounts with units: exact numbers, never floats.

Units carry the names a technician says ("mg", "mL", "tablet"); the wire formats translate to and from
UCUM and NCI codes. Units of one dimension convert into each other; counted things ("tablet", "puff")
convert into nothing but themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

__all__ = ["UNITS", "Amount", "Number", "Unit", "UnitMismatch", "format_number", "parse_amount", "said", "unit"]

Number = Decimal | Fraction | int


class UnitMismatch(ValueError):
    """Two amounts whose units cannot be converted into each other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of measure.

    `code` is the name used everywhere in Tallman, `dimension` groups the units that convert into each
    other, `factor` is the size in the dimension's base unit.
    """

    code: str
    dimension: str
    factor: Fraction
    plural: str


def _measured(dimension: str, **factors: str) -> list[Unit]:
    return [Unit(code, dimension, Fraction(factor), code) for code, factor in factors.items()]


COUNTED = (
    "tablet capsule caplet lozenge troche wafer film packet sachet stick pen syringe vial ampule cartridge "
    "kit inhaler bottle tube can box strip lancet needle puff spray actuation inhalation drop "
    "application patch suppository insert ring implant pad swab pump click applicatorful enema dose "
    "piece device system pill capful dropperful each scoop pessary pellet gum bead bag kwikpen"
).split()
COUNTED.append("fingertip unit")
# How living and allergenic material and radioactivity are measured; none converts into another.
ACTIVITY = {
    "cell": "cells", "vector genome": "vector genomes", "viral particle": "viral particles", "mCi": "mCi", "BAU": "BAU",
    "AU": "AU", "IR": "IR", "SQ-HDM": "SQ-HDM", "EIN": "EIN", "Amb a 1 unit": "Amb a 1 units",
}  # fmt: skip
_IRREGULAR = {
    "patch": "patches", "box": "boxes", "each": "each", "dose": "doses", "gum": "gum",
    "suppository": "suppositories", "pessary": "pessaries",
}  # fmt: skip

UNITS: dict[str, Unit] = {
    u.code: u
    for u in [
        *_measured("mass", kg="1000", g="1", mg="1/1000", mcg="1/1000000", ng="1/1000000000"),
        *_measured("volume", L="1000", mL="1", dL="100", mcL="1/1000"),
        *_measured("substance", mol="1000", mmol="1", mcmol="1/1000"),
        *_measured("equivalent", mEq="1"),
        *_measured("time", min="1", h="60", d="1440", wk="10080", mo="43200", y="525600"),
        *_measured("length", cm="1", m="100", inch="127/50"),
        *_measured("area", cm2="1", m2="10000"),
        Unit("%", "percent", Fraction(1), "%"),
        Unit("unit", "unit", Fraction(1), "units"),
        Unit("mU", "unit", Fraction(1, 1000), "milliunits"),
        Unit("MU", "unit", Fraction(1_000_000), "million units"),
        *(Unit(name, name, Fraction(1), plural) for name, plural in ACTIVITY.items()),
        *(Unit(name, name, Fraction(1), _IRREGULAR.get(name, name + "s")) for name in COUNTED),
    ]
}

_ALIASES: dict[str, str] = {
    **{u.plural: u.code for u in UNITS.values()},
    "milligram": "mg", "milligrams": "mg", "mgs": "mg", "gm": "g", "gms": "g", "gram": "g", "grams": "g",
    "microgram": "mcg", "micrograms": "mcg", "ug": "mcg", "µg": "mcg", "μg": "mcg", "mcgs": "mcg",
    "ml": "mL", "mls": "mL", "milliliter": "mL", "milliliters": "mL", "cc": "mL", "l": "L",
    "iu": "unit", "[iu]": "unit", "unt": "unit", "u": "unit", "meq": "mEq", "tab": "tablet",
    "tabs": "tablet", "cap": "capsule", "caps": "capsule", "day": "d", "days": "d", "hour": "h",
    "hours": "h", "hr": "h", "hrs": "h", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo",
    "year": "y", "years": "y", "minute": "min", "minutes": "min", "ea": "each", "kwikpens": "kwikpen",
}  # fmt: skip


def unit(name: str) -> Unit:
    """The unit called `name`, by its code, plural or a common spelling ("mL", "tablets", "mcgs").

    Raises ValueError when no such unit is known.
    """
    found = UNITS.get(name) or UNITS.get(_ALIASES.get(name.strip(), "")) or UNITS.get(name.strip().lower())
    found = found or UNITS.get(_ALIASES.get(name.strip().lower(), ""))
    if found is None:
        raise ValueError(f"unknown unit {name!r}")
    return found


def format_number(value: Number) -> str:
    """A number as it is safe to print: no trailing zero, a leading zero before a point, thousands grouped.

    >>> format_number(Decimal("5.0")), format_number(Fraction(1, 3)), format_number(Decimal("12500"))
    ('5', '0.333', '12,500')
    """
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
        value = value.quantize(Decimal("0.001")) if value < 100 else value.quantize(Decimal("0.1"))
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(value: Number, code: str) -> str:
    """A number with its unit, as one says it.

    >>> said(Fraction(500), "unit"), said(Decimal(1), "tablet"), said(Decimal("0.5"), "%")
    ('500 units', '1 tablet', '0.5%')
    """
    word = UNITS[code].code if value == 1 else UNITS[code].plural
    return f"{format_number(value)}{'' if word == '%' else ' '}{word}"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit, such as 2.5 mg. `unit` is a code from `UNITS`."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal):
            raise TypeError(f"an amount holds a Decimal, not {type(self.value).__name__}")
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}")

    def __str__(self) -> str:
        return said(self.value, self.unit)

    @property
    def dimension(self) -> str:
        """What is measured: mass, volume, tablet, …"""
        return UNITS[self.unit].dimension

    def to(self, code: str) -> Amount:
        """This amount in the unit `code`. Raises UnitMismatch when the dimensions differ."""
        if code == self.unit:
            return self
        times, parts = _ratio(self.unit, code)
        return Amount(self.value * times / parts, code)

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.value + other.to(self.unit).value, self.unit)

    def __mul__(self, factor: Number) -> Amount:
        if isinstance(factor, Fraction):
            return Amount(self.value * factor.numerator / factor.denominator, self.unit)
        return Amount(self.value * factor, self.unit)

    def __truediv__(self, other: Amount) -> Fraction:
        """How many times `other` goes into this amount."""
        return Fraction(self.value) / Fraction(other.to(self.unit).value)

    def __lt__(self, other: Amount) -> bool:
        return self.value < other.to(self.unit).value

    def __le__(self, other: Amount) -> bool:
        return self.value <= other.to(self.unit).value

    def __gt__(self, other: Amount) -> bool:
        return self.value > other.to(self.unit).value

    def __ge__(self, other: Amount) -> bool:
        return self.value >= other.to(self.unit).value


@lru_cache(maxsize=1 << 10)
def _ratio(one: str, other: str) -> tuple[int, int]:
    """How many of `other` one of `one` is, as numerator and denominator."""
    ratio = UNITS[one].factor / unit(other).factor
    if UNITS[one].dimension != UNITS[other].dimension:
        raise UnitMismatch(f"{one} cannot be converted to {other}")
    return ratio.numerator, ratio.denominator


_AMOUNT = re.compile(r"\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)\s*([^\d\s].*?)?\s*$")


def parse_amount(text: str, default_unit: str | None = None) -> Amount:
    """Read "2.5 mg", "1,000 units" or (with `default_unit`) "30" as an amount.

    Raises ValueError when the number or the unit cannot be read.
    """
    match = _AMOUNT.match(text)
    if not match or not (match[2] or default_unit):
        raise ValueError(f"not an amount: {text!r} (write a number and a unit, such as 2.5 mg)")
    return Amount(Decimal(match[1].replace(",", "")), unit(match[2] or default_unit or "").code)
