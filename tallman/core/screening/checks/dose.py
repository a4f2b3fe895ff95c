"""More of an ingredient than is given: at one time, in a day, in a week, over all products together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tallman.core.drug import Ingredient
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, said
from tallman.core.screening.by_name import only_its_name
from tallman.core.screening.case import Case
from tallman.core.screening.dose_findings import GRAVE_RATIO, dose_finding, over_a_day, over_a_week, over_at_one_time
from tallman.core.screening.exposure import (
    Exposure,
    SingleDose,
    daily_exposure,
    single_dose,
    why_not_known,
    why_unknown,
)
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.limits import (
    Ceiling,
    counted_as_one,
    for_patient,
    is_for,
    is_of_a_reason,
    limits_by_route,
    most_specific,
    needs_size,
    on_loan,
    speaking,
    taken_by,
    worked_out,
)
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.own_part import ALL_IN_A_DAY, AS_FIRST_SAID, BESIDE, all_in_a_day, as_first_said, own_part
from tallman.core.screening.renewal import goes_on_alike, takes_its_place
from tallman.core.screening.sequence import is_named_as_over
from tallman.core.screening.sizing import is_child, large, of_size_one, sized, small, unsized
from tallman.core.screening.standing import precautions_on, standing
from tallman.core.screening.ward import are_degrees_of_one_need, goes_on_in_hospital, is_load_of, is_one_dose
from tallman.core.screening.weakest import WEAKEST, weakest_meant
from tallman.core.sig import Step

__all__ = ["check"]

_HOUR = 60
_DAYS = ("d", "wk", "mo", "y")
_LARGE = "the size is not on record: reckoned for a person of 2 m, without a weight of 150 kg"
_SMALL = "the size is not on record: reckoned for an adult of 130 cm, without a weight of 40 kg"
_GOES_ON = "the same dose goes on that is taken already: what somebody is used to has no ceiling"
_WEIGH = "Weigh in kilograms, work the dose out anew and have a second person work it out too."


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
    limits = limits_by_route(order, ingredient.name, knowledge)
    limits = [x for x in limits if _has_most(x) and _is_of_its_strength(x, order)]
    if _is_held_by_its_rate(case, order, ingredient, knowledge):
        return
    if not limits:
        if is_systemic(order) and ("dose", ingredient.name) not in knowledge.looked_at:
            reason = f"no dose limit for {ingredient.tall_man} ({order.taken_route or 'route unknown'}) is on file"
            yield NotChecked("dose", order.id, reason if ingredient.is_authored else only_its_name(ingredient.tall_man))
        return
    if by := unsized(order):
        yield from _for_each(by, case, order, ingredient, limits)
        return
    exposure = daily_exposure(order, ingredient.name)
    for meant, why in _readings_of_uncertain(order, ingredient, knowledge) if exposure is None else ():
        found = [a for a in _check_ingredient(case, meant, ingredient, knowledge) if isinstance(a, Finding)]
        if found:
            yield from (replace(f, evidence=(*f.evidence, why)) for f in found)
            return
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
    limit = _most_generous_of_record(fitting, order, case)
    if missing := needs_size(limit, case.patient):
        yield from _without_size(case, order, ingredient, exposure, limit, missing)
        return
    yield from _against(case, order, ingredient, exposure, limit, _alike(limit, knowledge))


def _readings_of_uncertain(order: Order, ingredient: Ingredient, knowledge: Knowledge) -> Iterator[tuple[Order, str]]:
    """What an order of which no amount a day is known most likely means, and why; the likeliest first."""
    if weakest := weakest_meant(order, ingredient.name, knowledge):
        yield weakest, WEAKEST
    if own := own_part(order, knowledge):
        yield own, BESIDE
    if in_a_day := all_in_a_day(order):
        yield in_a_day, ALL_IN_A_DAY
    first = as_first_said(order) if single_dose(order, ingredient.name) is None else None
    if first and single_dose(first, ingredient.name):
        yield first, AS_FIRST_SAID


def _is_held_by_its_rate(case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge) -> bool:
    """Whether all that is told is a rate, and a highest one for this patient is on file: the check of the rate
    answers."""
    steps = order.sig.steps
    if not steps or not all(s.rate and not s.dose for s in steps):
        return False
    return any(
        rule.running and all(f.holds is not False for f in standing(rule, case, order, knowledge))
        for rule, names in precautions_on("rate", order, knowledge)
        if ingredient.name in names
    )


def _most_generous_of_record(fitting: list[DoseLimit], order: Order, case: Case) -> DoseLimit:
    """The limit for the stated reason; where none is stated, that of a problem on record if it allows more. What the
    order's own words are limited to (the pen of one brand) no problem widens."""
    stated = most_specific(fitting, order)
    if stated.said or order.reasons or not case.patient.codes or not any(map(is_of_a_reason, fitting)):
        return stated
    by_problem = most_specific(fitting, order, case.patient.codes)
    on_record = speaking(fitting, order, case.patient.codes) if on_loan(stated, order) else []
    if for_problem := [x for x in on_record if is_for(x, order, case.patient.codes)]:
        return max(for_problem, key=lambda x: most.value if (most := _most(x, case.patient, "mg")) else Fraction(0))
    allowed, more = (x.daily_max or x.single_max for x in (stated, by_problem))
    if allowed is None or more is None or allowed.dimension != more.dimension:
        return stated
    if (stated.per_kg, stated.per_m2) == (by_problem.per_kg, by_problem.per_m2):
        usual, usual_more = (
            (x.usual_daily_max or x.daily_max or most) for x, most in ((stated, allowed), (by_problem, more))
        )
        return by_problem if more > allowed or (more == allowed and usual_more > usual) else stated
    is_alike = bool(stated.daily_max) == bool(by_problem.daily_max)
    here, there = (_most(x, case.patient, allowed.unit) for x in (stated, by_problem))
    return by_problem if is_alike and here and there and there.value > here.value else stated


