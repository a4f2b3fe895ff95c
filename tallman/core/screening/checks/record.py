"""What is missing or cannot be right on the patient's record, as far as the other checks depend on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of
from tallman.core.screening.record_gaps import (
    SEX_UNLIKELY,
    hold_gaps,
    medicine_gaps,
    person_gaps,
    result_gaps,
    size_gaps,
    weight_gaps,
)
from tallman.core.screening.sizing import is_child, unsized

__all__ = ["check"]

_BY = {"kg": "weight", "m2": "body surface"}
_OF_SIZE = r"(?:/|\bper )\s*(?:kg|m2|m²)"
_AMOUNT = r"\d[\d,.]*\s*(?:m?c?g|units?|mL|mEq|mmol)"
_COMES_TO = re.compile(
    rf"{_OF_SIZE}\b[^;.]{{0,25}}?[(=~:,]\s*(?:total\s+)?{_AMOUNT}\b(?!\s*/)|{_AMOUNT}\s*\(\s*{_AMOUNT}\s*{_OF_SIZE}",
    re.IGNORECASE,
)
_SEX_HORMONES = frozenset({"estradiol", "testosterone"})


def _takes_sex_hormones(case: Case) -> bool:
    """Whether estradiol or testosterone is on the list: organs and record may differ on purpose."""
    return any(not _SEX_HORMONES.isdisjoint(o.medicine.names) for o in case.continuing)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """The record, once for all orders: birth date, sex, weight, height, results, medicines nobody recognised.

    What is missing is told with the first order, since it holds for every one. Allergies that nobody has asked about
    are the allergy check's to tell.
    """
    if not case.proposed:
        return
    order, patient = case.proposed[0].id, case.patient
    of_the_person = (gaps(patient, case.on) for gaps in (person_gaps, weight_gaps, size_gaps))
    results = result_gaps(patient, knowledge.labs, case.on)
    for gap in chain(*of_the_person, results, medicine_gaps(case.continuing), hold_gaps(case.paused)):
        if gap.severity is None:
            yield NotChecked("record", order, gap.said)
            continue
        is_on_purpose = gap.code == SEX_UNLIKELY and _takes_sex_hormones(case)
        yield Finding(
            code=gap.code,
            category=Category.RECORD,
            severity=Severity.MODERATE if is_on_purpose else gap.severity,
            order=order,
            summary=f"{gap.said[0].upper()}{gap.said[1:]}.",
            advice=gap.advice,
            sources=gap.sources,
            rule=gap.code.lower().replace("-", "/", 1),
        )
    yield from _size_needed(case)


def _size_needed(case: Case) -> Iterator[Finding]:
    """Orders that are written by a weight or a surface nobody has recorded: what is given cannot be worked out. Where
    only the height lacks it informs: a surface is estimated near enough to see that a dose is no ten times too much."""
    for order in case.proposed:
        by = unsized(order)
        missing = _missing_size(case.patient, by)
        if not missing or _says_what_it_comes_to(order):
            continue
        whose = "the child" if is_child(case.patient, case.on) else "the patient"
        yield Finding(
            code="RECORD-WEIGHT-NEEDED",
            category=Category.RECORD,
            severity=Severity.MODERATE if missing == "height" else Severity.HIGH,
            order=order.id,
            summary=f"{name_of(order)} is written by {_BY[by]}, and no {missing} of {whose} is on record.",
            advice="Weigh before the first dose."
            if missing == "weight"
            else "Weigh and measure before the first dose.",
            rule="record/weight-needed",
        )


def _missing_size(patient: Patient, by: str) -> str:
    """What a dose by kilogram or square metre needs of the patient and does not find."""
    if by == "kg":
        return "" if patient.weight else "weight"
    if by != "m2":
        return ""
    wanted = (("height", patient.height), ("weight", patient.weight))
    return " and no ".join(name for name, known in wanted if known is None)


def _says_what_it_comes_to(order: Order) -> bool:
    """Whether every dose by size has the amount it comes to beside it: "1 mg/kg (80 mg)"."""
    by_size = [s for s in order.sig.steps if s.dose and s.dose.per]
    said = f"{order.sig.text}; {order.note}"
    return len(_COMES_TO.findall(said)) >= len(by_size)
