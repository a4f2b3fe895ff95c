"""Whether an order goes on with one on the list: the same again, or the next dose of the same medicine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tallman.core.drug import Strength
from tallman.core.prescription import Order
from tallman.core.screening.ended import says_it_replaces
from tallman.core.screening.exposure import PIECES, daily_exposure, exposure_of_one
from tallman.core.sig import Status, daily_use
from tallman.core.sig.daily import phase_uses
from tallman.core.sig.step_use import PhaseUse

__all__ = [
    "BOTH_HARM",
    "changed_from_the_list",
    "days_left",
    "goes_on_alike",
    "is_change_of_dose",
    "is_next_dose",
    "is_next_pen",
    "is_piece",
    "is_refill",
    "is_same_but_for_brand",
    "is_taken_otherwise",
    "is_the_same_again",
    "takes_its_place",
]

_FROM_UNSAID = ("the dose is changed, and from what is not said",)
_USED_UP_DAYS, _STEP = 2, 3
BOTH_HARM, _SLOW = (
    frozenset({"opioid", "anticoagulant", "narrow-index", "nsaid", "acetaminophen-class"}),
    "thyroid-hormone",
)


def is_same_but_for_brand(order: Order, other: Order) -> bool:
    """Whether both are of one strength, route and release; of products not known, whether they read alike."""
    here, there = order.medicine.product, other.medicine.product
    if here is None or there is None:
        return _read_alike(order, other)
    return (here.strengths, here.form.routes, here.form.release) == (
        there.strengths,
        there.form.routes,
        there.form.release,
    )


def is_refill(order: Order, other: Order) -> bool:
    """Whether an order asks for the same again: nothing of it differs but the day, and perhaps the brand."""
    return (
        order.medicine.names == other.medicine.names
        and is_same_but_for_brand(order, other)
        and order.sig.is_read
        and order.sig.same_meaning(other.sig)
    )


def is_the_same_again(order: Order, other: Order) -> bool:
    """Whether both are of one strength and give the same a day and at a time, however the directions are worded."""
    if is_refill(order, other):
        return True
    if _is_named_only(order, other):
        return _are_as_many(order, other)
    if not _are_of_one_strength(order, other) and not is_same_but_for_brand(order, other):
        return False
    given = [tuple(exposure_of_one(o, i.name) for i in order.medicine.ingredients) for o in (order, other)]
    one, two = ([x and (x.unit, x.single_high, x.low, x.high) for x in each] for each in given)
    return None not in one and one == two


def is_taken_otherwise(order: Order, other: Order) -> bool:
    """Whether both are of one strength, and how much of one is taken a day cannot be told: by a scale, by a clinic."""
    if not _are_of_one_strength(order, other):
        return False
    return any(daily_exposure(o, i.name) is None for o in (order, other) for i in o.medicine.ingredients)


def _are_of_one_strength(order: Order, other: Order) -> bool:
    """Whether the same ingredients are in both in the same amounts: 40 mg and a capsule of 40 mg are."""
    here, there = order.medicine, other.medicine
    if here.names != there.names or not here.strengths or len(here.strengths) != len(there.strengths):
        return False
    pairs = zip(*(sorted(m.strengths, key=lambda s: s.ingredient) for m in (here, there)), strict=True)
    return all(
        (a.ingredient, a.amount) == (b.ingredient, b.amount) and (a.per == b.per or (is_piece(a) and is_piece(b)))
        for a, b in pairs
    )


def is_piece(strength: Strength) -> bool:
    """Whether a strength is that of a tablet, a vial or another piece."""
    return strength.per.value == 1 and (strength.per.unit == strength.per.dimension or strength.per.unit in PIECES)


def _is_named_only(order: Order, other: Order) -> bool:
    """Whether one of two of a name and brand stands on a list without a strength: "Sprintec", "levothyroxine"."""
    here, there = order.medicine, other.medicine
    return (here.names, here.brand) == (there.names, there.brand) and bool(here.strengths) != bool(there.strengths)


def _are_as_many(order: Order, other: Order) -> bool:
    """Whether as many pieces are taken at a time and in a day, whatever the directions call them."""
    one, two = (daily_use(o.sig) if o.sig.is_read else None for o in (order, other))
    if one is None or two is None or not {one.unit, two.unit} <= {None, *PIECES} or one.is_prn != two.is_prn:
        return False
    return (one.single_high, one.low, one.high) == (two.single_high, two.low, two.high)


def goes_on_alike(order: Order, current: Iterable[Order], on: date) -> bool:
    """Whether the same is taken already, and not only from today."""
    return any(is_the_same_again(order, o) and (o.started or o.written) != on for o in current)


def changed_from_the_list(order: Order, current: Iterable[Order]) -> Order:
    """The order with directions as sure as they read, where they only say "increase to" and the list says from what."""
    if order.sig.doubts != _FROM_UNSAID or order.sig.unread or not order.medicine.is_known:
        return order
    if all(o.medicine.names != order.medicine.names for o in current):
        return order
    return replace(order, sig=replace(order.sig, doubts=(), status=Status.READ))


def takes_its_place(order: Order, other: Order, on: date) -> bool:
    """Whether an order follows one on the list and is not taken beside it: the same again, a change by its note, a new
    dose, or any when the supply of the old one is used up."""
    if order.medicine.names != other.medicine.names:
        return False
    if is_the_same_again(order, other) or says_it_replaces(order):
        return True
    left = days_left(other, on)
    return (left is not None and left <= _USED_UP_DAYS) or is_change_of_dose(order, other, on)


def is_change_of_dose(order: Order, other: Order, on: date) -> bool:
    """Whether one is the next dose of the other, or the same dose in another strength. While a supply lasts, only where
    it is taken as often a day as before, or is of one product."""
    if _is_same_dose_in_another_strength(order, other):
        return True
    is_open = days_left(other, on) is None
    return is_next_dose(order, other) and (is_open or _is_taken_as_often(order, other))


def _is_same_dose_in_another_strength(order: Order, other: Order) -> bool:
    """Two tablets of 40 mg that become one of 80 mg: of one ingredient, brand and form, and as much a day."""
    here, there = (o.medicine.product or o.medicine for o in (order, other))
    names = [i.name for i in order.medicine.ingredients]
    if order.medicine.names != other.medicine.names or len(names) != 1 or order.medicine.classes & BOTH_HARM:
        return False
    if here.brand != there.brand or (here.form and there.form and here.form != there.form):
        return False
    if order.medicine.strengths == other.medicine.strengths:
        return False
    one, two = (daily_exposure(o, names[0]) for o in (order, other))
    is_known = one and two and one.unit == two.unit and not (one.as_needed or two.as_needed)
    return bool(is_known and one and two and one.average == two.average) and _is_taken_as_often(order, other)


def is_next_dose(order: Order, other: Order) -> bool:
    """Whether one is a dose up or down of the other: of one brand, form and ingredients, three times or a third as much
    a day at most. Not where a sum is more usual than a change, or where both together soon harm."""
    here, there = (o.medicine.product or o.medicine for o in (order, other))
    if order.medicine.names != other.medicine.names or here.brand != there.brand:
        return False
    if here.form and there.form and here.form != there.form:
        return False
    kinds = order.medicine.classes
    if kinds & BOTH_HARM and _SLOW not in kinds and not _are_of_one_strength(order, other):
        return False
    given = [tuple(daily_exposure(o, i.name) for o in (order, other)) for i in order.medicine.ingredients]
    steps = [
        (new, old)
        for new, old in given
        if new and old and new.unit == old.unit and not (new.as_needed or old.as_needed)
    ]
    if not given or len(steps) < len(given) or all(new.average == old.average for new, old in steps):
        return False
    return all(old.average <= new.average * _STEP <= old.average * _STEP**2 for new, old in steps)


def _is_taken_as_often(order: Order, other: Order) -> bool:
    """Whether both are taken as often a day, or are of one product: a dose that was raised, and no other kind of it."""
    often = [tuple(u.doses_high for u in use) if (use := _uses(o)) else None for o in (order, other)]
    return is_same_but_for_brand(order, other) or (None not in often and often[0] == often[1])


def _uses(order: Order) -> tuple[PhaseUse, ...]:
    uses = phase_uses(order.sig) if order.sig.is_read else ""
    return () if isinstance(uses, str) else uses


def is_next_pen(order: Order, other: Order) -> bool:
    """Whether the two are pens of one brand for different doses, where of one the name alone tells the dose: "Ozempic
    0.5 mg", weekly."""
    here, there = order.medicine, other.medicine
    if here.names != there.names or here.brand != there.brand or not len(here.strengths) == len(there.strengths) == 1:
        return False
    told = all(daily_exposure(o, i.name) for o in (order, other) for i in o.medicine.ingredients)
    new, old = here.strengths[0].amount, there.strengths[0].amount
    if told or new.dimension != old.dimension:
        return False
    most, least = sorted((new.value, old.to(new.unit).value), reverse=True)
    return least < most <= least * _STEP


def days_left(order: Order, on: date) -> int | None:
    """The days for which an order and its refills last yet, by when it was written; negative when it has run out."""
    if order.written is None or order.days_supply is None:
        return None
    return order.days_supply * (1 + (order.refills or 0)) - (on - order.written).days


def _read_alike(order: Order, other: Order) -> bool:
    """Where a product is not known for certain: the same name, strength and directions make it a renewal."""
    here, there = order.medicine, other.medicine
    return bool(here.strengths) and here.strengths == there.strengths and order.sig.same_meaning(other.sig)
