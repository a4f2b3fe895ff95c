"""A medicine that the kidneys no longer clear as they should: not at all, or less of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tallman.core.kidney import KidneyFunction, creatinine_clearance, egfr
from tallman.core.knowledge import Knowledge
from tallman.core.lab import latest_result, why_not_usable
from tallman.core.patient import Patient, age_in_years
from tallman.core.precaution import Band, Precaution
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, UnitMismatch, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import (
    Exposure,
    SingleDose,
    daily_exposure,
    single_dose,
    why_not_known,
    why_unknown,
)
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of, past_the_load
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing, unwritten
from tallman.core.screening.ward import is_given_once
from tallman.core.screening.weakest import WEAKEST, weakest_meant
from tallman.core.sig.daily import phase_uses

__all__ = ["check"]

_OLD = 65
_ANY_FUNCTION = 200
"""A band up to so much stands for all kidneys: the rule speaks by its other facts."""
_WEAK = 45
_KIDNEY_DISEASE = (
    "N17", "N18", "N19", "N25", "N26", "N27", "I12", "I13", "Z992", "E0822", "E0922", "E1022", "E1122", "E1322",
)  # fmt: skip
_BEST_OF_STAGE = (("Z992", 14), ("N186", 14), ("N185", 14), ("N184", 29), ("N1832", 44), ("N183", 59))
"""The best function that a stage of chronic kidney disease allows (KDIGO 2012), where nothing was measured."""
_STAGES = tuple(code for code, _ in _BEST_OF_STAGE)
_DIALYSIS = "Z992"
_INTO_DIALYSATE = "intraperitoneal"
"""Doses into the belly are made for people whose kidneys do nothing."""
_WEAK_OF_AGE, _HEALTHY = 30, 90
_SESSIONS = frozenset({"dialysis", "hemodialysis", "hd"})
_SESSIONS_A_WEEK = 3
"""mL/min: what age alone does not often undercut, and above what kidneys are well."""
_ON_CONTINUOUS = re.compile(
    r"\b(?:crrt|cvvh(?:d|df)?|continuous (?:renal replacement|veno-?venous h\w+))\b", re.IGNORECASE
)
_FAR_ABOVE = Fraction(3, 2)
_ROUNDED_UP = Fraction(11, 10)
"""Doses by weight are rounded to what a syringe holds."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the kidney function.

    Where nothing was measured, the check could not run for those of 65 and over and for those with kidney disease on
    the problem list, if the order is one that weaker kidneys would forbid; for others nothing suggests that it is
    needed.
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
    if _ON_CONTINUOUS.search(" ".join((order.sig.text, order.note, *(c.text for c in case.patient.conditions)))):
        said = "continuous renal replacement clears it: the creatinine tells nothing of what is cleared"
        yield NotChecked("kidney", order.id, f"{name_of(order)} depends on the kidneys: {said}")
        return
    function = _function(rule, case, knowledge)
    if function.value is None:
        if rule.must_know or _matters(rule, names, case, order, knowledge):
            yield NotChecked("kidney", order.id, f"{name_of(order)} depends on the kidneys: {function.why_not}")
        return
    band = next((b for b in rule.bands if _holds(b, function.value, case)), None)
    if band is None:
        return
    facts = [Fact(True, _said(rule, function, case), function.arithmetic), *facts]
    if band.avoid:
        yield finding_of(
            rule, Category.RENAL, case, order, facts, code="RENAL-AVOID", severity=band.severity, advice=band.advice,
            summary=f"{name_of(order)} {facts[0].words}: {rule.effect}",
        )  # fmt: skip
        return
    if order.taken_route == _INTO_DIALYSATE:
        return
    if rule.load_is_whole:
        if is_given_once(order):
            return
        order = past_the_load(order)
    for name in names:
        meant = weakest_meant(order, name, knowledge)
        found = [a for a in _less(rule, band, name, case, meant, facts) if isinstance(a, Finding)] if meant else []
        yield from (replace(f, evidence=(*f.evidence, WEAKEST)) for f in found)
        if not found:
            yield from _less(rule, band, name, case, order, facts)


