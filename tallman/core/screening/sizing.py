"""Doses by weight or body surface, worked out for the patient they are for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tallman.core.patient import Patient, age_in_months
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount
from tallman.core.sig import Dose, Sig, Step

__all__ = ["for_the_largest", "is_child", "large", "of_size_one", "sized", "small", "surface", "unsized"]

_GRAIN = Decimal("0.0001")
_HEAVY, _TALL = Amount(Decimal(150), "kg"), Amount(Decimal(200), "cm")
_SLIGHT, _SHORT = Amount(Decimal(40), "kg"), Amount(Decimal(130), "cm")
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_COMES_TO = re.compile(
    rf"(?:/|per)\s*(?:kg|m2)(?:\s*/\s*dose)?\s*[(=]\s*{_NUMBER}\s*(mcg|mg|g)\s*[=/]\s*{_NUMBER}\s*mL\b", re.IGNORECASE
)
"""What a dose by size comes to and the volume of that: "10 mg/kg (160 mg = 8 mL)"."""
_CHILD_MONTHS, _ADULT_MONTHS = 12 * 12, 18 * 12


def sized(order: Order, patient: Patient) -> Order:
    """The order with "15 mg/kg" or "60 mg/m2" as the amount that this patient gets; the same where the size is not
    known. A most at one time that the directions name ("max 90 mg") holds. What the codes beside the text say is worked
    out likewise, so that the two can be compared."""
    if order.coded is None and not unsized(order):
        return order
    coded = _sized(order.coded, patient) if order.coded else None
    sig = _sized(order.sig, patient) if unsized(order) else order.sig
    return replace(order, sig=sig, coded=coded) if (sig, coded) != (order.sig, order.coded) else order


def of_size_one(patient: Patient) -> Patient:
    """The patient as somebody of 1 kg and 1 square metre: what is compared then is amounts for each."""
    return replace(patient, weight=Amount(Decimal(1), "kg"), height=Amount(Decimal(3600), "cm"))


def large(patient: Patient, on: date) -> Patient | None:
    """The patient, as large as people are in what is not known of his size; None for a child without a weight."""
    if patient.weight is None and is_child(patient, on):
        return None
    return replace(patient, weight=patient.weight or _HEAVY, height=patient.height or _TALL)


def for_the_largest(order: Order) -> Order:
    """The order with its doses by weight or surface as the largest people would get them."""
    return sized(order, Patient(weight=_HEAVY, height=_TALL))


def small(patient: Patient, on: date) -> Patient | None:
    """The patient, as small as adults are in what is not known of his size; None for a child or without an age."""
    if patient.birth_date is None or age_in_months(patient.birth_date, on) < _ADULT_MONTHS:
        return None
    return replace(patient, weight=patient.weight or _SLIGHT, height=patient.height or _SHORT)


def is_child(patient: Patient, on: date) -> bool:
    """Whether the patient is known to be under 12 years old."""
    return patient.birth_date is not None and age_in_months(patient.birth_date, on) < _CHILD_MONTHS


def unsized(order: Order) -> str:
    """ "kg" or "m2" where the order has a dose by a size that is not known; else nothing."""
    for step in order.sig.steps:
        if step.dose and step.dose.per:
            return step.dose.per
    return ""


def surface(patient: Patient) -> Decimal | None:
    """Body surface in square metres by Mosteller: the root of height in cm times weight in kg over 3600, to 0.01."""
    if patient.weight is None or patient.height is None:
        return None
    product = patient.weight.to("kg").value * patient.height.to("cm").value / 3600
    return product.sqrt().quantize(Decimal("0.01"))


def _sized(sig: Sig, patient: Patient) -> Sig:
    sizes = {"kg": patient.weight.to("kg").value if patient.weight else None, "m2": surface(patient)}
    return replace(sig, steps=tuple(_step(_as_it_comes_to(s, sig.text), sizes) for s in sig.steps))


def _as_it_comes_to(step: Step, text: str) -> Step:
    """The step with the amount and volume that its dose by size is said to come to."""
    found = _COMES_TO.search(text, *step.span) if step.dose and step.dose.per else None
    if step.dose is None or found is None:
        return step
    amount, volume = (Decimal(n.replace(",", "")) for n in (found[1], found[3]))
    return replace(step, dose=Dose(amount, amount, found[2].lower(), strength=Amount(volume, "mL")))


def _step(step: Step, sizes: dict[str, Decimal | None]) -> Step:
    dose = step.dose
    if dose is None or dose.per is None or (size := sizes.get(dose.per)) is None:
        return step
    most = min(_named(step, dose), default=None)
    low, high = ((value * size).quantize(_GRAIN).normalize() for value in (dose.low, dose.high))
    if most is not None:
        low, high = min(low, most), min(high, most)
    return replace(step, dose=replace(dose, low=low, high=high, per=None))


def _named(step: Step, dose: Dose) -> Iterable[Decimal]:
    """What the directions themselves name as the most at one time, in the unit of the dose."""
    for most in step.maxima:
        if most.period is None and most.unit and dose.unit and UNITS[most.unit].dimension == UNITS[dose.unit].dimension:
            ratio = UNITS[most.unit].factor / UNITS[dose.unit].factor
            yield most.value * ratio.numerator / ratio.denominator
