"""What a recent result is by itself: a potassium of 6 is a hyperkalemia, also where no list says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tallman.core.lab import Lab, Result, judged_result, results_of
from tallman.core.patient import Condition, Patient

__all__ = ["with_measured_conditions"]

_ACUTE, _RISE, _RISE_DAYS, _LEAST = "N179", Fraction(3, 2), 7, Fraction(13, 10)
"""KDIGO 2012, acute kidney injury: creatinine 1.5 times as high as within the 7 days before. Below 1.3 mg/dL such a
rise is small in numbers and rarely one of the kidneys."""


def with_measured_conditions(patient: Patient, labs: Mapping[str, Lab], today: date) -> Patient:
    """The patient with the conditions that results of the last days tell of and the problem list does not.

    Rules that speak of a condition then hold for the result, too. A result is told in the words of the check of
    laboratory values, so that one fact is told once.
    """
    if not patient.observations:
        return patient
    sent = {o.loinc for o in patient.observations}
    measured = [lab for lab in labs.values() if lab.told_as and not sent.isdisjoint(lab.loinc)]
    found = [c for lab in measured for c in _told(lab, patient, labs, today) if not patient.has_condition(c.code or "")]
    if "creatinine" in labs and not patient.has_condition("N17"):
        found += _acute(labs["creatinine"], patient, today)
    return replace(patient, conditions=(*patient.conditions, *found)) if found else patient


def _told(lab: Lab, patient: Patient, labs: Mapping[str, Lab], today: date) -> Iterator[Condition]:
    result = judged_result(patient, lab, labs, today)
    days = result.age_in_days(today) if result else None
    if result is None or days is None:
        return
    value = result.value if result.corrected is None else result.corrected
    for meaning in lab.told_as:
        is_beyond = (meaning.above is not None and value > meaning.above) or (
            meaning.below is not None and value < meaning.below
        )
        if is_beyond and days <= meaning.within_days:
            yield _condition(meaning.code, result)


def _acute(creatinine: Lab, patient: Patient, today: date) -> Iterator[Condition]:
    """Kidneys that have become worse within days: the newest creatinine against the lowest of the days before."""
    results = [r for r in results_of(patient, creatinine, today) if r.on]
    newest = max(results, key=lambda r: r.on or date.min, default=None)
    if newest is None or newest.on is None or (today - newest.on).days > _RISE_DAYS or newest.value < _LEAST:
        return
    since = newest.on - timedelta(days=_RISE_DAYS)
    before = [r.value for r in results if r.on and since <= r.on < newest.on]
    if before and newest.value >= min(before) * _RISE:
        yield _condition(_ACUTE, newest)


def _condition(code: str, result: Result) -> Condition:
    return Condition(code, result.words, onset=result.on, is_read=True, where=f"the result of {result.on}")