def _holds(band: Band, value: Fraction, case: Case) -> bool:
    fits = Fraction(band.at_least) <= value < Fraction(band.below)
    return fits and band.dialysis in (None, case.patient.has_condition(_DIALYSIS))


def _said(rule: Precaution, function: KidneyFunction, case: Case) -> str:
    if case.patient.has_condition(_DIALYSIS):
        return "on dialysis"
    called = "a creatinine clearance" if function.unit == "mL/min" else "an eGFR"
    return f"at {called} of {round(function.value or 0)} {function.unit}"


def _less(
    rule: Precaution, band: Band, name: str, case: Case, order: Order, facts: list[Fact]
) -> Iterator[Finding | NotChecked]:
    """The amounts of an order against the most that is given in a band."""
    exposure = daily_exposure(order, name) or single_dose(order, name)
    if not isinstance(exposure, Exposure):
        reason = why_unknown(order) or "the dose unit of the directions does not fit the product"
        yield NotChecked("kidney", order.id, f"{name_of(order)} is given less at this kidney function: {reason}")
    if exposure is None:
        return
    if band.daily_max_per_kg and case.patient.weight is None:
        yield NotChecked("kidney", order.id, f"{name_of(order)} is given by weight, and the weight is not on record")
    if isinstance(exposure, Exposure):
        exposure = _after_the_load(order, exposure)
    for most, low, high, when in _compared(band, exposure, case.patient, is_by_session=_is_by_session(order)):
        if most is None or high <= most:
            continue
        level = _level(band, low, high, most, _in(band.high_over, exposure.unit))
        is_of_weight = most not in (_in(band.daily_max, exposure.unit), _in(band.single_max, exposure.unit))
        limit = f"{format_number(most / _ROUNDED_UP if is_of_weight else most)} {exposure.unit}"
        given = f"{format_number(high)} {exposure.unit} {when}"
        sum_ = Fact(True, "", f"{exposure.arithmetic}: {given} against {limit}")
        why = f"{facts[0].words} the most is {limit}"
        if band.below is not None and band.below >= _ANY_FUNCTION:
            why = f"the most is {limit}: {rule.effect.removesuffix('.')}"
        yield finding_of(
            rule, Category.RENAL, case, order, [*facts, sum_], code="RENAL-DOSE", severity=level, advice=band.advice,
            summary=f"{name_of(order)}: up to {given}; {why}.",
        )  # fmt: skip
        return


def _after_the_load(order: Order, e: Exposure) -> Exposure:
    """What goes on after the larger dose of a first day: labels give that one whole, however weak the kidneys are."""
    uses = phase_uses(order.sig)
    if isinstance(uses, str) or len(uses) == 1 or uses[0].days != 1 or uses[-1].days == 1:
        return e
    peak = max(u.peak for u in uses)
    if not peak:
        return e
    per_unit, rest = e.high / peak, uses[1:]
    heaviest = max(rest, key=lambda u: (u.peak, u.low))
    return replace(
        e, single_low=heaviest.single_low * per_unit, single_high=max(u.single_high for u in rest) * per_unit,
        low=heaviest.low * per_unit, high=heaviest.peak * per_unit, average=max(u.high for u in rest) * per_unit,
    )  # fmt: skip


def _level(band: Band, low: Fraction, high: Fraction, most: Fraction, high_over: Fraction | None) -> str:
    """How grave too much is. Of a range, the top counts where it is half as much again as the most, else the bottom."""
    given = high if high > most * _FAR_ABOVE else low
    if given <= most:
        return Severity.MODERATE
    return Severity.HIGH if high_over is not None and given > high_over else band.severity


def _is_by_session(order: Order) -> bool:
    """Whether dialysis alone says when it is given: "after each dialysis"."""
    return all(_SESSIONS & set((step.trigger or "").split()) for step in order.sig.steps)


