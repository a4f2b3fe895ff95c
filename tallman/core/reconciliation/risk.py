"""How much may go wrong with the medicines of a patient who comes in: who is looked at first.

What counts is what studies of medication errors at admission found again and again: many medicines, those that harm
most when they are missed or doubled, old age, weak kidneys, a stay not long ago. How much each counts is our own
choice, made so that the reasons can be read on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tallman.core import kidney
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient, age_in_years
from tallman.core.reconciliation.difference import Difference, Harm
from tallman.core.reconciliation.line import Line

__all__ = ["Risk", "risk_of"]

RECENTLY = timedelta(days=30)
_MANY = ((15, 4), (10, 3), (5, 1))
_OLD = ((80, 2), (65, 1))
_WEAK = ((30, 2), (60, 1))
_MOST = 6
"""However many medicines harm most, they count no more than this together: so do open differences."""


@dataclass(frozen=True, slots=True)
class Risk:
    """Points, more being more pressing, and a phrase for each thing that counted."""

    points: int
    reasons: tuple[str, ...]


def risk_of(
    patient: Patient,
    lines: Sequence[Line],
    differences: Sequence[Difference],
    knowledge: Knowledge,
    *,
    on: date,
    last_home: date | None = None,
) -> Risk:
    """The risk of a stay on a day. `lines` are what is taken as far as it is known, a line for each medicine,
    `differences` those still open, `last_home` the day of the discharge before."""
    counted = [
        *_of_medicines(lines, knowledge),
        *_of_person(patient, knowledge, on),
        *_of_stay(last_home, on),
        *_of_differences(differences),
    ]
    return Risk(sum(points for points, _ in counted), tuple(reason for _, reason in counted))


def _of_medicines(lines: Sequence[Line], knowledge: Knowledge) -> Iterator[tuple[int, str]]:
    if not lines:
        yield 2, "no medicine is known yet"
        return
    for at_least, points in _MANY:
        if len(lines) >= at_least:
            yield points, f"{len(lines)} medicines"
            break
    harmful = [line for line in lines if _harms_most(line, knowledge)]
    if harmful:
        names = ", ".join(dict.fromkeys(i.name for line in harmful for i in line.order.medicine.ingredients))
        yield min(_MOST, 2 * len(harmful)), names
    if unknown := sum(not line.order.medicine.is_known for line in lines):
        yield 1, "1 medicine not recognised" if unknown == 1 else f"{unknown} medicines not recognised"


def _harms_most(line: Line, knowledge: Knowledge) -> bool:
    medicine = line.order.medicine
    names = {i.name for i in medicine.ingredients}
    return any(
        rule.level == "high" and (rule.ingredients & names or rule.classes & medicine.classes)
        for rule in knowledge.records.transition_harms
    )


def _of_person(patient: Patient, knowledge: Knowledge, on: date) -> Iterator[tuple[int, str]]:
    age = age_in_years(patient.birth_date, on) if patient.birth_date else None
    if age is not None:
        if age < 2:
            yield 2, "under 2 years"
        for at_least, points in _OLD:
            if age >= at_least:
                yield points, f"{age} years"
                break
    filtering = kidney.egfr(patient, knowledge.labs, on)
    for below, points in _WEAK:
        if filtering.value is not None and filtering.value < below:
            yield points, f"eGFR {round(filtering.value)}"
            break


def _of_stay(last_home: date | None, on: date) -> Iterator[tuple[int, str]]:
    if last_home is not None and on - last_home <= RECENTLY:
        days = (on - last_home).days
        yield 2, "went home today" if days == 0 else f"went home {days} day{'s' if days > 1 else ''} ago"


def _of_differences(differences: Sequence[Difference]) -> Iterator[tuple[int, str]]:
    grave = sum(d.harm is Harm.HIGH for d in differences)
    if grave:
        yield min(_MOST, 2 * grave), f"{grave} open difference{'s' if grave > 1 else ''} that may harm badly"
    if rest := len(differences) - grave:
        yield min(_MOST // 2, rest), f"{rest} other open difference{'s' if rest > 1 else ''}"
