"""The list that would result, screened: the orders as they stand, with what may have been forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.reconciliation.difference import Difference, DifferenceType
from tallman.core.reconciliation.line import ListSource
from tallman.core.screening.case import Case
from tallman.core.screening.screen import Screening, screen

__all__ = ["resulting_orders", "screened"]


def resulting_orders(orders: ListSource, differences: Sequence[Difference]) -> tuple[Order, ...]:
    """The active orders, and of the history what is not ordered without a reason: it may have to be resumed."""
    ordered = [line.order for line in orders.lines if line.is_active]
    forgotten = [
        d.left[0].order
        for d in differences
        if d.type is DifferenceType.OMISSION and not d.explained and d.left and not d.right
    ]
    return (*ordered, *forgotten)


def screened(
    patient: Patient, orders: ListSource, differences: Sequence[Difference], knowledge: Knowledge, on: date
) -> Screening:
    """The screening of the resulting list on a day, every line of it as if it were new."""
    proposed: list[Order] = []
    for number, order in enumerate(resulting_orders(orders, differences)):
        taken = any(order.id == o.id for o in proposed)
        proposed.append(replace(order, id=f"{order.id} ({number})") if taken else order)
    return screen(Case(patient, (), tuple(proposed), on), knowledge)
