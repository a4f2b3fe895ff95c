"""More of an ingredient than is given: at one time, in a day, in a week, over all products together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import (
    Exposure,
    SingleDose,
    daily_exposure,
    single_dose,
    why_not_known,
    why_unknown,
)
from tallman.core.screening.finding import Category, Finding, NotChecked, Remedy, Severity
from tallman.core.screening.limits import (
    Ceiling,
    for_patient,
    limits_by_route,
    most_specific,
    needs_size,
    on_loan,
    taken_by,
    worked_out,
)
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.renewal import is_refill
from tallman.core.screening.slip import slip

__all__ = ["check"]

_ROUNDED = Fraction(11, 10)
"""Doses by weight are rounded to what can be measured: up to a tenth over is no alarm."""
_GRAVE_RATIO = 2
_WEEKLY_ADVICE = "A weekly medicine taken daily can kill: call the prescriber before anything else."


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every ingredient of every proposed order against its limits, with what else gives the same ingredient."""
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("dose", order.id, why_not_known(order))
            continue
        for ingredient in order.medicine.ingredients:
            yield from _check_ingredient(case, order, ingredient, knowledge)


def _check_ingredient(
    case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge
) -> Iterator[Finding | NotChecked]:
    limits = [x for x in limits_by_route(order, ingredient.name, knowledge) if _has_most(x)]
    if not limits:
        if is_systemic(order):
            reason = f"no dose limit for {ingredient.tall_man} ({order.taken_route or 'route unknown'}) is on file"
            yield NotChecked("dose", order.id, reason)
        return
    exposure = daily_exposure(order, ingredient.name)
    if exposure is None:
        yield from _without_a_day(case, order, ingredient, limits)
        return
    fitting = for_patient(limits, case)
    if case.patient.birth_date is None and any(x.age_from or x.age_under for x in limits):
        yield NotChecked("dose", order.id, "birth date unknown: only the adult limit was used")
    if not fitting:
        reason = f"no dose limit for {ingredient.tall_man} at this patient's age is on file"
        yield NotChecked("dose", order.id, reason)
        return
    limit = most_specific(fitting, order)
    if missing := needs_size(limit, case.patient):
        yield from _without_size(order, ingredient, exposure, limit, missing)
        return
    yield from _against(case, order, ingredient, exposure, limit, _alike(limit, knowledge))


def _has_most(limit: DoseLimit) -> bool:
    return bool(limit.single_max or limit.daily_max or limit.weekly_max)


def _without_size(
    order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, missing: str
) -> Iterator[Finding | NotChecked]:
    """By weight or surface and not known: more than anybody is given is still more."""
    by = "weight" if limit.per_kg else "body surface"
    yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is by {by}: {missing} unknown")
    cap = limit.daily_cap and limit.daily_cap.to(exposure.unit)
    if cap and exposure.high > cap.value:
        total = f"{format_number(exposure.high)} {exposure.unit}"
        summary = f"{name_of(order)}: up to {total} of {ingredient.tall_man} a day, nobody is given more than {cap}."
        level = Severity.CRITICAL if exposure.low >= cap.value * _GRAVE_RATIO else Severity.HIGH
        yield _finding("DOSE-DAILY-MAX", level, order, summary, (exposure.arithmetic,), limit)


def _without_a_day(
    case: Case, order: Order, ingredient: Ingredient, limits: list[DoseLimit]
) -> Iterator[Finding | NotChecked]:
    """No amount a day is known: the single dose is still compared, and it is said that no more was."""
    fitting = for_patient(limits, case)
    limit = most_specific(fitting or limits, order)
    dose = single_dose(order, ingredient.name) if fitting else None
    ceiling = _at_one_time(limit, case.patient, dose.unit) if dose else None
    if dose and ceiling:
        yield from _single(order, dose, limit, ceiling)
    reason = why_unknown(order) or "the dose unit of the directions does not fit the product"
    yield NotChecked("dose", order.id, f"{reason}; the single dose was compared" if ceiling else reason)


