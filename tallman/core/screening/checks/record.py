"""What is missing or cannot be right on the patient's record, as far as the other checks depend on it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallman.core.knowledge import Knowledge, Source
from tallman.core.patient import age_in_months
from tallman.core.quantity import format_number
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity

__all__ = ["check"]

_OWN_RULE = (Source("Tallman: what the checks need to know of a patient"),)
_GROWTH = (Source("CDC growth charts, weight for age, birth to 20 years, halved and doubled", "", "2000"),)
_MEDIAN_KG = (
    (0, 3), (3, 6), (6, 8), (12, 10), (24, 12), (36, 14), (48, 16), (60, 18), (72, 21), (96, 26), (120, 32), (144, 41),
    (168, 50), (192, 58),
)  # fmt: skip
"""About half of all children of so many months weigh less: for the grossest errors only, pounds for kilograms."""
_SMALL = 6 * 12
_CHILD, _GROWN = 12 * 12, 18 * 12
_STALE_DAYS = ((12, 60), (36, 120), (_CHILD, 270), (_GROWN, 450))


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """The record, once for all orders: birth date, sex, a child's weight, medicines nobody recognised.

    What is missing is told with the first order, since it holds for every one. Allergies that nobody has asked about
    are the allergy check's to tell.
    """
    if not case.proposed:
        return
    yield from _person(case)
    yield from _weight(case)
    unread = [o.medicine.text for o in case.continuing if not o.medicine.is_known]
    if unread:
        listed = ", ".join(repr(text) for text in unread[:4]) + (" and more" if len(unread) > 4 else "")
        said = f"on the medicine list, not recognised and so not checked against: {listed}"
        yield _finding(case, "RECORD-MEDICINE", Severity.LOW, said, "Ask the patient or look at the bottle.")


def _person(case: Case) -> Iterator[NotChecked]:
    patient = case.patient
    missing = [
        name
        for name, value in (("birth date", patient.birth_date), ("sex", patient.sex))
        if value in (None, "", "unknown")
    ]
    if missing:
        yield NotChecked("record", case.proposed[0].id, f"not on record: {' and '.join(missing)}")


def _weight(case: Case) -> Iterator[Finding | NotChecked]:
    patient = case.patient
    if patient.birth_date is None:
        return
    months = age_in_months(patient.birth_date, case.on)
    if months >= _GROWN:
        return
    if patient.weight is None:
        if months < _CHILD:
            yield NotChecked("record", case.proposed[0].id, "a child, and no weight is on record: weigh before dosing")
        return
    kilograms = patient.weight.to("kg").value
    median = [kg for age, kg in _MEDIAN_KG if age <= months][-1]
    over = Fraction(2) if months < _SMALL else Fraction(5, 2)
    if kilograms > median * over or kilograms * 2 < median:
        said = f"a weight of {format_number(kilograms)} kg at {_age(months)}; about {median} kg is usual"
        advice = (
            "Weigh again: pounds may stand for kilograms, or the decimal point elsewhere. Doses by weight rest on it."
        )
        yield _finding(case, "RECORD-WEIGHT-UNLIKELY", Severity.HIGH, said, advice, _GROWTH)
    if patient.weight_on is not None:
        days, most = (case.on - patient.weight_on).days, next(d for age, d in _STALE_DAYS if months < age)
        if days > most:
            said = f"the weight of {format_number(kilograms)} kg is {days} days old, and children grow"
            yield _finding(case, "RECORD-WEIGHT-OLD", Severity.MODERATE, said, "Weigh again before a dose by weight.")


def _age(months: int) -> str:
    return f"{months // 12} years" if months >= 24 else f"{months} months"


def _finding(
    case: Case, code: str, severity: Severity, said: str, advice: str, sources: tuple[Source, ...] = _OWN_RULE
) -> Finding:
    return Finding(
        code=code,
        category=Category.RECORD,
        severity=severity,
        order=case.proposed[0].id,
        summary=f"{said[0].upper()}{said[1:]}.",
        advice=advice,
        sources=sources,
        rule=code.lower().replace("-", "/", 1),
    )
