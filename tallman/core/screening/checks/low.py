"""Less than does what the medicine is for: a treatment written like a prevention, a child's dose misread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.drug import Ingredient
from tallman.core.kidney import egfr
from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import Exposure, daily_exposure, single_dose, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.limits import for_patient, limits_by_route, speaking, taken_by, worked_out
from tallman.core.screening.made import amounts_made, of_one_piece
from tallman.core.screening.match import name_of
from tallman.core.screening.standing import precautions_on, standing
from tallman.core.sig import Step
from tallman.core.sig.daily import phase_uses

__all__ = ["check"]

_WEAK_KIDNEYS = ("N17", "N18", "N19", "Z992")
_WEAK_BELOW = 60
"""mL/min/1.73 m2."""
_FAR_SMALLER = 4
_QUARTER = Decimal("0.25")
_CUT = (Source("Tallman: tablets are divided into halves, at the most into quarters"),)
_MADE = (Source("Tallman: the strength of a tablet or capsule is one of those on file, or near them"),)
_FAR_TOO_LOW, _FAR_BY_WEIGHT = Fraction(1, 2), Fraction(3, 4)
_PREVENTS = re.compile(r"\b(?:prophyla\w+|ppx|prevent\w*|suppressi(?:on|ve))\b", re.IGNORECASE)
"""Less is enough to keep an illness away than to cure it."""
_WEANS = re.compile(r"\b(?:taper|wean|titrat)\w*\b", re.IGNORECASE)
_OF_A_WHOLE = re.compile(
    r"\b(?:additional|supplement\w*|top[- ]?up|partial|re-?load|mini[- ]?load|remain\w*|second|skin test|test dose|"
    r"graded|challenge|desensiti[sz]\w*)\b",
    re.IGNORECASE,
)
"""One of several doses that make up what does something."""
_OWN_MAKE = re.compile(r"\b(?:compound(?:ed|ing)?|cmpd|low[- ]dose|micro-?dose|LDN)\b", re.IGNORECASE)
_ROUNDED = Fraction(9, 10)
"""Doses by weight are rounded to what can be measured."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every ingredient of every proposed order, all orders that give it together, against the least that works.

    What is taken as needed, once, or in steps up and down may be little; what cannot be worked out the dose check says.
    Little for the reason that the order states, or for a problem on record where it states none, is graver than little
    for any. Weak kidneys are a reason for little: what sound ones need is told as such,
    and quietly where it is not far below.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("low", order.id, why_not_known(order))
            continue
        yield from _is_not_made(order, knowledge)
        yield from _is_a_crumb(order)
        for ingredient in order.medicine.ingredients:
            yield from _at_one_time(case, order, ingredient, knowledge)
        if _is_meant_to_be_little(order):
            continue
        for ingredient in order.medicine.ingredients:
            yield from _found(case, order, ingredient, knowledge)


def _is_not_made(order: Order, knowledge: Knowledge) -> Iterator[Finding]:
    """A tablet far smaller than any that is made: what a pharmacy makes itself is another form than is sold."""
    written, form = of_one_piece(order), order.medicine.form
    is_swallowed = order.taken_route in (None, "oral")
    if (
        written is None
        or not is_swallowed
        or _is_injected_brand(order, knowledge)
        or not order.medicine.ingredients[0].indications
    ):
        return
    ingredient = order.medicine.ingredients[0].name
    made = amounts_made(ingredient, written.unit, knowledge, "oral")
    forms = {p.form.unit for p in knowledge.products_of.get(ingredient, ())}
    said = {s.dose.unit for s in order.sig.steps if s.dose and s.dose.unit in ("tablet", "capsule")}
    is_own_make = not (said | ({form.unit} if form else set())) <= forms or _is_compounded(order)
    if not made or is_own_make or written.value >= min(made) / _FAR_SMALLER:
        return
    yield Finding(
        code="DOSE-NOT-MADE",
        category=Category.DOSE_LOW,
        severity=Severity.HIGH,
        order=order.id,
        summary=f"{name_of(order)} is not made in {written}: {Amount(min(made), written.unit)} is the least.",
        evidence=(order.medicine.text,),
        advice="Ask the prescriber for the strength meant, with its unit read aloud, and whether it is this medicine.",
        sources=_MADE,
        rule="dose-low/not-made",
    )


