"""What opioids add up to in oral morphine, by the factors of the CDC clinical practice guideline of 2022."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.exposure import daily_exposure
from tallman.core.screening.limits import limits_by_route, speaking
from tallman.core.screening.match import is_systemic, name_of

__all__ = ["Morphine", "is_opioid", "morphine_in", "opioid_limit"]


@dataclass(frozen=True, slots=True)
class Morphine:
    """What opioids are worth together, in mg of oral morphine a day.

    `words` is a line for each that counts, `uncounted` names those that cannot be counted: no factor (buprenorphine) or
    no amount a day.
    """

    total: Fraction
    words: tuple[str, ...]
    uncounted: tuple[str, ...]


def is_opioid(order: Order) -> bool:
    """Whether an order gives the whole body an opioid. What only stills cough or the bowel counts where it is one."""
    return order.medicine.is_known and "opioid" in order.medicine.classes and is_systemic(order)


def opioid_limit(
    order: Order, knowledge: Knowledge, field: str, reasons: Sequence[str] | None = None
) -> DoseLimit | None:
    """The limit of an order's opioid that says something in `field` ("mme", "naive_max"); `reasons` are codes to look
    for instead of those of the order."""
    for ingredient in order.medicine.ingredients:
        if "opioid" in ingredient.classes:
            limits = [x for x in limits_by_route(order, ingredient.name, knowledge) if getattr(x, field) is not None]
            if limits and (found := speaking(limits, order, reasons)):
                return found[0]
    return None


def morphine_in(orders: Iterable[Order], knowledge: Knowledge) -> Morphine:
    """The sum over the opioids among some orders, at the most that their directions allow."""
    total, words, uncounted = Fraction(0), [], []
    for order in filter(is_opioid, orders):
        limit = opioid_limit(order, knowledge, "mme")
        given = daily_exposure(order, limit.ingredient) if limit else None
        if limit is None or limit.mme is None or given is None:
            uncounted.append(name_of(order))
            continue
        a_day = given.average if limit.routes == ("transdermal",) else given.high
        milligrams = a_day * Fraction(Amount(limit.mme * 0 + 1, given.unit).to("mg").value)
        worth = milligrams * Fraction(limit.mme)
        total += worth
        words.append(f"{name_of(order)}: {format_number(milligrams)} mg a day x {limit.mme} = {format_number(worth)}")
    return Morphine(total, tuple(words), tuple(uncounted))
