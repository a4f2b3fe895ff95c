"""How a quantity is divided among the lots that were scanned."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tallman.core.quantity import Unit, UnitMismatch, unit
from tallman.server.dispensing.models import Scan
from tallman.server.inventory.models import StockItem
from tallman.server.inventory.queries import on_hand
from tallman.server.prescriptions.models import Prescription

__all__ = ["first_expiry_first", "in_stock_unit"]


def first_expiry_first(row: Prescription, scans: Sequence[Scan], quantity: Decimal) -> list[Decimal]:
    """How much to take from the lot of each scan, in the prescription's unit: the one that expires first until it is
    empty. Adds up to less than `quantity` where the lots hold less. Raises UnitMismatch as `in_stock_unit` does.
    """
    left = {s.lot_id: on_hand(s.lot) / in_stock_unit(Decimal(1), row, s.lot.item) for s in scans if s.lot}
    amounts = {s.pk: Decimal(0) for s in scans}
    rest = quantity
    for one in sorted(scans, key=lambda s: (s.lot.expires_on, s.lot_id, s.pk)):  # type: ignore[union-attr]
        amounts[one.pk] = max(Decimal(0), min(rest, left[one.lot_id]))
        left[one.lot_id] -= amounts[one.pk]
        rest -= amounts[one.pk]
    return [amounts[s.pk] for s in scans]


def in_stock_unit(quantity: Decimal, of: Prescription, item: StockItem) -> Decimal:
    """A quantity of the prescription in the unit that the package is counted in.

    Raises UnitMismatch when the two measure different things, such as puffs and inhalers.
    """
    ours, theirs = _unit(of.quantity_unit), _unit(item.unit)
    if ours.dimension != theirs.dimension:
        raise UnitMismatch(f"The prescription counts {ours.plural}, the package {theirs.plural}")
    ratio = ours.factor / theirs.factor
    return quantity * ratio.numerator / ratio.denominator


def _unit(name: str) -> Unit:
    try:
        return unit(name)
    except ValueError as error:
        raise UnitMismatch(f"Nothing is counted in {name or 'no unit'}") from error