def _most(limit: DoseLimit, patient: Patient, unit: str) -> Ceiling | None:
    """The most in a day, or where none is set at one time, as it comes to in this patient."""
    most, cap = (limit.daily_max, limit.daily_cap) if limit.daily_max else (limit.single_max, limit.single_cap)
    return worked_out(most, cap, limit, patient, unit)


def _is_of_its_strength(limit: DoseLimit, order: Order) -> bool:
    """Whether a limit of some strengths (a concentrate) is for the strength ordered: no other is held against it."""
    return not limit.strengths or any(str(s) in limit.strengths for s in order.medicine.strengths)


def _has_most(limit: DoseLimit) -> bool:
    return bool(limit.single_max or limit.daily_max or limit.weekly_max)


def _without_size(
    case: Case, order: Order, ingredient: Ingredient, exposure: Exposure, limit: DoseLimit, missing: str
) -> Iterator[Finding | NotChecked]:
    """By weight or surface and not known: more than anybody is given is still more."""
    by = "weight" if limit.per_kg else "body surface"
    yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is by {by}: {missing} unknown")
    if limit.per_kg and order.setting == "inpatient" and is_child(case.patient, case.on):
        summary = f"{name_of(order)} is dosed by weight in a child, and no weight is on record."
        yield replace(
            dose_finding("RECORD-WEIGHT-NEEDED", Severity.HIGH, order, summary, (exposure.arithmetic,), limit, _WEIGH),
            category=Category.RECORD,
        )
    if person := large(case.patient, case.on):
        for_all = replace(case, patient=person)
        answers = list(_against(for_all, order, ingredient, exposure, limit, frozenset()))
        found = [replace(f, evidence=(*f.evidence, _LARGE)) for f in answers if isinstance(f, Finding)]
        yield from found
        if found:
            return
    cap = limit.daily_cap and limit.daily_cap.to(exposure.unit)
    if cap and exposure.high > cap.value:
        total = said(exposure.high, exposure.unit)
        summary = f"{name_of(order)}: up to {total} of {ingredient.tall_man} a day, nobody is given more than {cap}."
        level = Severity.CRITICAL if exposure.low >= cap.value * GRAVE_RATIO else Severity.HIGH
        yield dose_finding("DOSE-DAILY-MAX", level, order, summary, (exposure.arithmetic,), limit)


