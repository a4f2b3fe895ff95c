"""Whether an order is what a rule speaks of: ingredient, class, route, amount, length of treatment."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import dropwhile

from tallman.core.drug import Ingredient
from tallman.core.knowledge import Selector
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount, UnitMismatch
from tallman.core.screening.exposure import daily_exposure, exposure_of_one, held_in, single_dose, supplied_a_day
from tallman.core.screening.sizing import for_the_largest, unsized
from tallman.core.sig import Sig
from tallman.core.sig.daily import phase_uses

__all__ = [
    "LOCAL_ROUTES",
    "days_between",
    "days_of_treatment",
    "is_systemic",
    "matching_ingredients",
    "name_of",
    "past_the_load",
    "release_of",
    "shown",
]

LOCAL_ROUTES = frozenset({
    "topical", "ophthalmic", "otic", "nasal", "inhalation", "vaginal", "irrigation", "intravitreal", "dental", "device",
    "mucous membrane",
})  # fmt: skip


def is_systemic(order: Order) -> bool:
    """Whether the order reaches the whole body; an unknown route is taken to, and so are the sprays, gels and rings
    that their medicine is recorded to reach it by."""
    route = order.taken_route
    return route not in LOCAL_ROUTES or any(route in i.systemic_by for i in order.medicine.ingredients)


def name_of(order: Order) -> str:
    """The medicine as it is spoken of: its ingredient names in tall-man letters, else the text as received."""
    return order.medicine.spoken_name


_EXTENDED = re.compile(r"\b(?:[exsc]r|xl|la|cd|sa|tr|extended|sustained|(?:12|24)\s*(?:hr|hour))\b", re.IGNORECASE)


def release_of(order: Order) -> str | None:
    """How the medicine is let go: by its form, else as its name says ("morphine ER 30 mg"); None when neither does."""
    form = order.medicine.product.form if order.medicine.product else order.medicine.form
    if form:
        return form.release
    return "extended" if _EXTENDED.search(order.medicine.text) else None


def shown(order: Order) -> str:
    """The medicine with its directions, as evidence quotes them."""
    text = order.sig.text.strip()
    return f"{order.medicine.name}: {text}" if text else order.medicine.name


def days_of_treatment(order: Order) -> Fraction | None:
    """How long the order runs in days, from its directions or its days' supply with refills; None if open."""
    days = _days_said(order.sig)
    if days is None and order.days_supply is not None and not order.refills:
        return Fraction(order.days_supply)
    return days


@lru_cache(maxsize=1 << 12)
def _days_said(sig: Sig) -> Fraction | None:
    lengths = [s.duration for s in sig.steps if s.duration]
    if lengths and len(lengths) == len(sig.steps):
        return sum((Fraction(d.high) * UNITS[d.unit].factor / 1440 for d in lengths), Fraction(0))
    return Fraction(1) if sig.steps and all(s.timing.once for s in sig.steps) else None


def days_between(order: Order) -> Fraction | None:
    """How many days lie between one dose and the next in the end; None for a single dose and where nothing says."""
    if not order.sig.is_read or all(s.timing.once or s.timing.stat for s in order.sig.steps):
        return None
    uses = phase_uses(order.sig)
    return None if isinstance(uses, str) or not uses[-1].doses_high else 1 / uses[-1].doses_high


def _goes_by(order: Order, routes: Collection[str]) -> bool:
    """Whether it is given by one of these routes; where nobody says which of several, whether it is by each of them."""
    if order.taken_route:
        return order.taken_route in routes
    form = order.medicine.product.form if order.medicine.product else order.medicine.form
    possible = form.routes if form else ()
    return bool(possible) and all(route in routes for route in possible)


