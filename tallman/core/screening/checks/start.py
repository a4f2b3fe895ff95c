"""Too much to begin with: what is raised step by step, written at its full dose for somebody who does not take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tallman.core.drug import Ingredient
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import daily_exposure, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.limits import for_patient, limits_by_route, speaking
from tallman.core.screening.match import name_of, shown
from tallman.core.sig.daily import phase_uses

__all__ = ["check"]

_WEEK = 7

_SAYS_FIRST = re.compile(
    r"\b(?:new (?:start|therapy)|never taken|not taken before|naive|first (?:dose|time)|newly started)\b", re.IGNORECASE
)
_SAYS_NEW = re.compile(
    r"\b(?:new (?:med|medication|medicine)|(?:start|begin)(?:ning|ing|s)? (?:today|tonight|now|tomorrow))\b|"
    r"(?:^|[-;:,.(] ?)start(?:ing)? ?(?:\)|$)",
    re.IGNORECASE,
)
_SAYS_OLD = re.compile(
    r"\b(?:transfer\w*|establish\w*|been (?:on|taking)|already (?:on|tak\w+)|stable on|home med\w*|"
    r"continu(?:e|ed|es|ing|ation)|(?:at|with|to) (?:this|our) pharmacy|(?:with|to) us)\b",
    re.IGNORECASE,
)
"""A patient may be new to the pharmacy, and not to the medicine."""

_NEW_HERE = re.compile(r"\bfirst time\b[^.;]*\b(?:pharmacy|us|here)\b", re.IGNORECASE)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order of a medicine that is not among the current ones, against the dose to begin with.

    It informs: a list of medicines seldom holds all, and where it holds none, nobody knows what is new. Where the
    prescription itself says that it is new, or the label lets nobody begin so (`hard`), a pharmacist decides. Opioids
    have a check of their own.
    """
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("start", order.id, why_not_known(order))
            continue
        for ingredient in order.medicine.ingredients:
            may_be_new = case.current or _says_new(order)
            if may_be_new and "opioid" not in ingredient.classes:
                yield from _found(case, order, ingredient, knowledge)


def _is_new(case: Case, order: Order, ingredient: Ingredient) -> bool:
    others = (o for o in (*case.current, *case.proposed) if o is not order)
    return all(ingredient.name not in o.medicine.names for o in others)


def _says_new(order: Order) -> bool:
    said = f"{order.sig.text}; {order.note}"
    if _SAYS_FIRST.search(said):
        return not _NEW_HERE.search(order.note)
    return bool(_SAYS_NEW.search(order.sig.text) or _SAYS_NEW.search(order.note)) and not _SAYS_OLD.search(order.note)


def _begins_with(order: Order) -> Fraction:
    """The share of the most that the directions come to with which they begin: half for "0.25 mg, then 0.5 mg"."""
    uses = phase_uses(order.sig)
    if isinstance(uses, str):
        return Fraction(1)
    most = max(use.high for use in uses)
    return uses[0].high / most if most else Fraction(1)


def _found(case: Case, order: Order, ingredient: Ingredient, knowledge: Knowledge) -> Iterator[Finding]:
    on_file = limits_by_route(order, ingredient.name, knowledge)
    if not any(x.naive_max for x in on_file) or not _is_new(case, order, ingredient):
        return
    limits = [x for x in for_patient(on_file, case) if x.naive_max]
    limit = next(iter(speaking(limits, order, order.reasons or case.patient.codes)), None)
    given = daily_exposure(order, ingredient.name)
    if limit is None or limit.naive_max is None or given is None:
        return
    most = Fraction(limit.naive_max.to(given.unit).value)
    first = min(given.low, given.average) * _begins_with(order)
    if first <= most:
        return
    weekly = limit.every_days == _WEEK
    said = f"{format_number(first * _WEEK if weekly else first)} {given.unit} a {'week' if weekly else 'day'}"
    begun = f"one begins with {limit.note}" if limit.note else f"one begins with {limit.naive_max} a day at the most"
    summary = f"{name_of(order)}: {said}, and it is not among the current medicines; {begun}."
    yield Finding(
        code="DOSE-START",
        category=Category.DOSE_HIGH,
        severity=Severity.HIGH if limit.hard or _says_new(order) else Severity.MODERATE,
        order=order.id,
        summary=summary,
        evidence=(shown(order), given.arithmetic, f"the most on the first day: {limit.naive_max}"),
        advice="Ask whether the patient takes it already; if it is new, ask the prescriber to begin lower.",
        sources=limit.sources,
        rule=limit.id,
        reviewed=bool(limit.review and limit.review.reviewed_by),
    )
