"""More of an ingredient than is given: at one time, in a day, in a week, over all products together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.patient import Patient, age_in_months
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
from tallman.core.screening.match import days_of_treatment, is_systemic, name_of, release_of, shown
from tallman.core.sig import daily_use

__all__ = ["check"]

_ADULT_MONTHS = 30 * 12
_PER_KG_TOLERANCE = Fraction(11, 10)
_GRAVE_RATIO = 2
_TENFOLD = range(8, 13)
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
    route = order.taken_route or _usual_route(order)
    limits = [limit for limit in knowledge.limits_of.get(ingredient.name, ()) if route in limit.routes]
    if not limits:
        if is_systemic(order):
            reason = f"no dose limit for {ingredient.tall_man} ({order.taken_route or 'route unknown'}) is on file"
            yield NotChecked("dose", order.id, reason)
        return
    exposure = daily_exposure(order, ingredient.name)
    if exposure is None:
        yield from _without_a_day(case, order, ingredient, limits)
        return
    fitting = _for_patient(limits, case)
    if case.patient.birth_date is None and any(x.age_from or x.age_under for x in limits):
        yield NotChecked("dose", order.id, "birth date unknown: only the adult limit was used")
    if not fitting:
        reason = f"no dose limit for {ingredient.tall_man} at this patient's age is on file"
        yield NotChecked("dose", order.id, reason)
        return
    limit = _most_specific(fitting, order)
    if limit.per_kg and case.patient.weight is None:
        yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is by weight: weight unknown")
        return
    yield from _against(case, order, ingredient, exposure, limit, _alike(limit, knowledge))


def _without_a_day(
    case: Case, order: Order, ingredient: Ingredient, limits: list[DoseLimit]
) -> Iterator[Finding | NotChecked]:
    """No amount a day is known: the single dose is still compared, and it is said that no more was."""
    fitting = _for_patient(limits, case)
    limit = _most_specific(fitting or limits, order)
    yield from _rhythm(order, limit)
    dose = single_dose(order, ingredient.name) if fitting else None
    ceiling = _at_one_time(limit, case.patient, dose.unit) if dose else None
    if dose and ceiling:
        yield from _single(order, dose, limit, ceiling)
    reason = why_unknown(order) or "the dose unit of the directions does not fit the product"
    yield NotChecked("dose", order.id, f"{reason}; the single dose was compared" if ceiling else reason)


def _at_one_time(limit: DoseLimit, patient: Patient, unit: str) -> _Ceiling | None:
    """The most at one time: the limit of a single dose, else that of a day; None where neither can be worked out."""
    if limit.per_kg and patient.weight is None:
        return None
    if limit.single_max:
        return _worked_out(limit.single_max, limit.single_cap, limit, patient, unit)
    daily = _worked_out(limit.daily_max, limit.daily_cap, limit, patient, unit)
    return daily and replace(daily, text=f"{daily.text} a day")


def _usual_route(order: Order) -> str | None:
    """What is swallowed where nobody says so: tablets and capsules."""
    units = {s.dose.unit for s in order.sig.steps if s.dose}
    return "oral" if units and units <= {"tablet", "capsule", "caplet"} else None


def _for_patient(limits: list[DoseLimit], case: Case) -> list[DoseLimit]:
    birth_date = case.patient.birth_date
    months = age_in_months(birth_date, case.on) if birth_date else _ADULT_MONTHS
    return [
        x
        for x in limits
        if (x.age_from is None or x.age_from <= months) and (x.age_under is None or months < x.age_under)
    ]


def _most_specific(limits: list[DoseLimit], order: Order) -> DoseLimit:
    """The limit for this form and reason: among equals the strictest, where one of them is unknown the most generous.

    What is then said of a limit for another reason: `_on_loan`.
    """
    form = order.medicine.product.form if order.medicine.product else order.medicine.form
    release = release_of(order)
    fitting = [
        x
        for x in limits
        if (x.release is None or release is None or release == x.release)
        and (not x.forms or form is None or form.name in x.forms)
        and _is_of_product(x, order)
    ] or limits
    by_reason = [x for x in fitting if x.indications and any(r.startswith(x.indications) for r in order.reasons)]
    general = [x for x in fitting if not x.indications]
    if not by_reason and not general:
        return max(fitting, key=_ceiling)
    chosen = by_reason or general
    if release is None and len({x.release for x in chosen}) > 1:
        return max(chosen, key=_ceiling)
    narrow = max(map(_narrowness, chosen))
    return min((x for x in chosen if _narrowness(x) == narrow), key=_ceiling)


def _is_of_product(limit: DoseLimit, order: Order) -> bool:
    """Whether the limit speaks of such a salt and such a combination; of a product not known it does not."""
    product = order.medicine.product
    if limit.salts and (product is None or product.salt not in limit.salts):
        return False
    names = {i.name for i in order.medicine.ingredients}
    return not limit.combined_with or not names.isdisjoint(limit.combined_with)


def _narrowness(limit: DoseLimit) -> int:
    return sum(map(bool, (limit.release, limit.forms, limit.salts, limit.combined_with)))


def _on_loan(limit: DoseLimit, order: Order) -> str:
    """What to say of a limit that was set for other reasons than the order's; empty when it fits."""
    if not limit.indications or any(r.startswith(limit.indications) for r in order.reasons):
        return ""
    reasons = f"the reason {', '.join(order.reasons)}" if order.reasons else "the reason of this order, not stated,"
    return f"the limit on file is for {', '.join(limit.indications[:4])}: {reasons} may allow less"


