"""The parts of one prescription against each other: directions x days = quantity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of, shown
from tallman.core.sig import DaysSupply, days_supply, why_no_daily_use

__all__ = ["check"]

OWN_RULE = (Source("Tallman: directions, quantity and days' supply of one prescription agree"),)
_SLACK_DAYS = 2
_SLACK = Fraction(6, 5)
_FAR_OFF = Fraction(9, 5)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order whose quantity and days' supply are both stated against its directions."""
    for order in case.proposed:
        if order.quantity is None or order.days_supply is None:
            continue
        if not order.sig.is_read:
            yield NotChecked(
                "discrepancy", order.id, f"the directions could not be read for certain: {order.sig.text!r}"
            )
            continue
        lasts = days_supply(order.sig, order.quantity)
        if lasts is None:
            reason = why_no_daily_use(order.sig) or "the unit of the quantity does not fit the directions"
            yield NotChecked("discrepancy", order.id, f"days' supply not worked out: {reason}")
        elif severity := _severity(order.days_supply, lasts):
            yield _finding(order, lasts, severity)


def _severity(stated: int, lasts: DaysSupply) -> Severity | None:
    """How far the stated days lie outside what the quantity lasts; None within the slack."""
    nearest = min(max(stated, lasts.low), lasts.high)
    if abs(stated - nearest) <= _SLACK_DAYS or nearest == 0:
        return None
    ratio = Fraction(max(stated, nearest), max(1, min(stated, nearest)))
    if ratio <= _SLACK:
        return None
    return Severity.HIGH if ratio >= _FAR_OFF else Severity.MODERATE


def _finding(order: Order, lasts: DaysSupply, severity: Severity) -> Finding:
    range_ = f"{lasts.low}" if lasts.low == lasts.high else f"{lasts.low} to {lasts.high}"
    return Finding(
        code="DISCREPANCY-DAYS-SUPPLY",
        category=Category.DISCREPANCY,
        severity=severity,
        order=order.id,
        summary=f"{name_of(order)}: as directed the quantity lasts {range_} days, the prescription says "
        f"{format_number(order.days_supply or 0)}.",
        evidence=(shown(order), lasts.words, f"stated days' supply: {order.days_supply}"),
        advice="Find out which of directions, quantity and days' supply is wrong before it is filled.",
        sources=OWN_RULE,
        rule="discrepancy/days-supply",
    )
