"""Amounts that stand beside the dose by weight or surface they were reckoned from: "75 mg/m2 (125 mg)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tallman.core.kidney import ideal_weight
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.sizing import surface

__all__ = ["misreckoned"]

_OFF = Decimal("0.1")
"""Our own threshold: what is rounded to a vial, a tablet or a line of the syringe stays within a tenth."""
_GROWN, _EXCESS = Decimal(150), Decimal("0.4")
_NUMBER = r"\d[\d,]*(?:\.\d+)?|\.\d+"
_UNIT = r"mcg|mg|g|units?|mEq|mmol|mL"
_BASIS = (
    rf"(?P<least>{_NUMBER})(?:\s*(?:-|to)\s*(?P<most>{_NUMBER}))?\s*(?P<unit>{_UNIT})\s*(?:/|per)\s*"
    r"(?P<per>kg|m2|m²|m\^2)(?:\s*/\s*dose)?(?![\w²^]|\s*(?:/|per\b|a day|daily))"
)
_SIZE = r"(?:(?:BSA|wt|weight)\s*(?:of|=|:)?\s*)?(?P<size>\d+(?:\.\d+)?)\s*(?:kg|m2|m²|m\^2)?"
_BETWEEN = rf"(?:\s*\(\s*BSA[^()]*\)|\s*\(\s*(?:wt|weight)\b[^()]*\)|\s*(?:x|×|\*)\s*{_SIZE})?"
_GIVEN = (
    rf"(?:(?:{_NUMBER})\s*mL\s*[=/]\s*(?=[^)]*mg|[^)]*mcg))?"
    rf"(?P<low>{_NUMBER})(?:\s*(?:-|to)\s*(?P<high>{_NUMBER}))?\s*(?P<given>{_UNIT})(?![\w²^]|\s*/\s*(?:kg|m2|m²|d|h|min)|\s*per\b)"
)
_FORWARD = re.compile(rf"(?<![\d.,]){_BASIS}{_BETWEEN}\s*(?:[=(\[:]\s*|(?<=[)])\s*){_GIVEN}", re.IGNORECASE)
_BACKWARD = re.compile(rf"(?<![\d.,-]){_GIVEN}\s*[(\[]\s*{_BASIS}\s*[)\]]", re.IGNORECASE)
_STATED = re.compile(r"\b(?:BSA|wt|weight)\s*(?:of|=|:|is)?\s*(\d+(?:\.\d+)?)\s*(kg|m2|m²|m\^2)?", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:max\w*|cap(?:ped)?|not to exceed|up to|no more than|ideal|adjusted|lean|ibw|abw|adjbw|lbw|dosing weight|"
    r"dry weight|reduc\w*|divided)\b|%",
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


def misreckoned(order: Order, patient: Patient) -> str:
    """What an amount should be where it is more than a tenth off what its dose by weight or surface comes to, in words.

    The size is the charted one, and the one written beside the dose where none is charted. A most that is stated, a
    weight that is not the actual one and a reduction explain any amount that is less.
    """
    text = f"{order.sig.text} {order.note}"
    return next((said for found in _reckonings(order.sig.text) if (said := _off(found, patient, text))), "")


def _reckonings(text: str) -> Iterator[_Reckoning]:
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


def _off(found: _Reckoning, patient: Patient, text: str) -> str:
    sizes = _sizes(found, patient, text)
    low, high = (a.to(found.unit).value for a in found.given)
    is_less = bool(_LESS.search(text))
    if not sizes or any(
        (is_less or low >= found.basis[0] * s * (1 - _OFF)) and high <= found.basis[1] * s * (1 + _OFF) for s in sizes
    ):
        return ""
    least, most = (format_number(round(b * sizes[0], 1).normalize()) for b in found.basis)
    comes_to = least if least == most else f"{least} to {most}"
    size = f"{format_number(sizes[0])} {found.per}"
    basis = f"{format_number(found.basis[0])} {found.unit}/{found.per}"
    return f"{basis} for {size} is {comes_to} {found.unit}, the directions say {found.given[0]}"


def _sizes(found: _Reckoning, patient: Patient, text: str) -> list[Decimal]:
    """The size that counts, and the ideal and adjusted weights that some reckon with."""
    if found.per == "m2":
        charted = surface(patient)
        return [charted] if charted else [s for s in (found.size or _stated(text, "m2"),) if s]
    if patient.weight is None:
        return [s for s in (found.size or _stated(text, "kg"),) if s]
    return [patient.weight.to("kg").value, *_slighter(patient)]


def _slighter(patient: Patient) -> list[Decimal]:
    """The ideal and the adjusted weight of somebody grown who weighs more than the ideal."""
    if patient.weight is None or patient.height is None or patient.sex not in ("female", "male"):
        return []
    actual, height = patient.weight.to("kg").value, patient.height.to("cm").value
    found = ideal_weight(height, patient.sex)
    ideal = Decimal(found.numerator) / found.denominator
    return [ideal, ideal + _EXCESS * (actual - ideal)] if height >= _GROWN and ideal < actual else []


def _stated(text: str, per: str) -> Decimal | None:
    """The size that is written with the order."""
    for m in _STATED.finditer(text):
        is_surface = m[0].lower().startswith("bsa")
        if is_surface == (per == "m2"):
            return Decimal(m[1])
    return None


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _unit(written: str) -> str:
    return {"mcg": "mcg", "mg": "mg", "g": "g", "meq": "mEq", "mmol": "mmol", "ml": "mL"}.get(written.lower(), "unit")
