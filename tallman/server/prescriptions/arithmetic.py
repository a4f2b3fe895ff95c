"""Quantity ÷ directions = days' supply, shown as arithmetic, and what disagrees with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tallman.core.drug import Product
from tallman.core.quantity import Amount
from tallman.core.screening.counted import APPLICATOR, DROPS_IN_ML, counted_in, primed_by
from tallman.core.sig import DaysSupply, Sig, daily_use, days_supply, why_no_daily_use
from tallman.core.sig.amounts import SHAPED
from tallman.core.sig.spreading import in_grams

__all__ = ["Sum", "sum_of"]


@dataclass(frozen=True, slots=True)
class Sum:
    """`words` is the arithmetic; without one `why` says what is missing. `days` is what it gives, for the field.

    `differences` are sentences about what does not agree with it: what was typed, what the message says.
    """

    words: str = ""
    why: str = ""
    days: int | None = None
    differences: tuple[str, ...] = ()


def sum_of(
    sig: Sig,
    quantity: Amount | None,
    typed_days: int | None,
    product: Product | None,
    received: dict[str, Any],
    months: int | None = None,
) -> Sum:
    """The arithmetic of what is typed so far, against itself and against the message. `months` is the patient's age,
    which an estimate of how much cream a place takes goes by."""
    differences = list(_against_message(quantity, typed_days, received))
    if quantity is None:
        return Sum(why="Enter quantity and unit to see how long it lasts.", differences=tuple(differences))
    if not sig.is_read:
        why = "Not worked out: the directions are not read whole." if sig.text.strip() else "Enter the directions."
        return Sum(why=why, differences=tuple(differences))
    found = _lasts(sig, quantity, product)
    if found is None and (spread := _spread(sig, quantity, months)):
        return replace(spread, differences=tuple(differences))
    if found is None:
        reason = why_no_daily_use(sig) or "the unit of the quantity does not fit the directions"
        return Sum(why=f"Not worked out: {reason}.", differences=tuple(differences))
    words, lasts = found
    differences += _against_sum(lasts, typed_days, received.get("days_supply"))
    return Sum(words, "", lasts.low or None, tuple(differences))


def _lasts(sig: Sig, quantity: Amount, product: Product | None) -> tuple[str, DaysSupply] | None:
    """How long it lasts; through the strength of the product where dose and quantity are in different units."""
    direct = days_supply(sig, quantity)
    if direct is not None:
        return direct.words, direct
    use = daily_use(sig)
    if use is None or use.unit is None or product is None:
        return None
    if quantity.unit in ("each", "piece") and product.form.unit in SHAPED:
        quantity = Amount(quantity.value, product.form.unit)
    counted = counted_in(product, quantity, use.unit)
    lasts = days_supply(sig, counted, primed_by(product))
    if lasts is None:
        return None
    is_by_strength = counted.dimension == product.strengths[0].amount.dimension
    strength = " and ".join(str(s) for s in product.strengths)
    held = f"{quantity} of {strength}" if is_by_strength else str(quantity)
    return f"{held} = {counted}{_by_usual(counted)}; {lasts.words}", lasts


def _spread(sig: Sig, quantity: Amount, months: int | None) -> Sum | None:
    """How long a cream lasts on the places that the directions name: an estimate, that contradicts nothing."""
    spread = in_grams(sig, months) if quantity.dimension == "mass" else None
    lasts = days_supply(spread, quantity) if spread else None
    return Sum(f"{lasts.words} (an estimate by fingertip units)", "", lasts.low or None) if lasts else None


def _by_usual(counted: Amount) -> str:
    """The usual count behind drops and applicators, which a label need not share."""
    return {"drop": f" ({DROPS_IN_ML} a mL)", "applicatorful": f" ({APPLICATOR} g each)"}.get(counted.unit, "")


def _against_sum(lasts: DaysSupply, typed: int | None, sent: int | None) -> Iterator[str]:
    worked_out = f"{lasts.low}" if lasts.low == lasts.high else f"{lasts.low} to {lasts.high}"
    both = ((typed, "Typed, and in the message:"),) if typed == sent else ((typed, "Typed"), (sent, "The message says"))
    for days, who in both:
        if days is not None and not lasts.low - 1 <= days <= lasts.high + 1:
            yield f"{who} {days} days; it works out at {worked_out}."


def _against_message(quantity: Amount | None, typed: int | None, received: dict[str, Any]) -> Iterator[str]:
    sent_days, sent = received.get("days_supply"), received.get("quantity")
    if typed is not None and sent_days is not None and typed != sent_days:
        yield f"Typed {typed} days' supply; the message says {sent_days}."
    if quantity is not None and sent and Decimal(str(sent["value"])) != quantity.value:
        yield f"Typed {quantity}; the message says {sent.get('written') or sent['value']}."
