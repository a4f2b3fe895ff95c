"""How findings of doses are told: too much at one time, in a day, in a week, and how grave that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, said
from tallman.core.screening.exposure import PIECES, Exposure, SingleDose
from tallman.core.screening.finding import Category, Finding, Remedy, Severity
from tallman.core.screening.limits import Ceiling, on_loan, worked_out
from tallman.core.screening.match import name_of
from tallman.core.screening.slip import slip
from tallman.core.sig.single_days import are_single_days

__all__ = ["GRAVE_RATIO", "dose_finding", "over_a_day", "over_a_week", "over_at_one_time"]

_ROUNDED = Fraction(11, 10)
"""Doses by weight are rounded to what can be measured: up to a tenth over is no alarm."""
GRAVE_RATIO = 2
"""So many times the most is critical."""
_WEEKLY_ADVICE = "A weekly medicine taken daily can kill: call the prescriber before anything else."
_OF_A_DAY = frozenset({"d", "h"})
_PIECES, _HANDFUL, _MANY = frozenset({"tablet", "capsule"}), 10, 4


def over_at_one_time(order: Order, dose: SingleDose, limit: DoseLimit, most: Ceiling) -> Iterator[Finding]:
    """More than the most at one time."""
    if dose.high <= _allowed(most, limit):
        return
    level = Severity.HIGH if dose.low > most.value or limit.hard else Severity.MODERATE
    if dose.low >= most.value * GRAVE_RATIO:
        level = Severity.CRITICAL
    amount = said(dose.high, dose.unit)
    named, advice = _slip(order, dose.low, most.value, dose.unit, limit)
    summary = f"{name_of(order)}: {amount} at one time, the most is {most.text}{named}."
    yield dose_finding("DOSE-SINGLE-MAX", level, order, summary, (dose.arithmetic,), limit, advice)


def _slip(order: Order, low: Fraction, most: Fraction, unit: str, limit: DoseLimit) -> tuple[str, str | None]:
    """What it looks like; nothing where one or two tablets of a known strength are taken: none has a tenth in mind."""
    doses = [step.dose for step in order.sig.steps if step.dose]
    is_few = bool(doses) and all((d.unit is None or d.unit in PIECES) and d.high < _MANY for d in doses)
    if is_few and order.medicine.product and order.medicine.product.form.unit in _PIECES:
        return "", None
    return slip(low, most, unit, by_size=limit.per_kg or limit.per_m2)


def _allowed(most: Ceiling, limit: DoseLimit) -> Fraction:
    """What is no alarm yet: the limit, and where it is by weight or surface a little more."""
    return most.value * _ROUNDED if limit.per_kg or limit.per_m2 else most.value


def over_a_day(
    order: Order,
    ingredient: Ingredient,
    parts: list[tuple[Order, Exposure]],
    limit: DoseLimit,
    daily: Ceiling,
    patient: Patient,
) -> Iterator[Finding]:
    """More than the most in a day, of one order with those that give the same."""
    (_, own), *more = parts
    low, high = sum((e.low for _, e in more), own.low), sum((e.high for _, e in more), own.high)
    unit = own.unit
    level = _daily_level(low, high, limit, daily, unit, patient)
    if level is Severity.MODERATE and high > _allowed(daily, limit) and _names_a_most(order):
        level = Severity.HIGH
    if level is Severity.CRITICAL and "opioid" in ingredient.classes and _tops_up(parts):
        level = Severity.HIGH
    if level is None:
        return
    total = said(high, unit)
    others = [o for o, _ in parts[1:]]
    names = [n for n in dict.fromkeys(name_of(o) for o in others) if n != name_of(order)]
    over = f" together with {' and '.join(names)}" if names else f" over {len(parts)} orders" if others else ""
    usual = worked_out(limit.usual_daily_max, None, limit, patient, unit)
    if usual and level is Severity.MODERATE and low > usual.value and _is_a_handful(order):
        level = Severity.HIGH
    most = f"{usual.text} usually, {daily.text} at most" if usual and high <= daily.value else daily.text
    evidence = [f"{name_of(o)}: {e.arithmetic}" if others else e.arithmetic for o, e in parts]
    evidence.append(f"{total} a day against {most}" + (f" ({limit.note})" if limit.note else ""))
    named, advice = _slip(order, parts[0][1].low, daily.value, unit, limit)
    summary = f"{name_of(order)}{over}: up to {total} of {ingredient.tall_man} a day, the most is {most}{named}."
    finding = dose_finding("DOSE-DAILY-MAX", level, order, summary, tuple(evidence), limit, advice)
    is_topped = not others and low <= daily.value < high and parts[0][1].as_needed
    remedy = Remedy(daily_max=_in_full(daily, unit)) if is_topped else None
    yield replace(finding, others=tuple(o.id for o in others), remedy=remedy)


def _tops_up(parts: Sequence[tuple[Order, Exposure]]) -> bool:
    """Whether one of several is as needed: the sum is the most that may come together, and no slip of one dose."""
    return len(parts) > 1 and any(exposure.as_needed for _, exposure in parts)


def _names_a_most(order: Order) -> bool:
    """Whether the directions themselves allow so much ("max 6 a day"): then it is no sum of single doses."""
    steps = order.sig.steps
    return len(steps) == 1 and any(most.period_unit in _OF_A_DAY for most in steps[0].maxima)


def _is_a_handful(order: Order) -> bool:
    """Ten tablets at one time, not as a pulse on single days: where so much is unusual, one of them was meant."""
    doses = [step.dose for step in order.sig.steps if step.dose]
    return any(d.unit in _PIECES and d.low >= _HANDFUL for d in doses) and not are_single_days(order.sig)


def _in_full(most: Ceiling, unit: str) -> Amount:
    return Amount(Decimal(most.value.numerator) / most.value.denominator, unit)


def _daily_level(
    low: Fraction, high: Fraction, limit: DoseLimit, daily: Ceiling, unit: str, patient: Patient
) -> Severity | None:
    most = _allowed(daily, limit)
    if low > most:
        grave = worked_out(limit.critical_over, None, limit, patient, unit)
        is_grave = low > grave.value if grave else low >= daily.value * GRAVE_RATIO
        return Severity.CRITICAL if is_grave else Severity.HIGH
    if high > most:
        return Severity.HIGH if limit.hard else Severity.MODERATE
    usual = worked_out(limit.usual_daily_max, None, limit, patient, unit)
    return Severity.MODERATE if usual and low > _allowed(usual, limit) else None


def over_a_week(
    order: Order, ingredient: Ingredient, exposure: Exposure, days: int, limit: DoseLimit, weekly: Ceiling
) -> Finding:
    """More than the most in a week, once that is known to be so."""
    total = exposure.average * days
    shown = said(total, exposure.unit)
    grave = total >= weekly.value * GRAVE_RATIO
    advice = _WEEKLY_ADVICE if grave else None
    return dose_finding(
        "DOSE-WEEKLY-MAX",
        Severity.CRITICAL if grave else Severity.HIGH,
        order,
        f"{name_of(order)}: {shown} of {ingredient.tall_man} a week, the most is {weekly.text}.",
        (exposure.arithmetic, f"x {days} days = {shown} a week against {weekly.text}"),
        limit,
        advice,
    )


def dose_finding(
    code: str,
    severity: Severity,
    order: Order,
    summary: str,
    evidence: tuple[str, ...],
    limit: DoseLimit,
    advice: str | None = None,
) -> Finding:
    """A finding of the dose that rests on a limit."""
    loan = on_loan(limit, order)
    evidence = (*evidence, loan) if loan else evidence
    usual = "Confirm the dose with the prescriber, or ask whether the patient is known to need this much."
    return Finding(
        code=code,
        category=Category.DOSE_HIGH,
        severity=severity,
        order=order.id,
        summary=summary,
        evidence=evidence,
        advice=advice or usual,
        sources=limit.sources,
        rule=limit.id,
        reviewed=bool(limit.review and limit.review.reviewed_by),
    )
