"""A medicine that the kidneys no longer clear as they should: not at all, or less of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallman.core.kidney import KidneyFunction, creatinine_clearance, egfr
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient, age_in_years
from tallman.core.precaution import Band, Precaution
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, UnitMismatch, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import Exposure, daily_exposure, why_not_known, why_unknown
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing, unwritten

__all__ = ["check"]

_OLD = 65
_WEAK = 45
_KIDNEY_DISEASE = (
    "N17",
    "N18",
    "N19",
    "N25",
    "N26",
    "N27",
    "I12",
    "I13",
    "Z992",
    "E0822",
    "E0922",
    "E1022",
    "E1122",
    "E1322",
)
_BEST_OF_STAGE = (("Z992", 14), ("N186", 14), ("N185", 14), ("N184", 29), ("N1832", 44), ("N183", 59))
"""The best function that a stage of chronic kidney disease allows (KDIGO 2012), where nothing was measured."""
_CALLED = {"crcl": "a creatinine clearance", "egfr": "an eGFR"}


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the kidney function.

    Where nothing was measured, the check could not run for those of 65 and over and for those with kidney disease on
    the problem list; for others nothing suggests that it is needed.
    """
    weak = _are_weak(case, knowledge)
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("kidney", order.id, why_not_known(order))
            continue
        if weak and is_systemic(order):
            yield from unwritten("kidney", order, knowledge)
        for rule, names in precautions_on("kidney", order, knowledge):
            yield from _judge(rule, names, case, order, knowledge)


def _judge(
    rule: Precaution, names: tuple[str, ...], case: Case, order: Order, knowledge: Knowledge
) -> Iterator[Finding | NotChecked]:
    facts = standing(rule, case, order, knowledge)
    if not all(f.holds for f in facts):
        return
    function = _function(rule, case, knowledge)
    if function.value is None:
        if rule.must_know or _is_at_risk(case):
            yield NotChecked("kidney", order.id, f"{name_of(order)} depends on the kidneys: {function.why_not}")
        return
    value = function.value
    said = Fact(True, f"{_number(value)} {function.unit}", function.arithmetic)
    for band in (b for b in rule.bands if Fraction(b.at_least) <= value < Fraction(b.below)):
        if band.avoid:
            text = f"{name_of(order)} at {_CALLED[rule.measure]} of {_number(value)} {function.unit}: {rule.effect}"
            yield finding_of(
                rule, Category.RENAL, case, order, [said, *facts],
                code="RENAL-AVOID", summary=text, severity=band.severity, advice=band.advice,
            )  # fmt: skip
            return
        for name in names:
            yield from _less(rule, band, name, function, case, order, [said, *facts])


def _less(
    rule: Precaution, band: Band, name: str, function: KidneyFunction, case: Case, order: Order, facts: list[Fact]
) -> Iterator[Finding | NotChecked]:
    """The amounts of an order against the most that is given in a band."""
    exposure = daily_exposure(order, name)
    if exposure is None:
        reason = why_unknown(order) or "the dose unit of the directions does not fit the product"
        yield NotChecked("kidney", order.id, f"{name_of(order)} is given less at this kidney function: {reason}")
        return
    for most, low, high, when in _compared(band, exposure):
        if most is None or high <= _in(most, exposure.unit):
            continue
        level = band.severity if low > _in(most, exposure.unit) else Severity.MODERATE
        text = (
            f"{name_of(order)}: up to {format_number(high)} {exposure.unit} {when}; at {_CALLED[rule.measure]} of "
            f"{_number(function.value or Fraction(0))} {function.unit} the most is {most}."
        )
        sum_ = Fact(True, "", f"{exposure.arithmetic}: {format_number(high)} {exposure.unit} {when} against {most}")
        yield finding_of(
            rule, Category.RENAL, case, order, [*facts, sum_],
            code="RENAL-DOSE", summary=text, severity=level, advice=band.advice,
        )  # fmt: skip
        return


def _compared(band: Band, e: Exposure) -> tuple[tuple[Amount | None, Fraction, Fraction, str], ...]:
    """The limits with what is given. A dose every other day counts by its daily mean."""
    return (
        (band.daily_max, min(e.low, e.average), min(e.high, e.average), "a day"),
        (band.single_max, e.single_low, e.single_high, "at one time"),
    )


def _in(amount: Amount, unit: str) -> Fraction:
    try:
        return Fraction(amount.to(unit).value)
    except UnitMismatch as error:
        raise ValueError(f"a kidney limit of {amount} cannot be compared with a dose in {unit}") from error


def _are_weak(case: Case, knowledge: Knowledge) -> bool:
    """Whether the kidneys are known to work at less than half: by a measured eGFR or by the stage on the list."""
    measured = egfr(case.patient, knowledge.labs, case.on).value
    return measured < _WEAK if measured is not None else case.patient.has_condition(*(c for c, _ in _BEST_OF_STAGE))


def _function(rule: Precaution, case: Case, knowledge: Knowledge) -> KidneyFunction:
    work_out = creatinine_clearance if rule.measure == "crcl" else egfr
    function = work_out(case.patient, knowledge.labs, case.on)
    if function.value is not None:
        return function
    best = next((value for code, value in _BEST_OF_STAGE if case.patient.has_condition(code)), None)
    if best is None:
        return function
    words = (
        f"nothing measured ({function.why_not}); the stage on the problem list allows at best {best} {function.unit}"
    )
    return KidneyFunction(Fraction(best), function.unit, words)


def _is_at_risk(case: Case) -> bool:
    patient: Patient = case.patient
    is_old = patient.birth_date is not None and age_in_years(patient.birth_date, case.on) >= _OLD
    return is_old or patient.has_condition(*_KIDNEY_DISEASE)


def _number(value: Fraction) -> str:
    return str(round(value))
