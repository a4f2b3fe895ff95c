"""How much it matters that an ingredient is ordered while it is taken: a renewal, a next dose, or twice too much."""

from __future__ import annotations

import re

from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.ended import is_replaced_by
from tallman.core.screening.finding import Severity
from tallman.core.screening.meant import (
    are_vitamins,
    begins_by_needle,
    is_added,
    is_depot,
    is_until_it_acts,
    name_each_other,
    two_strengths_of_one_dose,
)
from tallman.core.screening.renewal import (
    BOTH_HARM,
    days_left,
    is_change_of_dose,
    is_next_dose,
    is_next_pen,
    is_same_but_for_brand,
    is_taken_otherwise,
    is_the_same_again,
)
from tallman.core.screening.rescue import is_as_needed
from tallman.core.screening.ward import (
    are_degrees_of_one_need,
    are_one_after_the_other,
    belongs_to_the_other,
    ends_with_the_stay,
    goes_on_beside_what_runs,
    goes_on_in_hospital,
    is_bolus_of_what_runs,
    is_given_once,
    is_load_of,
)
from tallman.core.sig.doses_a_day import doses_a_day

__all__ = ["is_new", "weight_of"]

_AHEAD = re.compile(r"\b(?:vacation|travel\w*|trip)\b", re.IGNORECASE)
_RUN_OUT_DAYS, _GONE_DAYS, _LATELY_DAYS = 10, 2, 7
_USED_UP = 4
"""A renewal may come while one day in this many of the last supply is left."""
_STEPPED = "glp1-agonist"
"""Written anew for each step of the dose, often while some of the last is left; no tablet bridges to a weekly pen."""
_TITRATED = frozenset({"basal-insulin", "bolus-insulin", "intermediate-insulin"})
"""Of these the dose changes by a few units every few days, and the pen stays the same."""
_HOARDED = frozenset({"benzodiazepine", "saba", "triptan", "muscle-relaxant", "hypnotic", "stimulant"})
"""Of these too much is taken as needed: a second supply is looked at."""


def weight_of(case: Case, order: Order, other: Order) -> tuple[Severity, str]:
    """How much a repeated ingredient matters, and the fact that makes it matter less."""
    if is_replaced_by(order, other, case.continuing):
        return Severity.MODERATE, "a change is spoken of: make sure the earlier one is stopped"
    if _AHEAD.search(order.note):
        return Severity.MODERATE, "the note asks for it ahead of a journey"
    if is_added(order, other):
        return Severity.MODERATE, "it is said to be added"
    same_product = is_same_but_for_brand(order, other)
    is_again = same_product or is_the_same_again(order, other)
    if same_product and _are_both_as_needed(order, other) and not is_new(other, case):
        return Severity.LOW, "both of one strength and as needed: this reads as a renewal"
    if is_bolus_of_what_runs(order, other) and not goes_on_beside_what_runs(order, other):
        return Severity.LOW, "a bolus, and what runs in over hours after it"
    left = days_left(other, case.on)
    if is_again and left is not None and left <= max(_RUN_OUT_DAYS, (other.days_supply or 0) // _USED_UP):
        return Severity.LOW, f"the earlier supply runs out in {max(left, 0)} days: this reads as a renewal"
    if left is None and is_the_same_again(order, other):
        level = Severity.MODERATE if is_new(other, case) else Severity.LOW
        return level, "the same again, and for how long the earlier one lasts is not on record"
    if left is not None and left <= _GONE_DAYS:
        return Severity.MODERATE, "the earlier supply is used up: this reads as a change of dose"
    if other.ended is not None:
        return Severity.LOW, f"the earlier one ends on {other.ended:%Y-%m-%d}"
    if _renews_the_same(case, order):
        return Severity.LOW, "this order renews one that was taken beside the other before"
    if same_product and _is_titrated(order, other):
        return Severity.MODERATE, "the same insulin in another dose: this reads as the next step"
    is_stepped = _STEPPED in order.medicine.classes
    if is_stepped and (is_next_dose(order, other) or is_next_pen(order, other)):
        return Severity.MODERATE, "another dose of what is raised step by step: this reads as the next one"
    if not is_stepped and (is_depot(order) != is_depot(other) or is_until_it_acts(order, other)):
        return Severity.MODERATE, "one lasts for weeks: the other is often meant until it acts, or beside it"
    if begun := _begins_with_an_injection(case, order, other):
        return Severity.MODERATE, begun
    if goes_on_in_hospital(order, other):
        return Severity.MODERATE, "on a ward: what is taken at home goes on there, from its stock"
    if ends_with_the_stay(order, other):
        return Severity.MODERATE, "for home: what the ward gives ends with the stay"
    if are_degrees_of_one_need(order, other) or is_load_of(order, other):
        return Severity.LOW, "on a ward: a load and what keeps it up, or one dose for each degree of pain"
    if goes_on_beside_what_runs(order, other):
        return Severity.HIGH, ""
    if belongs_to_the_other(order, other):
        return Severity.MODERATE, "on a ward: one dose or a bolus beside what runs or goes on is often meant"
    if are_one_after_the_other(order, other):
        return Severity.MODERATE, "on a ward: counted doses that run in by themselves follow each other"
    if two_strengths_of_one_dose(order, other):
        return Severity.MODERATE, "two strengths written on one day, taken alike: they may make up one dose"
    if name_each_other(order, other):
        return Severity.MODERATE, "the directions of one name the strength of the other: they make up one dose"
    if are_vitamins(order, other):
        return Severity.LOW, "a vitamin that is in both: the total a day is compared by itself"
    if left is None and is_taken_otherwise(order, other):
        return Severity.MODERATE, "of one strength, and how much a day of one is not said: this reads as a renewal"
    if is_change_of_dose(order, other, case.on):
        return Severity.MODERATE, "another dose of the same product: this reads as a change of dose"
    return Severity.HIGH, ""


def _begins_with_an_injection(case: Case, order: Order, other: Order) -> str:
    """What is meant where an injection begins it; nothing where none does."""
    if begins_by_needle(order, other) and order in case.proposed and other in case.proposed:
        return "one injection, and what is swallowed from then on"
    if is_given_once(order) and any(is_until_it_acts(order, o) for o in case.proposed):
        return "one dose beside the depot that begins"
    return ""


def _are_both_as_needed(order: Order, other: Order) -> bool:
    """Whether both are taken as needed, of what does little harm where there is more of it at home."""
    return is_as_needed(order) and is_as_needed(other) and not order.medicine.classes & (BOTH_HARM | _HOARDED)


def _is_titrated(order: Order, other: Order) -> bool:
    """Whether it is the same insulin of the same maker as often a day in another dose."""
    if _TITRATED.isdisjoint(order.medicine.classes) or order.medicine.brand != other.medicine.brand:
        return False
    one, two = (doses_a_day(o.sig.steps[0]) if len(o.sig.steps) == 1 else None for o in (order, other))
    return one is not None and one == two and not is_the_same_again(order, other)


def is_new(order: Order, case: Case) -> bool:
    """Whether it was written so lately that asking for it again may be a mistake."""
    begun = order.started or order.written
    return begun is not None and (case.on - begun).days < _LATELY_DAYS


def _renews_the_same(case: Case, order: Order) -> bool:
    product = order.medicine.product
    return product is not None and any(o.id in order.replaces and o.medicine.product == product for o in case.current)