def _at_one_time(limit: DoseLimit, patient: Patient, unit: str) -> Ceiling | None:
    """The most at one time: the limit of a single dose, else that of a day; None where neither can be worked out."""
    if limit.single_max:
        return worked_out(limit.single_max, limit.single_cap, limit, patient, unit)
    daily = worked_out(limit.daily_max, limit.daily_cap, limit, patient, unit)
    return daily and replace(daily, text=f"{daily.text} a day")


def _against(
    case: Case, order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, routes: frozenset[str]
) -> Iterator[Finding | NotChecked]:
    single = worked_out(limit.single_max, limit.single_cap, limit, case.patient, exposure.unit)
    daily = worked_out(limit.daily_max, limit.daily_cap, limit, case.patient, exposure.unit)
    weekly = worked_out(limit.weekly_max, None, limit, case.patient, exposure.unit)
    loan, most = on_loan(limit, order), daily or single
    if loan and most and most.value / 2 < exposure.high <= most.value:
        yield NotChecked("dose", order.id, f"{ingredient.tall_man} against {most.text}: {loan}")
    compared = [c for c in (single, daily, weekly) if c]
    if not compared and (limit.single_max or limit.daily_max or limit.weekly_max):
        yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is in another unit")
        return
    is_once = all(step.timing.once for step in order.sig.steps)
    if weekly and exposure.average * (1 if is_once else 7) > weekly.value:
        yield _weekly(order, ingredient, exposure, limit, weekly)
        return
    found: list[Finding] = []
    if daily:
        parts, unknown = _together(case, order, ingredient.name, exposure, routes)
        yield from unknown
        found.extend(_daily(order, ingredient, parts, limit, daily, case.patient))
    if single:
        dose = SingleDose(exposure.unit, exposure.single_low, exposure.single_high, exposure.arithmetic)
        found.extend(_single(order, dose, limit, single))
    if found:
        graver = min(found, key=lambda f: f.severity.rank)
        more = tuple(f.summary for f in found[1:])
        yield replace(found[0], severity=graver.severity, evidence=(*found[0].evidence, *more))


def _single(order: Order, dose: SingleDose, limit: DoseLimit, most: Ceiling) -> Iterator[Finding]:
    if dose.high <= _allowed(most, limit):
        return
    level = Severity.HIGH if dose.low > most.value or limit.hard else Severity.MODERATE
    if dose.low >= most.value * _GRAVE_RATIO:
        level = Severity.CRITICAL
    amount = f"{format_number(dose.high)} {dose.unit}"
    named, advice = slip(dose.low, most.value, dose.unit)
    summary = f"{name_of(order)}: {amount} at one time, the most is {most.text}{named}."
    yield _finding("DOSE-SINGLE-MAX", level, order, summary, (dose.arithmetic,), limit, advice)


def _alike(limit: DoseLimit, knowledge: Knowledge) -> frozenset[str]:
    """The routes whose amounts count together: those by which as much is allowed. 1 g of acetaminophen by mouth and
    1 g as a suppository are 2 g; a nicotine patch and its gum, or a tablet and an injection, do not add up."""
    alike = [x for x in knowledge.limits_of[limit.ingredient] if x.daily_max == limit.daily_max]
    return frozenset(limit.routes).union(*(x.routes for x in alike))


def _allowed(most: Ceiling, limit: DoseLimit) -> Fraction:
    """What is no alarm yet: the limit, and where it is by weight a little more."""
    return most.value * _ROUNDED if limit.per_kg else most.value


