"""In which strengths a medicine is made as tablets and capsules."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.drug import Strength
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount

__all__ = ["amounts_made", "of_one_piece"]


def of_one_piece(order: Order) -> Amount | None:
    """What one tablet or capsule holds as written, where no product on file is meant; None for what is no piece."""
    medicine = order.medicine
    if medicine.product or len(medicine.ingredients) != 1 or [_is_of_a_piece(s) for s in medicine.strengths] != [True]:
        return None
    return medicine.strengths[0].amount


def amounts_made(name: str, unit: str, knowledge: Knowledge, route: str | None = None) -> set[Decimal]:
    """In how much of an ingredient alone its tablets and capsules are made, for any route or the one given."""
    made = [p for p in knowledge.products_of.get(name, ()) if [_is_of_a_piece(s) for s in p.strengths] == [True]]
    fitting = [p.strengths[0].amount for p in made if route is None or route in p.form.routes]
    return {amount.to(unit).value for amount in fitting if amount.dimension == UNITS[unit].dimension}


def _is_of_a_piece(strength: Strength) -> bool:
    """Of a tablet or a capsule, not of a volume."""
    return strength.per.value == 1 and strength.per.dimension == strength.per.unit
