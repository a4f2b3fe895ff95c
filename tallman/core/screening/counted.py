"""A quantity as what the directions count: three pens as units, a bottle as drops, a canister of 8.5 g as puffs."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.drug import Product
from tallman.core.quantity import Amount, UnitMismatch

__all__ = ["METERED", "counted_in"]

METERED = ("puff", "spray", "inhalation", "actuation")
"""What a device measures out by itself."""

_FILLED, _ONE_DOSE = ("syringe", "pen", "each", "piece"), ("prefilled syringe", "auto-injector")
_PIECES = ("each", "inhalation", "puff", "dose", "blister", "spray")
_AMPULES = ("vial", "ampule", "nebule")
_CONTAINERS = ("bottle", "tube", "can", "inhaler", "pen", "kwikpen", "cartridge", "vial", "device", "pump", "each")
_DROPS_IN_ML = 20
"""The usual count of pharmacy reckoning; real droppers give 15 to 30."""


def counted_in(product: Product, quantity: Amount, unit: str) -> Amount:
    """The quantity in the unit of the directions, as far as the product says; else as it is.

    15 mL of 100 units/mL = 1,500 units, 5 mL of eye drops = 100 drops, 2 pens of 3 mL = 600 units.
    """
    if quantity.unit == unit:
        return quantity
    for reading in (_measured, _in_containers, _by_weight):
        found = reading(product, quantity, unit)
        if found is not None:
            return found
    return quantity


def _measured(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """By volume and strength alone."""
    strength = product.strengths[0]
    try:
        if unit == "drop":
            return Amount(quantity.to("mL").value * _DROPS_IN_ML, unit)
        if unit in METERED and quantity.unit in _PIECES:
            return _pieces(product, quantity, unit)
        if unit in _AMPULES and strength.per.value != 1:
            return Amount(Decimal(int(quantity / strength.per)), unit)
        if len(product.strengths) == 1:
            is_filled = quantity.unit in _FILLED and product.form.name in _ONE_DOSE
            times = quantity.value if is_filled else quantity / strength.per
            return (strength.amount * times).to(unit)
    except UnitMismatch:
        pass
    return None


def _pieces(product: Product, quantity: Amount, unit: str) -> Amount | None:
    """60 blisters of an inhaler are 60 inhalations, one inhaler is as many as it holds; None where nobody knows."""
    if quantity.unit not in ("each", "piece") or not product.sizes:
        return Amount(quantity.value, unit)
    if any(quantity.value * 4 < held.value for held in product.sizes):
        return Amount(quantity.value * product.sizes[0].value, unit) if len(product.sizes) == 1 else None
    return Amount(quantity.value, unit)


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