def _is_a_crumb(order: Order) -> Iterator[Finding]:
    """Less than a quarter of a tablet: nobody can cut that, and a decimal point may stand in the wrong place."""
    doses = [s.dose for s in order.sig.steps if s.dose and s.dose.unit in ("tablet", "caplet")]
    if not any(0 < d.high < _QUARTER for d in doses):
        return
    yield Finding(
        code="DOSE-CRUMB",
        category=Category.DOSE_LOW,
        severity=Severity.HIGH,
        order=order.id,
        summary=f"{name_of(order)}: less than a quarter of a tablet is ordered, and no tablet can be cut so small.",
        evidence=(order.sig.on_one_line,),
        advice="Ask the prescriber for the dose meant; so little needs a liquid or a smaller strength.",
        sources=_CUT,
        rule="dose-low/crumb",
    )


def _is_compounded(order: Order) -> bool:
    """Whether it says that a pharmacy makes it, or that so little is meant: "low dose naltrexone (compounded)"."""
    return bool(_OWN_MAKE.search(f"{order.medicine.text} {order.sig.text} {order.note}"))


def _is_injected_brand(order: Order, knowledge: Knowledge) -> bool:
    """Whether nothing of the brand is swallowed: Ozempic, named by a dose that the pen gives."""
    made = [p for p in knowledge.products_of.get(order.medicine.ingredients[0].name, ()) if p.brand]
    forms = [p.form.routes for p in made if p.brand == order.medicine.brand]
    return bool(forms) and not any("oral" in routes for routes in forms)


def _at_one_time(case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge) -> Iterator[Finding]:
    """A single dose so small that a unit or a decimal point must have been misread; given once, one too small for the
    reason or, where none is stated, for a problem on record (status epilepticus)."""
    on_file = limits_by_route(order, ingredient.name, knowledge)
    if not any(x.single_low for x in on_file):
        return
    is_once = all(_is_for_one_need(s, order) for s in order.sig.steps)
    if _OF_A_WHOLE.search(f"{order.sig.text} {order.note}"):
        return
    begins = is_once and not any(ingredient.name in o.medicine.names for o in case.continuing)
    limits = [x for x in for_patient(on_file, case) if x.single_low and (begins or not x.indications)]
    reasons = (order.reasons or case.patient.codes) if is_once else order.reasons
    limit = next(iter(speaking(limits, order, reasons)), None)
    given = single_dose(order, ingredient.name) if limit and order.taken_route else None
    if limit is None or given is None or not given.high:
        return
    least = worked_out(limit.single_low, None, limit, case.patient, given.unit)
    if least is None or given.high >= least.value:
        return
    said = f"{format_number(given.high)} {given.unit} at one time, less than {least.text} does nothing"
    yield Finding(
        code="DOSE-SINGLE-LOW",
        category=Category.DOSE_LOW,
        severity=Severity.HIGH,
        order=order.id,
        summary=f"{name_of(order)}: {said}: micrograms may stand for milligrams, or the decimal point elsewhere.",
        evidence=(given.arithmetic, *([limit.note] if limit.note else [])),
        advice="Ask the prescriber for the dose meant, with its unit read aloud.",
        sources=limit.sources,
        rule=limit.id,
        reviewed=bool(limit.review and limit.review.reviewed_by),
    )


def _is_for_one_need(step: Step, order: Order) -> bool:
    """Whether it is given once: said so, on a ward where nothing says how often, or again within minutes."""
    often = step.timing
    if often.interval and often.interval.unit == "min" and not step.prn:
        return True
    is_told = often.frequency or often.interval or often.events or often.clock or step.prn or step.duration
    return often.once or (order.setting != "community" and not is_told)


def _is_meant_to_be_little(order: Order) -> bool:
    steps = order.sig.steps
    if any(s.prn for s in steps) or all(s.timing.once for s in steps) or _is_raised(order):
        return True
    return _says_that_little_is_meant(order.words)