def _for_each(
    by: str, case: Case, order: Order, ingredient: Ingredient, limits: list[DoseLimit]
) -> Iterator[Finding | NotChecked]:
    """A dose by weight or surface of somebody whose size is not known, against limits by the same size: of one each."""
    fitting = [x for x in for_patient(limits, case) if (x.per_kg, x.per_m2) == (by == "kg", by == "m2")]
    unknown = NotChecked("dose", order.id, f"the dose is by {by}, and what that comes to in this patient is not known")
    if not fitting:
        found = _for_the_smallest(case, order, ingredient, limits)
        yield from found
        if not found:
            yield unknown
        return
    limit = replace(most_specific(fitting, order), single_cap=None, daily_cap=None)
    one = replace(case, patient=of_size_one(case.patient))
    each = sized(order, one.patient)
    exposure, dose = daily_exposure(each, ingredient.name), single_dose(each, ingredient.name)
    ceiling = _at_one_time(limit, one.patient, dose.unit) if dose else None
    answers: list[Finding | NotChecked] = [unknown]
    if exposure:
        answers = list(_against(one, each, ingredient, exposure, limit, frozenset()))
    elif dose and ceiling:
        answers = list(over_at_one_time(each, dose, limit, ceiling))
    for answer in answers:
        if isinstance(answer, Finding):
            answer = replace(answer, summary=answer.summary.replace(":", f", for each {by}:", 1))
        yield answer


def _for_the_smallest(case: Case, order: Order, ingredient: Ingredient, limits: list[DoseLimit]) -> list[Finding]:
    """A dose by weight or surface against limits by another measure: what is too much for the smallest adult."""
    person = small(case.patient, case.on)
    fitting = [x for x in for_patient(limits, case) if not needs_size(x, case.patient)]
    if person is None or not fitting:
        return []
    each, limit = sized(order, person), _most_generous_of_record(fitting, order, case)
    dose = single_dose(each, ingredient.name)
    ceiling = _at_one_time(limit, case.patient, dose.unit) if dose else None
    found = over_at_one_time(each, dose, limit, ceiling) if dose and ceiling else ()
    return [replace(f, evidence=(*f.evidence, _SMALL)) for f in found]


def _without_a_day(
    case: Case, order: Order, ingredient: Ingredient, limits: list[DoseLimit]
) -> Iterator[Finding | NotChecked]:
    """No amount a day is known: the single dose is still compared, and it is said that no more was."""
    fitting = for_patient(limits, case)
    limit = _most_generous_of_record(fitting or limits, order, case)
    dose = single_dose(order, ingredient.name) if fitting else None
    person = case.patient if not needs_size(limit, case.patient) else large(case.patient, case.on)
    ceiling = _at_one_time(limit, person, dose.unit) if dose and person else None
    if dose and ceiling:
        yield from over_at_one_time(order, dose, limit, ceiling)
        is_whole = not (limit.daily_max or limit.weekly_max) or _is_once_and_again_later(order) or is_one_dose(order)
        if order.sig.is_read and person is case.patient and is_whole:
            return
    if _is_spread_thinly(order):
        return
    reason = why_unknown(order) or "the dose unit of the directions does not fit the product"
    yield NotChecked("dose", order.id, f"{reason}; the single dose was compared" if ceiling else reason)


def _is_spread_thinly(order: Order) -> bool:
    """Whether it is put on the skin, and how much of it nobody says: a cream has no dose."""
    steps = order.sig.steps
    return order.sig.is_read and order.taken_route == "topical" and all(s.dose is None for s in steps)


