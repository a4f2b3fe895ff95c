"""Amounts that stand beside the dose by weight or surface they were reckoned from: "75 mg/m2 (125 mg)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tallman.core.kidney import ideal_weight
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.sizing import surface

__all__ = ["Misreckoned", "misreckoned"]

_OFF = Decimal("0.1")
"""Our own threshold: what is rounded to a vial, a tablet or a line of the syringe stays within a tenth."""
_HALF = Decimal("0.5")
_GROWN = Decimal(150)
_NUMBER = r"\d[\d,]*(?:\.\d+)?|\.\d+"
_UNIT = r"mcg|mg|g|units?|mEq|mmol|mL"
_BASIS = (
    rf"(?P<least>{_NUMBER})(?:\s*(?:-|to)\s*(?P<most>{_NUMBER}))?\s*(?P<unit>{_UNIT})\s*(?:/|per)\s*"
    r"(?P<per>kg|m2|m²|m\^2)(?:\s*/\s*dose)?(?![\w²^]|\s*(?:/|per\b|a day|daily))"
)
_SIZE = r"(?:(?:BSA|wt|weight)\s*(?:of|=|:)?\s*)?(?P<size>\d+(?:\.\d+)?)\s*(?:kg|m2|m²|m\^2)"
_BETWEEN = rf"(?:\s*\(\s*BSA[^()]*\)|\s*\(\s*(?:wt|weight)\b[^()]*\)|\s*(?:x|×|\*)\s*{_SIZE})?"
_GIVEN = (
    rf"(?:(?:{_NUMBER})\s*mL\s*[=/]\s*(?=[^)]*mg|[^)]*mcg))?"
    rf"(?P<low>{_NUMBER})(?:\s*(?:-|to)\s*(?P<high>{_NUMBER}))?\s*(?P<given>{_UNIT})(?![\w²^]|\s*/\s*(?:kg|m2|m²|d|h|min)|\s*per\b)"
)
_FORWARD = re.compile(rf"(?<![\d.,]){_BASIS}{_BETWEEN}\s*(?:[=(\[:]\s*|(?<=[)])\s*){_GIVEN}", re.IGNORECASE)
_BACKWARD = re.compile(rf"(?<![\d.,-]){_GIVEN}\s*[(\[]\s*{_BASIS}\s*[)\]]", re.IGNORECASE)
_STATED = re.compile(
    r"\b(?:BSA\s*(?:of|=|:|is)?\s*(?P<m2>\d(?:\.\d+)?)|"
    r"(?:wt|weight)\s*(?:of|=|:|is)?\s*(?P<kg>\d+(?:\.\d+)?)\s*kg)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:max\w*|cap(?:ped)?|not to exceed|up to|no more than|ideal|adjusted|lean|ibw|abw|adjbw|lbw|dosing weight|"
    r"dry weight|reduc\w*|div(?:ided)?|in (?:\d|two|three|four) doses)\b|%",
    re.IGNORECASE,
)
"""Words by which the amount may be less than the size comes to: a most, a slighter weight, a reduction."""


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """A dose by size and the amount that stands beside it, both with a least and a most."""

    basis: tuple[Decimal, Decimal]
    unit: str
    per: str
    given: tuple[Amount, Amount]
    size: Decimal | None


@dataclass(frozen=True, slots=True)
class Misreckoned:
    """What an amount should be, in words; `is_grave` where it is more than it should be, or less than half of it."""

    said: str
    is_grave: bool


def misreckoned(order: Order, patient: Patient, knowledge: Knowledge) -> Misreckoned | None:
    """An amount that is more than a tenth off what its dose by weight or surface comes to.

    The size is the charted one, and the one written beside the dose where none is charted; of somebody grown who weighs
    more than the ideal, any weight from the ideal to the actual. A most that is stated or on file, a weight that is not
    the actual one and a reduction explain any amount that is less.
    """
    text = f"{order.sig.text} {order.note}"
    found = (_off(r, order, patient, text, knowledge) for r in _reckonings(order.sig.text))
    return next((f for f in found if f), None)


@lru_cache(maxsize=1 << 12)
def _reckonings(text: str) -> tuple[_Reckoning, ...]:
    return tuple(_reckonings_in(text))


def _reckonings_in(text: str) -> Iterator[_Reckoning]:
    for pattern in (_FORWARD, _BACKWARD):
        for m in pattern.finditer(text):
            low, least = _decimal(m["low"]), _decimal(m["least"])
            high, most = _decimal(m["high"] or m["low"]), _decimal(m["most"] or m["least"])
            unit, given = _unit(m["unit"]), _unit(m["given"])
            amounts = Amount(low, given), Amount(high, given)
            if Amount(least, unit).dimension == amounts[0].dimension:
                per = "kg" if m["per"].lower() == "kg" else "m2"
                size = m.groupdict().get("size")
                yield _Reckoning((least, most), unit, per, amounts, Decimal(size) if size else None)


def _off(found: _Reckoning, order: Order, patient: Patient, text: str, knowledge: Knowledge) -> Misreckoned | None:
    sizes = _sizes(found, patient, text)
    if not sizes:
        return None
    low, high = (a.to(found.unit).value for a in found.given)
    least, most = found.basis[0] * min(sizes), found.basis[1] * max(sizes)
    is_more = high > most * (1 + _OFF)
    is_less = low < least * (1 - _OFF) and not (_LESS.search(text) or _is_a_most(found.given[1], order, knowledge))
    if not (is_more or is_less):
        return None
    comes_to = " to ".join(dict.fromkeys(format_number(round(b * sizes[0], 1).normalize()) for b in found.basis))
    size = f"{format_number(sizes[0])} {found.per}"
    basis = f"{format_number(found.basis[0])} {found.unit}/{found.per}"
    said = f"{basis} for {size} is {comes_to} {found.unit}, the directions say {found.given[0]}"
    return Misreckoned(said, is_more or low < least * _HALF)


def _is_a_most(given: Amount, order: Order, knowledge: Knowledge) -> bool:
    """Whether an amount is just the most that is on file of the medicine at a time or a day."""
    limits = (x for name in order.medicine.names for x in knowledge.limits_of.get(name, ()))
    plain = (
        a
        for x in limits
        for a in (x.single_cap, x.daily_cap, *(() if x.per_kg or x.per_m2 else (x.single_max, x.daily_max)))
    )
    return any(a and a.dimension == given.dimension and a.to(given.unit).value == given.value for a in plain)


def _sizes(found: _Reckoning, patient: Patient, text: str) -> list[Decimal]:
    """The size that counts, and the ideal weight that some reckon with."""
    if found.per == "m2":
        charted = surface(patient)
        return [charted] if charted else [s for s in (found.size or _stated(text, "m2"),) if s]
    if patient.weight is None:
        return [s for s in (found.size or _stated(text, "kg"),) if s]
    return [patient.weight.to("kg").value, *_slighter(patient)]


def _slighter(patient: Patient) -> list[Decimal]:
    """The ideal weight of somebody grown who weighs more."""
    if patient.weight is None or patient.height is None or patient.sex not in ("female", "male"):
        return []
    actual, height = patient.weight.to("kg").value, patient.height.to("cm").value
    found = ideal_weight(height, patient.sex)
    ideal = Decimal(found.numerator) / found.denominator
    return [ideal] if height >= _GROWN and ideal < actual else []


def _stated(text: str, per: str) -> Decimal | None:
    """The size that is written with the order."""
    return next((Decimal(m[per]) for m in _STATED.finditer(text) if m[per]), None)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _unit(written: str) -> str:
    return {"mcg": "mcg", "mg": "mg", "g": "g", "meq": "mEq", "mmol": "mmol", "ml": "mL"}.get(written.lower(), "unit")