def _together(
    case: Case, order: Order, ingredient: str, exposure: Exposure, routes: frozenset[str]
) -> tuple[list[tuple[Order, Exposure]], list[NotChecked]]:
    """What else gives the ingredient. An order for the same again follows the last one and does not add to it."""
    parts, unknown = [(order, exposure)], []
    for other in case.beside(order):
        if ingredient not in other.medicine.names or not is_systemic(other):
            continue
        if other in case.continuing and is_refill(order, other):
            continue
        if (taken_by(other) or order.taken_route) not in routes:
            continue
        found = daily_exposure(other, ingredient) if other.medicine.is_known else None
        if found and found.unit == exposure.unit:
            parts.append((other, found))
        else:
            reason = f"the {ingredient} in {other.medicine.name} could not be added to the daily total"
            unknown.append(NotChecked("dose", order.id, reason))
    return parts, unknown


def _daily(
    order: Order,
    ingredient: Ingredient,
    parts: list[tuple[Order, Exposure]],
    limit: DoseLimit,
    daily: Ceiling,
    patient: Patient,
) -> Iterator[Finding]:
    (_, own), *more = parts
    low, high = sum((e.low for _, e in more), own.low), sum((e.high for _, e in more), own.high)
    unit = own.unit
    level = _daily_level(low, high, limit, daily, unit, patient)
    if level is None:
        return
    total = f"{format_number(high)} {unit}"
    others = [o for o, _ in parts[1:]]
    names = [n for n in dict.fromkeys(name_of(o) for o in others) if n != name_of(order)]
    over = f" together with {' and '.join(names)}" if names else f" over {len(parts)} orders" if others else ""
    usual = worked_out(limit.usual_daily_max, None, limit, patient, unit)
    most = f"{usual.text} usually, {daily.text} at most" if usual and high <= daily.value else daily.text
    evidence = [f"{name_of(o)}: {e.arithmetic}" if others else e.arithmetic for o, e in parts]
    evidence.append(f"{total} a day against {most}" + (f" ({limit.note})" if limit.note else ""))
    named, advice = slip(parts[0][1].low, daily.value, unit)
    summary = f"{name_of(order)}{over}: up to {total} of {ingredient.tall_man} a day, the most is {most}{named}."
    finding = _finding("DOSE-DAILY-MAX", level, order, summary, tuple(evidence), limit, advice)
    is_topped = not others and low <= daily.value < high and parts[0][1].as_needed
    remedy = Remedy(daily_max=_in_full(daily, unit)) if is_topped else None
    yield replace(finding, others=tuple(o.id for o in others), remedy=remedy)


def _in_full(most: Ceiling, unit: str) -> Amount:
    return Amount(Decimal(most.value.numerator) / most.value.denominator, unit)


def _daily_level(
    low: Fraction, high: Fraction, limit: DoseLimit, daily: Ceiling, unit: str, patient: Patient
) -> Severity | None:
    most = _allowed(daily, limit)
    if low > most:
        grave = worked_out(limit.critical_over, None, limit, patient, unit)
        is_grave = low > grave.value if grave else low >= daily.value * _GRAVE_RATIO
        return Severity.CRITICAL if is_grave else Severity.HIGH
    if high > most:
        return Severity.HIGH if limit.hard else Severity.MODERATE
    usual = worked_out(limit.usual_daily_max, None, limit, patient, unit)
    return Severity.MODERATE if usual and low > _allowed(usual, limit) else None


def _weekly(order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, weekly: Ceiling) -> Finding:
    total = exposure.average * 7
    shown = f"{format_number(total)} {exposure.unit}"
    grave = total >= weekly.value * _GRAVE_RATIO
    advice = _WEEKLY_ADVICE if grave else None
    return _finding(
        "DOSE-WEEKLY-MAX",
        Severity.CRITICAL if grave else Severity.HIGH,
        order,
        f"{name_of(order)}: {shown} of {ingredient.tall_man} a week, the most is {weekly.text}.",
        (exposure.arithmetic, f"x 7 days = {shown} a week against {weekly.text}"),
        limit,
        advice,
    )


def _finding(
    code: str,
    severity: Severity,
    order: Order,
    summary: str,
    evidence: tuple[str, ...],
    limit: DoseLimit,
    advice: str | None = None,
) -> Finding:
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