def _compared(
    band: Band, e: Exposure | SingleDose, patient: Patient, *, is_by_session: bool
) -> Iterator[tuple[Fraction | None, Fraction, Fraction, str]]:
    """The limits with what is given. A dose every other day counts by its daily mean, so does one at each dialysis;
    where only the single dose is known, it is held against what is given in a day."""
    if isinstance(e, SingleDose) and is_by_session:
        share = Fraction(_SESSIONS_A_WEEK, 7)
        when = f"a day with {_SESSIONS_A_WEEK} dialyses a week"
        yield _in(band.daily_max, e.unit), e.low * share, e.high * share, when
        yield _in(band.single_max, e.unit), e.low, e.high, "at one time"
        return
    if isinstance(e, SingleDose):
        yield _in(band.single_max or band.daily_max, e.unit), e.low, e.high, "at one time"
        return
    low, high = min(e.low, e.average), min(e.high, e.average)
    if band.daily_max_per_kg and patient.weight:
        of_weight = _in(band.daily_max_per_kg, e.unit) or Fraction(0)
        yield of_weight * Fraction(patient.weight.to("kg").value) * _ROUNDED_UP, low, high, "a day"
    yield _in(band.daily_max, e.unit), low, high, "a day"
    yield _in(band.single_max, e.unit), e.single_low, e.single_high, "at one time"


def _in(amount: Amount | None, unit: str) -> Fraction | None:
    try:
        return Fraction(amount.to(unit).value) if amount else None
    except UnitMismatch as error:
        raise ValueError(f"a kidney limit of {amount} cannot be compared with a dose in {unit}") from error


def _are_weak(case: Case, knowledge: Knowledge) -> bool:
    """Whether the kidneys are known to work at less than half: by a measured eGFR or by the stage on the list."""
    measured = egfr(case.patient, knowledge.labs, case.on).value
    return measured < _WEAK if measured is not None else case.patient.has_condition(*_STAGES)


def _function(rule: Precaution, case: Case, knowledge: Knowledge) -> KidneyFunction:
    """The function the rule asks for. Where it cannot be worked out, the other measure stands in for it, and after that
    the best that the stage on the problem list allows. On dialysis the equations do not hold."""
    patient, ways = case.patient, (creatinine_clearance, egfr)
    first, second = ways if rule.measure == "crcl" else ways[::-1]
    function = first(patient, knowledge.labs, case.on)
    if patient.has_condition(_DIALYSIS):
        words = "dialysis is on the problem list: the kidneys are taken to clear next to nothing"
        return KidneyFunction(Fraction(0), function.unit, words)
    if function.value is not None:
        return function
    other = second(patient, knowledge.labs, case.on)
    if other.value is not None:
        return replace(other, arithmetic=f"{other.arithmetic} (stands in: {function.why_not})")
    for code, best in _BEST_OF_STAGE if patient.has_condition(*_STAGES) else ():
        if patient.has_condition(code):
            words = f"nothing measured ({function.why_not}); the stage on the problem list allows at best {best}"
            return KidneyFunction(Fraction(best), function.unit, f"{words} {function.unit}")
    return function


def _matters(rule: Precaution, names: tuple[str, ...], case: Case, order: Order, knowledge: Knowledge) -> bool:
    """Whether the kidney function, of which nothing is known, could well be one at which the rule speaks of this order:
    any with kidney disease on the list, a creatinine that cannot be used, or one of somebody whose age or sex nobody
    knows, down to 30 from 65 years on. A rule that only informs is not asked about."""
    patient = case.patient
    if patient.has_condition(*_KIDNEY_DISEASE) or _is_measured_in_vain(case, knowledge):
        lowest = 0
    elif patient.birth_date is not None and age_in_years(patient.birth_date, case.on) >= _OLD:
        lowest = _WEAK_OF_AGE
    else:
        return False
    if not Severity(rule.severity).is_interruptive:
        return False
    reached = [b for b in rule.bands if lowest < b.below <= _HEALTHY and not b.dialysis]
    return any(
        b.avoid or any(True for n in names for _ in _less(rule, b, n, case, order, [Fact(True)])) for b in reached
    )


def _is_measured_in_vain(case: Case, knowledge: Knowledge) -> bool:
    """Whether there is a creatinine that nothing can be worked out from."""
    creatinine, patient = knowledge.labs.get("creatinine"), case.patient
    if creatinine is None:
        return False
    if why_not_usable(patient, creatinine, case.on):
        return True
    is_open = patient.birth_date is None or patient.sex not in ("male", "female")
    return is_open and latest_result(patient, creatinine, case.on) is not None
