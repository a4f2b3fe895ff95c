"""What is missing on a patient's record, or cannot be right, as far as the checks depend on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from tallman.core.knowledge import Source
from tallman.core.patient import Patient, age_in_months
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.finding import Severity

__all__ = ["Gap", "allergy_gaps", "medicine_gaps", "person_gaps", "weight_gaps"]

_OWN_RULE = (Source("Tallman: what the checks need to know of a patient"),)
_GROWTH = (Source("CDC growth charts, weight for age, birth to 20 years, halved and doubled", "", "2000"),)
_MEDIAN_KG = (
    (0, 3), (1, 4), (3, 6), (6, 8), (12, 10), (24, 12), (36, 14), (48, 16), (60, 18), (72, 21), (96, 26), (120, 32),
    (144, 41), (168, 50), (192, 58),
)  # fmt: skip
"""About half of all children of so many months weigh less: for the grossest errors only, pounds for kilograms."""
_TODDLER, _SMALL = 3 * 12, 9 * 12
_NEWBORN, _SMALLEST_NEWBORN = 4, Fraction(2, 5)
"""Months and kg: children born long before their time weigh less than a pound and are treated."""
_CHILD, _GROWN = 12 * 12, 18 * 12
_STALE_DAYS = ((12, 60), (36, 120), (_CHILD, 270), (_GROWN, 450))
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a record lacks. `severity` is None where a check cannot look for want of it."""

    code: str
    said: str
    advice: str
    severity: Severity | None = None
    sources: tuple[Source, ...] = _OWN_RULE


def person_gaps(patient: Patient) -> Iterator[Gap]:
    """Birth date and sex, in one gap."""
    missing = [
        name
        for name, value in (("birth date", patient.birth_date), ("sex", patient.sex))
        if value in (None, "", "unknown")
    ]
    if missing:
        yield Gap("RECORD-PERSON", f"not on record: {' and '.join(missing)}", "Ask the patient and compare with an ID.")


def allergy_gaps(patient: Patient) -> Iterator[Gap]:
    """Allergies that nobody has asked about, or that nobody here can read."""
    if patient.allergies is None:
        yield Gap(
            "RECORD-ALLERGIES",
            "nobody has asked about allergies",
            "Ask, and record what it did or that there are none.",
        )
    unread = [a.substance for a in patient.allergies or () if not a.is_read and not a.refuted]
    if unread:
        said = f"allergies that were not recognised: {_list(unread)}"
        yield Gap("RECORD-ALLERGY-UNREAD", said, "Ask what the medicine was, and record it by its name.")


def weight_gaps(patient: Patient, on: date) -> Iterator[Gap]:
    """A child's weight that is missing, old, or hardly possible."""
    if patient.birth_date is None:
        return
    months = age_in_months(patient.birth_date, on)
    if months >= _GROWN:
        return
    if patient.weight is None:
        if months < _CHILD:
            said = "a child, and no weight is on record: weigh before dosing"
            yield Gap("RECORD-WEIGHT", said, "Weigh, or ask for a weight and its day.")
        return
    kilograms = patient.weight.to("kg").value
    median = _median(months)
    over = Fraction(7, 4) if months < _TODDLER else Fraction(2) if months < _SMALL else Fraction(5, 2)
    least = _SMALLEST_NEWBORN if months < _NEWBORN else median / 2
    if kilograms > median * over or kilograms < least:
        said = f"a weight of {format_number(kilograms)} kg at {_age(months)}; about {round(median)} kg is usual"
        advice = (
            "Weigh again: pounds may stand for kilograms, or the decimal point elsewhere. Doses by weight rest on it."
        )
        yield Gap("RECORD-WEIGHT-UNLIKELY", said, advice, Severity.HIGH, _GROWTH)
    if patient.weight_on is not None:
        days, most = (on - patient.weight_on).days, next(d for age, d in _STALE_DAYS if months < age)
        if days > most:
            said = f"the weight of {format_number(kilograms)} kg is {days} days old, and children grow"
            yield Gap("RECORD-WEIGHT-OLD", said, "Weigh again before a dose by weight.", Severity.MODERATE)


def _median(months: int) -> Fraction:
    """The median weight in kg, between two of the months on file by the straight line."""
    for (age, kg), (next_age, next_kg) in pairwise(_MEDIAN_KG):
        if months < next_age:
            return kg + Fraction(months - age, next_age - age) * (next_kg - kg)
    return Fraction(_MEDIAN_KG[-1][1])


def medicine_gaps(taken: Iterable[Order]) -> Iterator[Gap]:
    """Medicines on the list that nobody here recognises."""
    unread = [order.medicine.text for order in taken if not order.medicine.is_known]
    if unread:
        said = f"on the medicine list, not recognised and so not checked against: {_list(unread)}"
        yield Gap("RECORD-MEDICINE", said, "Ask the patient or look at the bottle.", Severity.LOW)


def _list(texts: list[str]) -> str:
    return ", ".join(repr(text) for text in texts[:_NAMED]) + (" and more" if len(texts) > _NAMED else "")


def _age(months: int) -> str:
    return f"{months // 12} years" if months >= 24 else f"{months} months"