def matching_ingredients(selector: Selector, order: Order) -> tuple[str, ...]:
    """Names of the ingredients of `order` that the selector speaks of; empty when it does not apply.

    Where the amount or the length of treatment is not known, the rule applies: silence needs proof.
    """
    meant, classes = selector.ingredients, selector.classes
    medicine = order.medicine
    if meant.isdisjoint(medicine.names) and classes.isdisjoint(medicine.classes):
        return ()
    ingredients = medicine.ingredients
    if selector.excluding:
        ingredients = tuple(i for i in ingredients if not _is_excluded(i, selector.excluding))
    names = tuple([i.name for i in ingredients if i.name in meant or not classes.isdisjoint(i.classes)])
    if not names or not (_goes_by(order, selector.routes) if selector.routes else is_systemic(order)):
        return ()
    if selector.salts and (order.medicine.product is None or order.medicine.product.salt not in selector.salts):
        return ()
    if selector.strengths and selector.strengths.isdisjoint(map(str, order.medicine.strengths)):
        return ()
    if selector.every_days is not None and (days_between(order) or 0) < selector.every_days:
        return ()
    if selector.longer_than_days is not None:
        days = days_of_treatment(order)
        if days is not None and days <= selector.longer_than_days:
            return ()
    if selector.at_least is not None:
        names = tuple(n for n in names if not _is_below(order, n, selector))
    if names and selector.under is not None:
        names = tuple(n for n in names if not _reaches(order, n, selector.under))
    if names and selector.begins_above is not None:
        names = tuple(n for n in names if not _begins_low(order, n, selector.begins_above))
    return names


def _is_excluded(ingredient: Ingredient, excluding: frozenset[str]) -> bool:
    return ingredient.name in excluding or not excluding.isdisjoint(ingredient.classes)


def _begins_low(order: Order, ingredient: str, most: Amount) -> bool:
    """Whether the first step of the directions comes to no more than `most` a day on average."""
    uses = phase_uses(order.sig) if order.sig.is_read else ""
    held = None if isinstance(uses, str) or not uses else held_in(order, ingredient, uses[0].unit)
    if held is None or isinstance(uses, str):
        return False
    try:
        return Fraction(held.value) * uses[0].high <= Fraction(most.to(held.unit).value)
    except UnitMismatch:
        return False


def _reaches(order: Order, ingredient: str, enough: Amount) -> bool:
    """Whether the directions come to that much a day; what cannot be worked out does not."""
    exposure = daily_exposure(order, ingredient)
    try:
        return exposure is not None and exposure.low >= Fraction(enough.to(exposure.unit).value)
    except UnitMismatch:
        return False


def _is_below(order: Order, ingredient: str, selector: Selector) -> bool:
    order = for_the_largest(order) if unsized(order) else order
    if selector.longer_than_days is not None:
        order = past_the_load(order)
    exposure = exposure_of_one(order, ingredient)
    is_at_least_one = _is_one_injection(order) or any(s.prn for s in order.sig.steps)
    given = exposure or (single_dose(order, ingredient) if is_at_least_one else None)
    high, unit = (given.high, given.unit) if given else supplied_a_day(order, ingredient)
    if selector.at_least is None or not unit:
        return False
    try:
        limit = selector.at_least.to(unit)
    except UnitMismatch:
        return False
    return high < Fraction(Decimal(limit.value))


def past_the_load(order: Order) -> Order:
    """The order without single doses that lead to what is taken on: "324 mg once, then 81 mg daily"."""
    kept = tuple(dropwhile(lambda step: step.timing.once or step.timing.stat, order.sig.steps))
    return replace(order, sig=replace(order.sig, steps=kept)) if 0 < len(kept) < len(order.sig.steps) else order


def _is_one_injection(order: Order) -> bool:
    """Whether it is for a vein and nothing says how often: on a ward that is once, or once on each day it names."""
    steps = order.sig.steps
    if order.taken_route != "intravenous" or not (len(steps) == 1 or all(s.days for s in steps)):
        return False
    return not any(s.prn or s.timing.frequency or s.timing.interval or s.timing.events or s.timing.clock for s in steps)
