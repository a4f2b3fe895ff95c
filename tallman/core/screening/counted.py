"""A quantity as what the directions count: three pens as units, a bottle as drops, a canister of 8.5 g as puffs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tallman.core.drug import Medicine, Product, Strength
from tallman.core.quantity import Amount, UnitMismatch
from tallman.core.screening.exposure import whole_strength

__all__ = ["APPLICATOR", "DROPS_IN_ML", "FEW_DEVICES", "METERED", "RIBBON", "counted_as", "counted_in", "primed_by"]

METERED = ("puff", "spray", "inhalation", "actuation")
"""What a device measures out by itself."""

RIBBON = ("inch", "cm")
"""What is squeezed out of a tube by its length: how much that is, nobody knows."""

_FILLED, _ONE_DOSE = ("syringe", "pen", "each", "piece"), ("prefilled syringe", "auto-injector")
_PIECES = ("each", "inhalation", "puff", "dose", "blister", "spray")
_AMPULES = ("vial", "ampule", "nebule")
_CONTAINERS = ("bottle", "tube", "can", "inhaler", "pen", "kwikpen", "cartridge", "vial", "device", "pump", "each")
_MOST_OF_ONE = 3
DROPS_IN_ML = 20
"""The usual count of pharmacy reckoning; real droppers give 15 to 30."""
APPLICATOR = 5
"""Grams of cream or gel in a full vaginal applicator, nearly always; some hold 4 (estradiol, progesterone 1 to 2)."""


FEW_DEVICES = 6
"""Nobody supplies so few puffs or sprays: a bare number of them counts inhalers and bottles."""


_PRIMED = {Decimal(300): Decimal(3), Decimal(500): Decimal(5)}
"""Units, by the units in a millilitre, where it is not two: Instructions for Use of Toujeo and of Humulin R U-500."""
_TRIED_ONCE = frozenset({"liraglutide"})
"""What makes an insulin pen one whose flow is looked at only when it is new (Xultophy)."""


def primed_by(product: Product | None) -> Amount | None:
    """What an insulin pen loses before each injection: two units, by the Instructions for Use of their labels."""
    if product is None or product.form.name != "pen injector" or not _TRIED_ONCE.isdisjoint(product.ingredients):
        return None
    insulin = next((s for s in product.strengths if s.ingredient.startswith("insulin")), None)
    if insulin is None or insulin.amount.unit != "unit" or insulin.per != Amount(Decimal(1), "mL"):
        return None
    return Amount(_PRIMED.get(insulin.amount.value, Decimal(2)), "unit")


def counted_as(medicine: Medicine, quantity: Amount, unit: str) -> Amount:
    """The quantity in the unit of the directions; by what is certain of a medicine that is no product for certain."""
    if medicine.product:
        return counted_in(medicine.product, quantity, unit)
    return quantity if quantity.unit == unit else _by_volume(medicine.strengths, quantity, unit) or quantity


def counted_in(product: Product, quantity: Amount, unit: str) -> Amount:
    """The quantity in the unit of the directions, as far as the product says; else as it is.

    15 mL of 100 units/mL = 1,500 units, 5 mL of eye drops = 100 drops, 2 pens of 3 mL = 600 units.
    """
    if unit in METERED and quantity.unit in _PIECES and (labelled := _by_bare_weight(product, quantity)):
        return Amount(labelled, unit)
    if unit in METERED and (whole := _devices(product, quantity)):
        return Amount(whole.value, unit)
    if quantity.unit == unit:
        return quantity
    for reading in (_measured, _in_containers, _by_weight):
        found = reading(product, quantity, unit)
        if found is not None:
            return found
    return quantity


def _devices(product: Product, quantity: Amount) -> Amount | None:
    """A bare "1" of an inhaler is read as one inhalation, and nobody supplies so few: whole inhalers are meant."""
    held = product.unit_of_use
    if held is None or not {held.unit, quantity.unit} <= set(METERED):
        return None
    if quantity.value % 1 or quantity.value > FEW_DEVICES:
        return None
    return held * quantity.value if quantity.value * FEW_DEVICES < held.value else None


def _measured(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """By volume and strength alone."""
    if unit in METERED and quantity.unit in _PIECES:
        return _pieces(product, quantity, unit)
    is_filled = quantity.unit in _FILLED and product.form.name in _ONE_DOSE
    if is_filled and len(product.strengths) == 1:
        quantity = product.strengths[0].per * quantity.value
    return _by_volume(product.strengths, quantity, unit)


def _by_volume(strengths: Sequence[Strength], quantity: Amount, unit: str) -> Amount | None:
    try:
        if unit == "drop":
            return Amount(quantity.to("mL").value * DROPS_IN_ML, unit)
        if unit == "applicatorful":
            return Amount(Decimal(int(quantity.to("g").value / APPLICATOR)), unit)
        if not strengths:
            return None
        if unit in _AMPULES and strengths[0].per.value != 1:
            return Amount(Decimal(int(quantity / strengths[0].per)), unit)
        whole = whole_strength(strengths, unit)
        return (whole * (quantity / strengths[0].per)).to(unit) if whole else None
    except UnitMismatch:
        return None


def _pieces(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """60 blisters of an inhaler are 60 inhalations, one inhaler is as many as it holds; None where nobody knows."""
    if quantity.unit not in ("each", "piece") or not product.sizes:
        return Amount(quantity.value, unit)
    if any(quantity.value * 4 < held.value for held in product.sizes):
        return Amount(quantity.value * product.sizes[0].value, unit) if len(product.sizes) == 1 else None
    return Amount(quantity.value, unit)


def _by_bare_weight(product: Product, quantity: Amount) -> Decimal | None:
    """What "16" without a unit holds where the spray is labelled 16 g: nobody supplies sixteen sprays of it."""
    for written, held in product.written_sizes:
        if written.dimension in ("mass", "volume") and quantity.value < held.value:
            times = quantity.value / written.value
            if times == int(times) and times <= _MOST_OF_ONE:
                return held.value * int(times)
    return None


def _in_containers(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """Whole containers, where all of the product hold the same."""
    if product.unit_of_use is None or quantity.unit not in _CONTAINERS:
        return None
    return _as(product, product.unit_of_use * quantity.value, unit)


def _by_weight(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """Whole containers written by what is in them: 17 g of an inhaler of 8.5 g are two; None where readings differ."""
    readings = set()
    for written, held in product.written_sizes:
        if written.dimension == quantity.dimension:
            times = quantity / written
            if times == int(times):
                readings.add(held * int(times))
    return _as(product, readings.pop(), unit) if len(readings) == 1 else None


def _as(product: Product, whole: Amount, unit: str) -> Amount | None:
    """What the containers hold together, in the unit of the directions."""
    if whole.unit == unit or {whole.unit, unit} <= set(METERED):
        return Amount(whole.value, unit)
    return _measured(product, whole, unit)
