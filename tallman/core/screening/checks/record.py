"""What is missing or cannot be right on the patient's record, as far as the other checks depend on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tallman.core.knowledge import Knowledge
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
    yield from _weight_needed(case)


def _weight_needed(case: Case) -> Iterator[Finding]:
    """A child's orders that are written by a weight nobody has recorded."""
    for order in case.proposed if is_child(case.patient, case.on) else ():
        if unsized(order) != "kg" or case.patient.weight:
            continue
        yield Finding(
            code="RECORD-WEIGHT-NEEDED",
            category=Category.RECORD,
            severity=Severity.HIGH,
            order=order.id,
            summary=f"{name_of(order)} is written by weight, and none of the child is on record.",
            advice="Weigh before the first dose.",
            rule="record/weight-needed",
        )