@lru_cache(maxsize=1 << 13)
def _says_that_little_is_meant(text: str) -> bool:
    return bool(_PREVENTS.search(text) or _WEANS.search(text))


def _is_raised(order: Order) -> bool:
    """Whether more follows after little: several steps, of which the first is not the most."""
    uses = phase_uses(order.sig)
    return isinstance(uses, str) or (
        len(uses) > 1 and any(u.unit != uses[0].unit or u.high > uses[0].high for u in uses)
    )


def _is_spaced(order: Order) -> bool:
    """Whether days lie between the doses: nobody writes that without meaning it (the pulses that end a long course)."""
    intervals = [s.timing.interval for s in order.sig.steps]
    return bool(intervals) and all(i and UNITS[i.unit].factor * Fraction(i.low) > UNITS["d"].factor for i in intervals)


def _found(case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge) -> Iterator[Finding]:
    on_file = limits_by_route(order, ingredient.name, knowledge)
    if not any(x.daily_low for x in on_file):
        return
    limits = [x for x in for_patient(on_file, case) if x.daily_low]
    limit = next(iter(speaking(limits, order, order.reasons or case.patient.codes)), None)
    given = daily_exposure(order, ingredient.name)
    if limit is None or given is None:
        return
    least = worked_out(limit.daily_low, limit.daily_cap, limit, case.patient, given.unit)
    is_lowered = len(phase_uses(order.sig)) > 1
    if is_lowered and not limit.per_kg:
        return
    total = (given.high if is_lowered else given.average) + _from_others(case, order, ingredient, given)
    if least is None or total >= least.value * (_ROUNDED if limit.per_kg else 1):
        return
    if limit.indications and _is_asked_for(case, order, ingredient, total, given.unit, knowledge):
        return
    far = least.value * (_FAR_BY_WEIGHT if limit.per_kg else _FAR_TOO_LOW)
    are_weak = _are_weak(case, knowledge)
    is_grave = (bool(limit.indications) or total <= far) and not (are_weak or _is_spaced(order))
    usual = Severity.LOW if are_weak and total > far else Severity.MODERATE
    summary = (
        f"{name_of(order)}: {format_number(total)} {given.unit} of {ingredient.tall_man} a day, "
        f"{'with sound kidneys ' if are_weak else ''}less than {least.text} does not do what it is for."
    )
    yield Finding(
        code="DOSE-DAILY-LOW",
        category=Category.DOSE_LOW,
        severity=Severity.HIGH if is_grave else usual,
        order=order.id,
        summary=summary,
        evidence=(given.arithmetic, *([limit.note] if limit.note else [])),
        advice="Ask the prescriber whether this little is meant: weak kidneys and a slow start can be reasons.",
        sources=limit.sources,
        rule=limit.id,
        reviewed=bool(limit.review and limit.review.reviewed_by),
    )


def _is_asked_for(
    case: Case, order: Order, ingredient: Ingredient, total: Fraction, unit: str, knowledge: Knowledge
) -> bool:
    """Whether what is known of this patient (age, weight, a creatinine) makes so little the dose: a rule about the
    kidneys that rests on more than the kidneys asks for it."""
    for rule, names in precautions_on("kidney", order, knowledge):
        facts = standing(rule, case, order, knowledge) if ingredient.name in names else []
        if facts and all(f.holds for f in facts):
            most = [
                b.daily_max.to(unit).value
                for b in rule.bands
                if b.daily_max and b.daily_max.dimension == UNITS[unit].dimension
            ]
            if most and total == max(most):
                return True
    return False


def _are_weak(case: Case, knowledge: Knowledge) -> bool:
    """Whether the kidneys are a reason for little: by the problem list or by what was measured."""
    measured = egfr(case.patient, knowledge.labs, case.on).value
    return case.patient.has_condition(*_WEAK_KIDNEYS) or (measured is not None and measured < _WEAK_BELOW)


def _from_others(case: Case, order: Order, ingredient: Ingredient, given: Exposure) -> Fraction:
    found = (daily_exposure(o, ingredient.name) for o in case.beside(order) if taken_by(o) == taken_by(order))
    return sum((e.average for e in found if e and e.unit == given.unit), Fraction(0))