def _ceiling(limit: DoseLimit) -> Decimal:
    amount = limit.daily_max or limit.weekly_max or limit.single_max
    if amount is None:
        return Decimal(0)
    return amount.to("mg").value if amount.dimension == "mass" else amount.value


@dataclass(frozen=True, slots=True)
class _Ceiling:
    """A limit worked out for one patient, in the exposure's unit, with the words that explain it."""

    value: Fraction
    text: str


def _worked_out(
    amount: Amount | None, cap: Amount | None, limit: DoseLimit, patient: Patient, unit: str
) -> _Ceiling | None:
    if amount is None:
        return None
    try:
        value, text = Fraction(amount.to(unit).value), f"{amount}"
        if limit.per_kg and patient.weight:
            kilograms = Fraction(patient.weight.to("kg").value)
            value, text = value * kilograms, f"{amount}/kg x {format_number(kilograms)} kg"
            if cap and Fraction(cap.to(unit).value) < value:
                value, text = Fraction(cap.to(unit).value), f"{text}, at most {cap}"
            text = f"{text} = {format_number(value)} {unit}"
    except UnitMismatch:
        return None
    return _Ceiling(value, text)


def _against(
    case: Case, order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, routes: frozenset[str]
) -> Iterator[Finding | NotChecked]:
    single = _worked_out(limit.single_max, limit.single_cap, limit, case.patient, exposure.unit)
    daily = _worked_out(limit.daily_max, limit.daily_cap, limit, case.patient, exposure.unit)
    weekly = _worked_out(limit.weekly_max, None, limit, case.patient, exposure.unit)
    loan, most = _on_loan(limit, order), daily or single
    if loan and most and most.value / 2 < exposure.high <= most.value:
        yield NotChecked("dose", order.id, f"{ingredient.tall_man} against {most.text}: {loan}")
    compared = [c for c in (single, daily, weekly) if c]
    if not compared and (limit.single_max or limit.daily_max or limit.weekly_max):
        yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is in another unit")
        return
    if weekly and exposure.average * 7 > weekly.value:
        yield _weekly(order, ingredient, exposure, limit, weekly)
        return
    yield from _rhythm(order, limit)
    if daily:
        parts, unknown = _together(case, order, ingredient.name, exposure, routes)
        yield from unknown
        finding = _daily(order, ingredient, parts, limit, daily, case.patient)
        if finding:
            yield finding
            return
    if single:
        dose = SingleDose(exposure.unit, exposure.single_low, exposure.single_high, exposure.arithmetic)
        yield from _single(order, dose, limit, single)


def _single(order: Order, dose: SingleDose, limit: DoseLimit, most: _Ceiling) -> Iterator[Finding]:
    if dose.high <= most.value * _slack(limit):
        return
    level = Severity.HIGH if dose.low > most.value or limit.hard else Severity.MODERATE
    if dose.low >= most.value * _GRAVE_RATIO:
        level = Severity.CRITICAL
    amount = f"{format_number(dose.high)} {dose.unit}"
    summary = f"{name_of(order)}: {amount} at one time, the most is {most.text}."
    yield _finding("DOSE-SINGLE-MAX", level, order, summary, (dose.arithmetic,), limit)


