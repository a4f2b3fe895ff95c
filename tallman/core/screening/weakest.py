"""The weakest piece that an order can mean, where no strength is said: what is too much of it is too much of any."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order

__all__ = ["WEAKEST", "weakest_meant"]

WEAKEST = "the strength is not said: reckoned with the weakest that is made"
_COUNTED = frozenset({"tablet", "capsule", "caplet"})


def weakest_meant(order: Order, ingredient: str, knowledge: Knowledge) -> Order | None:
    """The order with the weakest tablet or capsule that may be meant, where the pieces are counted and the strength is
    not said: too many of those are too many of any."""
    medicine = order.medicine
    units = {s.dose.unit for s in order.sig.steps if s.dose}
    if medicine.product or medicine.strengths or len(units) != 1 or not units <= _COUNTED:
        return None
    names, form = {i.name for i in medicine.ingredients}, medicine.form
    made = [
        (s.amount, p)
        for p in knowledge.products_of.get(ingredient, ())
        for s in p.strengths
        if s.ingredient == ingredient
        and set(p.ingredients) == names
        and (p.form.unit in units or (units == {"caplet"} and p.form.unit == "tablet"))
        and medicine.brand in (None, p.brand)
        and (form is None or form.name == p.form.name)
    ]
    if len({amount.dimension for amount, _ in made}) != 1:
        return None
    _, product = min(made, key=lambda each: each[0].to(made[0][0].unit).value)
    return replace(order, medicine=replace(medicine, product=product, strengths=product.strengths))
