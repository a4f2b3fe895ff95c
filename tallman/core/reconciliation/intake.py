"""What one line comes to: how much at a time, how often, how much a day, of each ingredient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Medicine, Strength
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount
from tallman.core.screening.exposure import per_dose_unit
from tallman.core.sig import Dose, Sig, Step, daily_use, single_use

__all__ = ["Intake", "Size", "about_equal", "intake_of", "read_sig", "why_no_intake"]

_CLOSE = Fraction(1, 50)
"""Amounts closer than this are the same: roundings (0.09 mg and 90 mcg a puff) make no difference."""
_COUNTED = frozenset(
    "tablet capsule caplet pill each dose piece lozenge film wafer application puff inhalation actuation".split()
)
_DIRECT = ("mass", "unit", "equivalent", "substance")

Size = tuple[str, Fraction]
"""A dimension ("mass") and how much of its base unit."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Amounts of one line, counted in `unit` (None: the directions name none).

    `single_low` and `single_high` are one dose, `times_low` and `times_high` how many on a day of treatment (None:
    nothing says), `day_low` and `day_high` the average a day over time (a weekly dose: a seventh), `holds` how much of
    each ingredient one unit holds, where that is known.
    """

    unit: str | None
    single_low: Fraction
    single_high: Fraction
    times_low: Fraction | None = None
    times_high: Fraction | None = None
    day_low: Fraction | None = None
    day_high: Fraction | None = None
    holds: tuple[tuple[str, Size], ...] = ()

    def of(self, ingredient: str, count: Fraction | None) -> Size | None:
        """So many units as an amount of the ingredient; None when it cannot be told."""
        held = next((size for name, size in self.holds if name == ingredient), None)
        return (held[0], held[1] * count) if held and count is not None else None

    def counted(self, count: Fraction | None) -> Size | None:
        """So many units as they are counted, whatever they hold: 2 puffs."""
        if count is None:
            return None
        if self.unit is None or self.unit in _COUNTED:
            return "pieces", count
        return UNITS[self.unit].dimension, count * UNITS[self.unit].factor


def about_equal(one: Fraction, other: Fraction) -> bool:
    """Whether two amounts are the same but for rounding."""
    return one == other or abs(one - other) <= _CLOSE * max(abs(one), abs(other))


def read_sig(order: Order) -> Sig:
    """The directions to compute with: the text where it is understood, else what the codes say."""
    if not order.sig.is_read and order.coded is not None and order.coded.is_read:
        return order.coded
    return order.sig


def intake_of(order: Order) -> Intake | None:
    """What the order comes to; None when its directions name no amount that can be computed with."""
    sig = read_sig(order)
    sig = replace(sig, steps=tuple(_dosed(s, order.medicine) for s in sig.steps))
    one, use = single_use(sig), daily_use(sig)
    if one is None:
        return None
    holds = tuple(_holds(order.medicine, one.unit, sig))
    if use is None:
        return Intake(one.unit, one.low, one.high, holds=holds)
    return Intake(one.unit, one.low, one.high, use.doses_low, use.doses_high, use.low, use.high, holds)


def why_no_intake(order: Order) -> str:
    """Why the amounts of a line are not known, in words."""
    if not order.sig.text.strip():
        return "the directions are missing"
    if not read_sig(order).is_read:
        return order.sig.why_not_certain
    return "the directions name no amount"


def _dosed(step: Step, medicine: Medicine) -> Step:
    """What says when and not how much is one piece or application: "Lipitor 40 mg, nightly" is one tablet."""
    if step.dose or not step.timing or step.as_directed or step.scale or step.change or step.rate:
        return step
    form = medicine.product.form if medicine.product else medicine.form
    is_piece = form is not None and (form.unit in _COUNTED or UNITS[form.unit].dimension == form.unit)
    return replace(step, dose=Dose(Decimal(1), Decimal(1), form.unit if form and is_piece else "dose"))


def _holds(medicine: Medicine, unit: str | None, sig: Sig) -> Iterator[tuple[str, Size]]:
    if len(medicine.ingredients) == 1:
        name = medicine.ingredients[0].name
        if beside := next((s.dose for s in sig.steps if s.dose and s.dose.strength and s.dose.low), None):
            assert beside.strength is not None
            yield name, _size(Fraction(beside.strength.value) / Fraction(beside.low), beside.strength.unit)
            return
        if unit and UNITS[unit].dimension in _DIRECT:
            yield name, _size(Fraction(1), unit)
            return
    for strength in medicine.strengths:
        held = _held(medicine, strength, unit)
        if held is not None:
            yield strength.ingredient, _size(held, strength.amount.unit)


def _held(medicine: Medicine, strength: Strength, unit: str | None) -> Fraction | None:
    if medicine.product is not None:
        return per_dose_unit(strength, medicine.product, unit)
    if unit is None or (unit in _COUNTED and strength.per.dimension == strength.per.unit):
        return Fraction(strength.amount.value) / Fraction(strength.per.value)
    if UNITS[unit].dimension == strength.per.dimension:
        return Fraction(strength.amount.value) * (Amount(Decimal(1), unit) / strength.per)
    return None


def _size(value: Fraction, unit: str) -> Size:
    return UNITS[unit].dimension, value * UNITS[unit].factor
