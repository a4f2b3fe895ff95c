"""The parts of one prescription against each other: directions x days = quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.counted import METERED, RIBBON, counted_as
from tallman.core.screening.exposure import unit_meant
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of, shown
from tallman.core.sig import DaysSupply, course_days, daily_use, days_supply, quantity_for, why_no_daily_use

__all__ = ["check"]

OWN_RULE = (Source("Tallman: directions, quantity and days' supply of one prescription agree"),)
CODE_RULE = (Source("Tallman: the code and the words of one prescription mean the same medicine"),)
_SLACK_DAYS = 2
_SLACK = Fraction(6, 5)
_FAR_OFF = Fraction(9, 5)
_TOO_MUCH, _FAR_TOO_MUCH = Fraction(3, 2), 3
_OPEN_END = 3660
"""Days: what is taken as needed may last this long."""
_MONTH, _YEAR = 28, 366
_ROUNDS = frozenset({14, 21, 28, 42})
"""Days of a round of treatment: what is taken for its first days is supplied for the whole of it."""
_CYCLE = (21, 35)
_EPISODE = re.compile(r"onset|first sign|outbreak|flare", re.IGNORECASE)
"""Courses that begin each time it comes back: the quantity is for several."""
_MANY_PACKAGES, _FAR_LONGER = 5, 3
_ONE_DOSE_EACH = ("prefilled syringe", "auto-injector")
_FEW_DEVICES = 3
_BY_EYE = ("topical", "vaginal", "dental", "mucous membrane")


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order: its quantity against the length of its course, or against the stated days' supply.

    An order without a quantity, or with neither course nor days' supply, has nothing to compare; neither has a cream
    applied thinly, a canister by weight, or what is taken as needed without a rate. Codes and words that name
    different medicines are a discrepancy of their own.
    """
    for order in case.proposed:
        if order.medicine.conflict:
            yield _torn(order, order.medicine.conflict)
        if order.quantity is None:
            continue
        if not order.sig.is_read:
            if order.days_supply is not None:
                reason = f"the directions could not be read for certain: {order.sig.text!r}"
                yield NotChecked("discrepancy", order.id, reason)
            continue
        course = course_days(order.sig)
        if order.days_supply is None and course is None:
            continue
        if order.sig.quantity not in (None, order.quantity.value):
            said = f"the directions ask for {order.sig.quantity}, {order.quantity} are ordered"
            yield _finding("DISCREPANCY-QUANTITY", order, Severity.HIGH, said, ())
            continue
        if _is_drops_of_single_vials(order) or _is_inhaled_insulin(order) or _is_device_of_unknown_size(order):
            continue
        counted = _in_dose_unit(order, order.quantity)
        if any(s.change for s in order.sig.steps):
            yield NotChecked("discrepancy", order.id, "days' supply not worked out: the dose changes from day to day")
            continue
        if _is_of_single_days(order):
            continue
        lasts = days_supply(order.sig, counted)
        if lasts is None:
            if _cannot_be_counted(order):
                continue
            reason = why_no_daily_use(order.sig) or "the unit of the quantity does not fit the directions"
            yield NotChecked("discrepancy", order.id, f"days' supply not worked out: {reason}")
        elif finding := _compared(order, lasts, course, counted):
            pieces = _as_pieces(order)
            others = days_supply(order.sig, pieces) if pieces else None
            if pieces is None or others is None or _compared(order, others, course, pieces):
                yield finding


def _compared(order: Order, lasts: DaysSupply, course: int | None, counted: Amount) -> Finding | None:
    if _is_every_month(order, lasts):
        return None
    against = _against_course(order, lasts, course, _is_package(order, counted))
    return against or _against_stated(order, _loosened(order, counted, lasts))


def _as_pieces(order: Order) -> Amount | None:
    """A whole number of millilitres of what comes filled, read as so many syringes; None where that cannot be."""
    product, quantity, strengths = order.medicine.product, order.quantity, order.medicine.strengths
    if quantity is None or quantity.unit != "mL" or not strengths or (product and not product.form.is_filled):
        return None
    filled = strengths[0].per
    if quantity.value % 1 or filled.dimension != "volume" or filled.value == 1:
        return None
    return _in_dose_unit(order, filled * quantity.value)


def _is_drops_of_single_vials(order: Order) -> bool:
    """Eye drops in vials of less than a millilitre, one for each use: a number may be of vials or of millilitres."""
    product = order.medicine.product
    held = product.unit_of_use if product else None
    is_vial = held is not None and held.dimension == "volume" and held.to("mL").value < 1
    return is_vial and any(s.dose is not None and s.dose.unit == "drop" for s in order.sig.steps)


