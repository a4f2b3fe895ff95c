"""Whether an order goes on with one on the list: the same medicine in the same strength, taken in the same way."""

from __future__ import annotations

from datetime import date

from tallman.core.prescription import Order

__all__ = ["days_left", "is_refill", "is_same_but_for_brand"]


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


def days_left(order: Order, on: date) -> int | None:
    """The days for which an order and its refills last yet, by when it was written; negative when it has run out."""
    if order.written is None or order.days_supply is None:
        return None
    return order.days_supply * (1 + (order.refills or 0)) - (on - order.written).days


def _read_alike(order: Order, other: Order) -> bool:
    """Where a product is not known for certain: the same name, strength and directions make it a renewal."""
    here, there = order.medicine, other.medicine
    return bool(here.strengths) and here.strengths == there.strengths and order.sig.same_meaning(other.sig)
