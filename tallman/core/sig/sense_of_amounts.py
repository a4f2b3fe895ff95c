"""What directions tell of their own amounts that cannot agree: what each mL or tablet holds, and what the dose comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig.amounts import SHAPED
from tallman.core.sig.model import Dose, Step

__all__ = ["doubts_of_amounts"]

_NUMBER = r"(\d[\d,]*(?:\.\d+)?|\.\d+)"
_WEIGHT = r" ?(mg|mcg|g|meq|units?)"
_IN_ML = re.compile(rf"(?<![\d./-]){_NUMBER}{_WEIGHT} ?(?:/|per|in) ?{_NUMBER}? ?ml\b", re.IGNORECASE)
_IN_5_ML = re.compile(rf"(?<![\d./-]){_NUMBER} ?/ ?5$")
"""Milligrams in a spoonful, as they are written behind the name of a liquid: "amoxicillin 250/5"."""
_IN_EACH = re.compile(rf"(?<![\d./-] )(?<![\d./-]){_NUMBER} ?(mg|mcg|g)$")
_SINGLE_SUBSTANCE = re.compile(
    r"^[a-z]+(?:pril|sartan|olol|dipine|statin|semide|zepam|zolam|prazole|oxetine|azosin|thyroxine)$"
)
"""Stems of names that tell one substance alone."""
_FALLING = re.compile(rf"^([a-z]+) {_NUMBER} ?- ?{_NUMBER} ?(?:mg|mcg|g)$")
_OFF = Decimal("0.1")
"""How far an amount may be off that was rounded to what can be measured out."""
_CODES = {"meq": "mEq", "units": "unit"}
_NOT_AGREED = "the amounts do not agree"


def doubts_of_amounts(text: str, steps: Sequence[Step]) -> Iterator[str]:
    """Why the amounts of these steps of `text` may not be what was meant, in words."""
    of_all = _concentration(text) if len({step.product for step in steps if step.product}) <= 1 else None
    for step in steps:
        if step.dose and not _agrees(step.dose, step.product or "", of_all):
            yield _NOT_AGREED
        if step.dose and step.dose.unit == "mL" and step.dose.high > 1 and _is_insulin(step):
            yield "so many mL of insulin, or so many units?"
        falling = _FALLING.match(step.product or "") if step.dose is None else None
        if falling and _SINGLE_SUBSTANCE.match(falling[1]) and _value(falling[2]) > _value(falling[3]):
            yield "a range, or two strengths?"  # "lisinopril 10-5 mg daily"


def _is_insulin(step: Step) -> bool:
    return not {"insulin", "insulina"}.isdisjoint((step.product or "").lower().split())


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _concentration(text: str) -> Amount | None:
    """What one mL holds, where the text tells one concentration."""
    found = {
        (_value(each) / (_value(volume) if volume else 1), unit.lower()) for each, unit, volume in _IN_ML.findall(text)
    }
    if len(found) != 1 or "elemental" in text.lower():
        return None
    value, unit = found.pop()
    return Amount(value, _CODES.get(unit, unit))


def _agrees(dose: Dose, product: str, of_all: Amount | None) -> bool:
    """Whether what the dose comes to is what its mL, or its tablets, hold."""
    weight, count = _told_twice(dose)
    written = _IN_EACH.search(product)
    if weight is None and written and dose.unit == "mL" and of_all and dose.low == dose.high:
        weight, count = Amount(_value(written[1]), written[2]), dose.low  # "morphine 5 mg 2.5 mL (10 mg/5 mL)"
    if weight is None:
        return True
    if dose.unit in SHAPED:
        held = Amount(_value(written[1]), written[2]) if written else None
    else:
        spooned = _IN_5_ML.search(product)
        held = _concentration(product) or of_all or (Amount(_value(spooned[1]) / 5, "mg") if spooned else None)
    if held is None or UNITS[held.unit].dimension != UNITS[weight.unit].dimension:
        return True
    right = held.to(weight.unit).value * count
    return abs(right - weight.value) <= _OFF * right


def _told_twice(dose: Dose) -> tuple[Amount | None, Decimal]:
    """How much the dose weighs, and how many mL or tablets that is, where both are told."""
    beside = dose.strength
    if beside is None or dose.unit is None or dose.per or dose.low != dose.high or dose.strength_high:
        return None, dose.low
    if beside.unit == "mL" and UNITS[dose.unit].dimension != "volume":
        return Amount(dose.low, dose.unit), beside.value
    return (beside, dose.low) if dose.unit == "mL" or dose.unit in SHAPED else (None, dose.low)