def _is_inhaled_insulin(order: Order) -> bool:
    """A number of it may be of cartridges, which hold 4, 8 or 12 units each; no pharmacy counts out units."""
    may_be = order.taken_route in ("inhalation", None)
    return may_be and order.quantity is not None and order.quantity.unit == "unit"


def _is_device_of_unknown_size(order: Order) -> bool:
    """A bare "1" of a spray of which nobody knows how much it holds: one bottle, not one spray."""
    product, quantity = order.medicine.product, order.quantity
    is_sized = product is not None and product.unit_of_use is not None
    return quantity is not None and quantity.unit in METERED and quantity.value <= _FEW_DEVICES and not is_sized


def _is_of_single_days(order: Order) -> bool:
    """Whether every dose has a day of its own (days 0, 3, 7 and 14), or the first ones do and lie apart ("weeks 0 and 4,
    then every 12 weeks"): there are no days that a quantity lasts."""
    steps = order.sig.steps
    days = [s.days for s in steps if s.days and s.days.first == s.days.last]
    lie_apart = any(after.first - before.first > 1 for before, after in pairwise(days))
    return len(steps) > 1 and (len(days) == len(steps) or lie_apart)


def _cannot_be_counted(order: Order) -> bool:
    """Whether no pharmacist would reckon days from this quantity: nothing is wrong with such an order."""
    steps, quantity = order.sig.steps, order.quantity
    if all(s.prn and daily_use(order.sig) is None for s in steps):
        return True
    if order.taken_route in _BY_EYE and all(s.dose is None for s in steps):
        return True
    by_weight = quantity is not None and quantity.dimension in ("mass", "volume")
    return by_weight and all(s.dose is not None and s.dose.unit in (*METERED, *RIBBON) for s in steps)


def _is_package(order: Order, counted: Amount) -> bool:
    """Whether the quantity is whole pens, vials, bottles or tubes, which may hold more than is needed."""
    if order.taken_route in _BY_EYE and counted.unit in ("g", "mL"):
        return True
    product = order.medicine.product
    if product and product.form.name in _ONE_DOSE_EACH and counted.unit not in ("g", "mL"):
        return False
    if product and counted.unit in ("g", "mL") and product.unit_of_use == counted:
        return True
    return order.quantity is not None and counted.dimension != order.quantity.dimension


def _torn(order: Order, conflict: str) -> Finding:
    return Finding(
        code="DISCREPANCY-CODE-TEXT",
        category=Category.DISCREPANCY,
        severity=Severity.HIGH,
        order=order.id,
        summary=f"{order.medicine.text}: the code and the words of this order do not mean the same medicine.",
        evidence=(f"as written: {order.medicine.text}", conflict),
        advice="Ask the prescriber which of the two is meant; nothing is filled until that is known.",
        sources=CODE_RULE,
        rule="discrepancy/code-text",
    )


