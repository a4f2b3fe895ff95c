"""How the quantity of an order is counted against its directions, and where no pharmacist would count it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Product
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount
from tallman.core.routes import INJECTED
from tallman.core.screening.counted import FEW_DEVICES, METERED, RIBBON, counted_as, counted_in
from tallman.core.screening.exposure import unit_meant
from tallman.core.screening.renewal import is_piece
from tallman.core.screening.rescue import is_for_an_emergency
from tallman.core.sig import DaysSupply, daily_use
from tallman.core.sig.single_days import are_single_days

__all__ = [
    "OPEN_END",
    "as_doses",
    "as_pieces",
    "cannot_be_counted",
    "goes_on_as_told",
    "in_dose_unit",
    "is_around_a_treatment",
    "is_package",
    "loosened",
    "means_no_days",
]

OPEN_END = 3660
"""Days: what is taken as needed may last this long."""
_YEAR = 366
_MANY_PACKAGES, _FAR_LONGER = 5, 3
_ONE_DOSE_EACH = ("prefilled syringe", "auto-injector")
_TREATMENT = re.compile(
    r"\b(?:chemo\w*|infusions?|treatments?|cycles?|dialysis|hemodialysis|hd|radiation|transfusions?)\b", re.I
)
_AROUND = re.compile(
    r"\b(?:day|night|evening|morning)s?\s+(?:before|prior|of|after)\b|\b(?:before|after)\s+(?:each|every)\b",
    re.IGNORECASE,
)
_BY_DIALYSIS = re.compile(
    r"(?<!dialysis )(?<!hd )\bon (?:(?:non|off)[- ]?)?(?:hemo)?(?:dialysis|hd)[- ]days?\b", re.IGNORECASE
)
"""On three days a week, or on the other four: "daily on non-dialysis days". "After dialysis on dialysis days" tells the
hour of what is taken every day."""
_THROWN_AWAY = re.compile(
    r"\bdiscard\w* (?:the |any )?(?:remain\w*|rest|unused|left ?overs?|vial)|\bsingle[- ](?:use|dose) vials?\b",
    re.IGNORECASE,
)
"""One vial for each dose, whatever is left in it."""
_PORTION = Decimal(100)
"""Millilitres: so much at a time is food."""
_BY_EYE = ("topical", "vaginal", "dental", "mucous membrane")


def means_no_days(order: Order) -> bool:
    """Whether nobody can tell days from the quantity of such an order, and nothing is wrong with it."""
    return (
        _is_drops_of_single_vials(order)
        or _is_inhaled_insulin(order)
        or _is_device_of_unknown_size(order)
        or _is_pen_by_its_dose(order)
        or are_single_days(order.sig)
        or _is_feed_by_the_carton(order)
        or _is_on_occasion(order)
        or _is_of_unknown_vials(order)
        or is_for_an_emergency(order)
        or any(s.timing.interval and s.timing.interval.unit == "min" and s.timing.count for s in order.sig.steps)
        or bool(_THROWN_AWAY.search(order.sig.text))
        or bool(_BY_DIALYSIS.search(order.sig.text))
    )


def _is_feed_by_the_carton(order: Order) -> bool:
    """A drink or tube feed of which less than one portion seems to be ordered: so many cartons, of whatever size."""
    quantity, doses = order.quantity, [s.dose for s in order.sig.steps]
    if quantity is None or quantity.dimension != "volume" or not doses:
        return False
    return all(d and d.unit == quantity.unit == "mL" and d.low >= _PORTION and d.low > quantity.value for d in doses)


def is_around_a_treatment(order: Order) -> bool:
    """Before and after each chemotherapy, infusion or dialysis: how far these lie apart, the directions do not say."""
    steps = order.sig.steps
    return bool(steps) and all(
        (s.trigger and (_TREATMENT.search(s.trigger) or _AROUND.search(s.trigger)))
        or (s.start and _AROUND.search(s.start))
        for s in steps
    )


def _is_on_occasion(order: Order) -> bool:
    """Whether something that happens calls for it and nothing says how often that is: "1 tablet an hour before sex"."""
    timings = [s.timing for s in order.sig.steps if s.trigger]
    often = any(t.frequency or t.interval or t.events or t.clock for t in timings)
    return len(timings) == len(order.sig.steps) > 0 and not often


def _is_pen_by_its_dose(order: Order) -> bool:
    """A pen that is named by the dose of a week alone ("2 mg"), which may be all that another pen holds: how much is
    in it, nobody says."""
    product, doses = order.medicine.product, [s.dose for s in order.sig.steps]
    if product is None or product.form.name != "pen injector" or re.search(r"ml\b", order.medicine.text, re.IGNORECASE):
        return False
    held = [s.amount for s in product.strengths if s.per == product.unit_of_use]
    return len(held) == len(doses) == 1 and all(
        d and (d.high, d.unit) == (h.value, h.unit) for d, h in zip(doses, held, strict=True)
    )


def in_dose_unit(order: Order, quantity: Amount) -> Amount:
    """The quantity as what the directions count, where they count in one unit."""
    product = order.medicine.product
    if product and product.form.is_filled and quantity.dimension == "volume":
        filled = product.strengths[0].per
        if filled.dimension == "volume" and quantity < filled and not _is_enough_for_one(order, quantity):
            quantity = filled * quantity.value  # Nobody supplies a part of a bag: so many bags are meant.
    units = {s.dose.unit for s in order.sig.steps if s.dose}
    unit = units.pop() if len(units) == 1 else None
    if product and unit is None and (whole := unit_meant(product, unit)):
        return Amount(counted_as(order.medicine, quantity, whole).value, "each")
    if unit and (pieces := _too_few_to_be_doses(order, quantity, unit)):
        return pieces
    return counted_as(order.medicine, quantity, unit) if unit else quantity


def _too_few_to_be_doses(order: Order, quantity: Amount, unit: str) -> Amount | None:
    """A number smaller than one dose is of the pieces that hold so much: 13 kits of 1000 units."""
    held = [s for s in order.medicine.strengths if s.amount.unit == unit and is_piece(s)]
    if not held or not _is_less_than_a_dose(order, quantity):
        return None
    return Amount(held[0].amount.value * quantity.value, unit)


def _is_less_than_a_dose(order: Order, quantity: Amount) -> bool:
    """Whether fewer units seem to be supplied than are given at a time, of what is counted in units."""
    doses = [s.dose for s in order.sig.steps if s.dose]
    return bool(doses) and all(d.unit == quantity.unit == "unit" and quantity.value < d.low for d in doses)


def _is_of_unknown_vials(order: Order) -> bool:
    """So many vials, each of nobody knows how many units: "Menopur 75 unit", ten of them."""
    quantity = order.quantity
    return quantity is not None and not order.medicine.strengths and _is_less_than_a_dose(order, quantity)


def _is_enough_for_one(order: Order, quantity: Amount) -> bool:
    """Whether a volume holds a dose that is itself told as a volume: 5 mL to flush with, out of any container."""
    doses = [s.dose for s in order.sig.steps if s.dose]
    return bool(doses) and all(d.unit == quantity.unit and d.high <= quantity.value for d in doses)


def as_pieces(order: Order) -> Amount | None:
    """A whole number of millilitres of what comes filled, read as so many syringes; None where that cannot be."""
    product, quantity, strengths = order.medicine.product, order.quantity, order.medicine.strengths
    is_filled = product is None or product.form.is_filled or _is_one_dose(product.unit_of_use)
    if quantity is None or quantity.unit != "mL" or not strengths or not is_filled:
        return None
    filled = (product and _size_for_one(order, product)) or strengths[0].per
    if quantity.value % 1 or filled.dimension != "volume" or filled.value == 1:
        return None
    return in_dose_unit(order, filled * quantity.value)


def as_doses(order: Order) -> Amount | None:
    """A whole number of millilitres on a ward, where a bare number may be of doses, read as so many of those."""
    quantity, doses = order.quantity, {s.dose for s in order.sig.steps}
    dose = doses.pop() if len(doses) == 1 else None
    if order.setting != "inpatient" or quantity is None or quantity.unit != "mL" or quantity.value % 1:
        return None
    return Amount(quantity.value * dose.high, dose.unit) if dose and dose.unit else None


def _is_one_dose(held: Amount | None) -> bool:
    """Whether a container holds less than a millilitre: nobody supplies so many whole millilitres of it."""
    return held is not None and held.dimension == "volume" and held.to("mL").value < 1


def _size_for_one(order: Order, product: Product) -> Amount | None:
    """Of what comes filled in several sizes the smallest that holds one dose."""
    doses = [s.dose for s in order.sig.steps]
    if len(product.sizes) < 2 or len(product.strengths) != 1 or not doses or None in doses:
        return None
    for size in sorted(product.sizes, key=lambda a: a.to("mL").value):
        held = [counted_in(product, size, d.unit) for d in doses if d and d.unit]
        if len(held) == len(doses) and all(
            h.unit == d.unit and d.high <= h.value for h, d in zip(held, doses, strict=True) if d
        ):
            return size
    return None


def is_package(order: Order, counted: Amount) -> bool:
    """Whether the quantity is whole pens, vials, bottles or tubes, which may hold more than is needed."""
    if order.taken_route in _BY_EYE and counted.unit in ("g", "mL"):
        return True
    product = order.medicine.product
    if product and product.form.name in _ONE_DOSE_EACH and counted.unit not in ("g", "mL"):
        return False
    if product and counted.unit in ("g", "mL") and (product.unit_of_use == counted or _is_one_vial(order, product)):
        return True
    return order.quantity is not None and counted.dimension != order.quantity.dimension


def _is_one_vial(order: Order, product: Product) -> bool:
    """Whether a bare 1 of what is injected may be one vial, the least that there is, and not one millilitre."""
    is_vial = not product.form.is_filled and not INJECTED.isdisjoint(product.form.routes)
    return is_vial and order.quantity is not None and order.quantity.value == 1


def _is_drops_of_single_vials(order: Order) -> bool:
    """Eye drops in vials of less than a millilitre, one for each use: a number may be of vials or of millilitres."""
    product = order.medicine.product
    return _is_one_dose(product.unit_of_use if product else None) and any(
        s.dose is not None and s.dose.unit == "drop" for s in order.sig.steps
    )


def _is_inhaled_insulin(order: Order) -> bool:
    """A number of it may be of cartridges, which hold 4, 8 or 12 units each; no pharmacy counts out units."""
    may_be = order.taken_route in ("inhalation", None)
    return may_be and order.quantity is not None and order.quantity.unit == "unit"


def _is_device_of_unknown_size(order: Order) -> bool:
    """A bare "1" of a spray of which nobody knows how much it holds: one bottle, not one spray."""
    product, quantity = order.medicine.product, order.quantity
    is_sized = product is not None and product.unit_of_use is not None
    return quantity is not None and quantity.unit in METERED and quantity.value <= FEW_DEVICES and not is_sized


def cannot_be_counted(order: Order) -> bool:
    """Whether no pharmacist would reckon days from this quantity: nothing is wrong with such an order."""
    steps, quantity = order.sig.steps, order.quantity
    if all(s.prn and daily_use(order.sig) is None for s in steps):
        return True
    if order.taken_route in _BY_EYE and all(s.dose is None for s in steps):
        return True
    by_weight = quantity is not None and quantity.dimension in ("mass", "volume")
    return by_weight and all(s.dose is not None and s.dose.unit in (*METERED, *RIBBON) for s in steps)


def goes_on_as_told(order: Order) -> bool:
    """Whether it goes on in a way that somebody else tells: "for a week, then as directed"."""
    *before, last = order.sig.steps
    return bool(before) and last.as_directed and last.dose is None


def loosened(order: Order, counted: Amount, lasts: DaysSupply) -> DaysSupply:
    """What is as needed may last longer than its directions say at most; whole pens, vials and bottles may hold more
    than the stated days need, and real drops differ in size."""
    if any(s.prn or s.repeat for s in order.sig.steps) or goes_on_as_told(order):
        lasts = replace(lasts, high=OPEN_END)
    lasts = replace(lasts, high=max(lasts.high, _with_days_off(order, lasts.high)))
    if _is_two_strip_inhaler(order):
        lasts = replace(lasts, low=lasts.low // 2)
    if is_package(order, counted) and lasts.low <= _YEAR and not _are_too_many(order, counted, lasts):
        lasts = replace(lasts, low=1)
        if counted.unit == "drop":
            most = lasts.high * 3 // 2
            lasts = replace(lasts, high=most, words=f"{lasts.words}; of small drops up to {most} days")
    return lasts


def _with_days_off(order: Order, days: int) -> int:
    """How long so many days of taking last in cycles: 12 days of every month are a month."""
    for step in order.sig.steps:
        if step.cycle and step.days and step.days.last:
            day = UNITS["d"].factor
            cycle = Fraction(step.cycle.high) * UNITS[step.cycle.unit].factor / day
            taken = (step.days.last - step.days.first + 1) * UNITS[step.days.unit].factor / day
            return int(-(-days // taken) * cycle)
    return days


def _are_too_many(order: Order, counted: Amount, lasts: DaysSupply) -> bool:
    """More containers than a box holds, that last several times as long as stated."""
    product, quantity, stated = order.medicine.product, order.quantity, order.days_supply
    if product is None or product.unit_of_use is None or quantity is None or stated is None:
        return False
    held = product.unit_of_use
    packages = quantity / held if held.dimension == quantity.dimension else Fraction(quantity.value)
    return packages > _MANY_PACKAGES and lasts.low >= stated * _FAR_LONGER


def _is_two_strip_inhaler(order: Order) -> bool:
    """An Ellipta of two medicines holds two strips of 30 blisters: 60 are billed, 30 inhalations are in it."""
    product, quantity = order.medicine.product, order.quantity
    if product is None or product.unit_of_use is None or quantity is None or len(product.strengths) < 2:
        return False
    return product.form.name == "dry powder inhaler" and quantity.value % (2 * product.unit_of_use.value) == 0