def _alike(limit: DoseLimit, knowledge: Knowledge) -> frozenset[str]:
    """The routes whose amounts count together: those by which as much is allowed. 1 g of acetaminophen by mouth and
    1 g as a suppository are 2 g; a nicotine patch and its gum, or a tablet and an injection, do not add up."""
    alike = [x for x in knowledge.limits_of[limit.ingredient] if x.daily_max == limit.daily_max]
    return frozenset(limit.routes).union(*(x.routes for x in alike))


def _slack(limit: DoseLimit) -> Fraction:
    """Doses by weight are rounded to what can be measured: up to a tenth over is no alarm."""
    return _PER_KG_TOLERANCE if limit.per_kg else Fraction(1)


def _together(
    case: Case, order: Order, ingredient: str, exposure: Exposure, routes: frozenset[str]
) -> tuple[list[tuple[Order, Exposure]], list[NotChecked]]:
    parts, unknown = [(order, exposure)], []
    for other in case.beside(order):
        if not is_systemic(other) or not any(i.name == ingredient for i in other.medicine.ingredients):
            continue
        if (other.taken_route or _usual_route(other) or order.taken_route) not in routes:
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
    daily: _Ceiling,
    patient: Patient,
) -> Finding | None:
    low, high = sum(e.low for _, e in parts), sum(e.high for _, e in parts)
    unit = parts[0][1].unit
    level = _daily_level(low, high, limit, daily, unit, patient)
    if level is None:
        return None
    total = f"{format_number(high)} {unit}"
    others = [o for o, _ in parts[1:]]
    names = [n for n in dict.fromkeys(name_of(o) for o in others) if n != name_of(order)]
    over = f" together with {' and '.join(names)}" if names else f" over {len(parts)} orders" if others else ""
    most = daily.text if high > daily.value else f"{limit.usual_daily_max} usually, {daily.text} at most"
    evidence = [f"{name_of(o)}: {e.arithmetic}" if others else e.arithmetic for o, e in parts]
    evidence.append(f"{total} a day against {most}" + (f" ({limit.note})" if limit.note else ""))
    ratio = high / daily.value
    advice = None
    if round(ratio) in _TENFOLD and not others:
        advice = "About ten times the most that is given: look for a misplaced decimal point, and call the prescriber."
    summary = f"{name_of(order)}{over}: up to {total} of {ingredient.tall_man} a day, the most is {most}."
    finding = _finding("DOSE-DAILY-MAX", level, order, summary, tuple(evidence), limit, advice)
    return replace(finding, others=tuple(o.id for o in others))


def _daily_level(
    low: Fraction | int, high: Fraction | int, limit: DoseLimit, daily: _Ceiling, unit: str, patient: Patient
) -> Severity | None:
    grave = _worked_out(limit.critical_over, None, limit, patient, unit)
    slack = _slack(limit)
    if low > daily.value * slack:
        is_grave = low > grave.value if grave else low >= daily.value * _GRAVE_RATIO
        return Severity.CRITICAL if is_grave else Severity.HIGH
    if high > daily.value * slack:
        return Severity.HIGH if limit.hard else Severity.MODERATE
    usual = _worked_out(limit.usual_daily_max, None, limit, patient, unit)
    return Severity.MODERATE if usual and low > usual.value * slack else None


def _rhythm(order: Order, limit: DoseLimit) -> Iterator[Finding]:
    """Taken on more days than it may be: a weekly medicine every day, a five-day course for a month."""
    use = daily_use(order.sig) if order.sig.is_read else None
    if limit.days_a_week and use and use.high * 7 > use.peak * limit.days_a_week:
        days = format_number(use.high * 7 / use.peak)
        summary = f"{name_of(order)}: taken on {days} days a week, the most is {limit.days_a_week}."
        level = Severity.CRITICAL if limit.hard else Severity.HIGH
        evidence = (shown(order), limit.note) if limit.note else (shown(order),)
        yield replace(
            _finding("DOSE-DAYS-A-WEEK", level, order, summary, evidence, limit, _WEEKLY_ADVICE),
            category=Category.FREQUENCY,
        )
    days_of = days_of_treatment(order)
    if limit.max_days and days_of and days_of > limit.max_days:
        summary = f"{name_of(order)}: a course of {format_number(days_of)} days, the most is {limit.max_days} days."
        advice = "Ask the prescriber for how long it is meant; shorten the course or choose another medicine."
        yield _finding("DOSE-COURSE-MAX", Severity.HIGH, order, summary, (shown(order),), limit, advice)


def _weekly(order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, weekly: _Ceiling) -> Finding:
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
    loan = _on_loan(limit, order)
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