def _loosened(order: Order, counted: Amount, lasts: DaysSupply) -> DaysSupply:
    """What is as needed may last longer than its directions say at most; whole pens, vials and bottles may hold more
    than the stated days need, and real drops differ in size."""
    if any(s.prn or s.repeat for s in order.sig.steps):
        lasts = replace(lasts, high=_OPEN_END)
    lasts = replace(lasts, high=max(lasts.high, _with_days_off(order, lasts.high)))
    if _is_two_strip_inhaler(order):
        lasts = replace(lasts, low=lasts.low // 2)
    if _is_package(order, counted) and lasts.low <= _YEAR and not _are_too_many(order, counted, lasts):
        lasts = replace(lasts, low=1, high=lasts.high * 3 // 2 if counted.unit == "drop" else lasts.high)
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


def _in_dose_unit(order: Order, quantity: Amount) -> Amount:
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
    return counted_as(order.medicine, quantity, unit) if unit else quantity


def _is_enough_for_one(order: Order, quantity: Amount) -> bool:
    """Whether a volume holds a dose that is itself told as a volume: 5 mL to flush with, out of any container."""
    doses = [s.dose for s in order.sig.steps if s.dose]
    return bool(doses) and all(d.unit == quantity.unit and d.high <= quantity.value for d in doses)


def _against_course(order: Order, lasts: DaysSupply, course: int | None, is_package: bool) -> Finding | None:
    """Too little for the course the directions order, or far too much for it or for the days it is taken as needed."""
    if course is None and lasts.is_course and all(s.duration for s in order.sig.steps):
        course = lasts.low
    needed = quantity_for(order.sig, course) if course else None
    if course is None or needed is None or not needed.high:
        return None
    if not lasts.is_course:
        severity = _how_far(course, lasts)
        if severity and _is_a_month_of_it(order, lasts):
            severity = Severity.MODERATE
        said = f"{order.quantity} {_last(order)} {_days(lasts)}, the directions order {course} days"
    elif is_package or any(_EPISODE.search(f"{s.prn_reason} {s.start} {s.trigger}") for s in order.sig.steps):
        return None
    else:
        surplus = (needed.high + lasts.leftover) / needed.high
        high, some = surplus >= _FAR_TOO_MUCH, surplus > _TOO_MUCH
        severity = Severity.HIGH if high else Severity.MODERATE if some else None
        said = f"{needed.words}, {format_number(order.quantity.value if order.quantity else 0)} are ordered"
    return _finding("DISCREPANCY-QUANTITY", order, severity, said, (lasts.words, needed.words)) if severity else None


def _is_every_month(order: Order, lasts: DaysSupply) -> bool:
    """Whether it is so many courses, one in each cycle of 3 to 5 weeks that the stated days' supply covers."""
    needed = quantity_for(order.sig, lasts.low) if lasts.is_course else None
    if needed is None or not needed.high or order.days_supply is None:
        return False
    courses = (needed.high + lasts.leftover) / needed.high
    return courses > 1 and courses % 1 == 0 and _CYCLE[0] <= order.days_supply / courses <= _CYCLE[1]


def _is_a_month_of_it(order: Order, lasts: DaysSupply) -> bool:
    """Whether the stated days' supply is that of the quantity, a month or more of a longer course."""
    stated = order.days_supply
    return stated is not None and stated >= _MONTH and lasts.low <= stated + _SLACK_DAYS and stated <= lasts.high


def _against_stated(order: Order, lasts: DaysSupply) -> Finding | None:
    """The stated days' supply against the days that the quantity lasts. A single dose lasts for none in particular."""
    stated = order.days_supply
    if stated is None or all(s.timing.once for s in order.sig.steps):
        return None
    severity = _how_far(stated, lasts)
    if severity and stated in _ROUNDS and _is_in_rounds(order) and course_days(order.sig) == lasts.high < stated:
        severity = Severity.MODERATE
    said = f"as directed {order.quantity} {_last(order)} {_days(lasts)}, the prescription says {stated}"
    evidence = (lasts.words, f"stated days' supply: {stated}")
    return _finding("DISCREPANCY-DAYS-SUPPLY", order, severity, said, evidence) if severity else None


def _is_in_rounds(order: Order) -> bool:
    """Whether it is for the first days of a round of treatment: against cancer, or on days that are counted."""
    return "antineoplastic" in order.medicine.classes or all(s.days for s in order.sig.steps)


def _last(order: Order) -> str:
    return "lasts" if order.quantity is not None and order.quantity.value == 1 else "last"


def _days(lasts: DaysSupply) -> str:
    if lasts.high >= _OPEN_END:
        return f"at least {lasts.low} days"
    if lasts.low == 1 < lasts.high:
        return f"at most {lasts.high} days"
    return f"{lasts.low} days" if lasts.low == lasts.high else f"{lasts.low} to {lasts.high} days"


def _how_far(stated: int, lasts: DaysSupply) -> Severity | None:
    """How far the days lie outside what the quantity lasts; None within the slack of two days (of very few, one) or a
    fifth."""
    nearest = min(max(stated, lasts.low), lasts.high)
    if abs(stated - nearest) <= (_SLACK_DAYS if nearest > _SLACK_DAYS else 1):
        return None
    ratio = Fraction(max(stated, nearest), max(1, min(stated, nearest)))
    if ratio <= _SLACK:
        return None
    return Severity.HIGH if ratio >= _FAR_OFF else Severity.MODERATE


def _finding(code: str, order: Order, severity: Severity, said: str, evidence: tuple[str, ...]) -> Finding:
    return Finding(
        code=code,
        category=Category.DISCREPANCY,
        severity=severity,
        order=order.id,
        summary=f"{name_of(order)}: {said}.",
        evidence=(shown(order), *evidence),
        advice="Find out which of directions, quantity and days' supply is wrong before it is filled.",
        sources=OWN_RULE,
        rule=code.lower().replace("discrepancy-", "discrepancy/"),
    )