def _is_once_and_again_later(order: Order) -> bool:
    """Whether it is one dose, and another one days or months later: a vaccine. The single dose is that of its day."""
    steps = order.sig.steps
    if not all(s.timing.once for s in steps):
        return False
    return all(s.repeat.after is not None and s.repeat.after.unit in _DAYS for s in steps if s.repeat)


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
    loan, most = on_loan(limit, order, case.patient.codes), daily or single
    if loan and most and most.value / 2 < exposure.high <= most.value:
        yield NotChecked("dose", order.id, f"{ingredient.tall_man} against {most.text}: {loan}")
    compared = [c for c in (single, daily, weekly) if c]
    if not compared and (limit.single_max or limit.daily_max or limit.weekly_max):
        yield NotChecked("dose", order.id, f"the limit for {ingredient.tall_man} is in another unit")
        return
    days = _days_of_a_week(order)
    if weekly and exposure.average * days > weekly.value:
        yield over_a_week(order, ingredient, exposure, days, limit, weekly)
        return
    found: list[Finding] = []
    if daily and order.setting == "inpatient" and any(map(_is_brief, order.sig.steps)):
        said = f"{ingredient.tall_man} is repeated within the hour: how often, and so the amount a day, is not said"
        yield NotChecked("dose", order.id, said)
    elif daily:
        parts, unknown = _together(case, order, ingredient.name, exposure, routes)
        yield from unknown
        found.extend(over_a_day(order, ingredient, parts, limit, daily, case.patient))
    if single:
        dose = SingleDose(exposure.unit, exposure.single_low, exposure.single_high, exposure.arithmetic)
        found.extend(over_at_one_time(order, dose, limit, single))
    if found:
        graver = min(found, key=lambda f: f.severity.rank)
        more = tuple(f.summary for f in found[1:])
        level = graver.severity
        if "opioid" in ingredient.classes and goes_on_alike(order, case.current, case.on):
            level, more = max(level, Severity.MODERATE, key=lambda s: s.rank), (*more, _GOES_ON)
        yield replace(found[0], severity=level, evidence=(*found[0].evidence, *more))


def _days_of_a_week(order: Order) -> int:
    """On how many days of a week it is given: of what runs into a vein, as the course of days is told."""
    steps = order.sig.steps
    if all(s.timing.once for s in steps):
        return 1
    if order.taken_route != "intravenous":
        return 7
    told = [s.days.last - s.days.first + 1 for s in steps if s.days and s.days.last and s.days.unit == "d"]
    lengths = [
        (s.duration.high if s.duration and s.duration.unit == "d" else s.timing.count) for s in steps if not s.days
    ]
    told += [int(length) for length in lengths if length]
    return min(7, max(told)) if len(told) == len(steps) else 7


def _is_brief(step: Step) -> bool:
    """Whether it is repeated within the hour, or within two until something happens or by nebuliser: not all day. Where
    the doses are counted ("every 10 minutes, 3 doses", "max 12 tablets in 24 h") their amount is known."""
    every = step.timing.interval
    if every is None or step.timing.count or every.unit not in ("min", "h"):
        return False
    if any(most.period_unit == "d" for most in step.maxima):
        return False
    minutes = Fraction(every.low) * UNITS[every.unit].factor
    return minutes <= _HOUR or (minutes <= 2 * _HOUR and (bool(step.until) or step.route == "inhalation"))


def _alike(limit: DoseLimit, knowledge: Knowledge) -> frozenset[str]:
    """The routes whose amounts count together: those by which as much is allowed. 1 g of acetaminophen by mouth and
    1 g as a suppository are 2 g; a nicotine patch and its gum, or a tablet and an injection, do not add up."""
    alike = [x for x in knowledge.limits_of[limit.ingredient] if x.daily_max == limit.daily_max]
    routes = frozenset(limit.routes).union(*(x.routes for x in alike))
    return counted_as_one(routes, limit.ingredient, knowledge)


def _together(
    case: Case, order: Order, ingredient: str, exposure: Exposure, routes: frozenset[str]
) -> tuple[list[tuple[Order, Exposure]], list[NotChecked]]:
    """What else gives the ingredient. An order for the same again follows the last one and does not add to it."""
    parts, unknown = [(order, exposure)], []
    for other in case.beside(order):
        if ingredient not in other.medicine.names or not is_systemic(other):
            continue
        if other in case.continuing and (takes_its_place(order, other, case.on) or is_named_as_over(other, order)):
            continue
        if (taken_by(other) or order.taken_route) not in routes or are_degrees_of_one_need(order, other):
            continue
        if is_load_of(order, other):
            continue
        found = daily_exposure(other, ingredient) if other.medicine.is_known else None
        if found and goes_on_in_hospital(order, other) and _is_as_much(found, exposure):
            continue
        if found and found.unit == exposure.unit:
            parts.append((other, found))
        else:
            reason = f"the {ingredient} in {other.medicine.name} could not be added to the daily total"
            unknown.append(NotChecked("dose", order.id, reason))
    return parts, unknown


def _is_as_much(one: Exposure, other: Exposure) -> bool:
    return (one.unit, one.single_high, one.high) == (other.unit, other.single_high, other.high)
