"""A medicine that makes a condition on the problem list worse, or that the condition makes dangerous."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.conditions import is_unread
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import name_of
from tallman.core.screening.standing import precautions_found, precautions_on

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the active conditions; what of them was not understood is said where it matters."""
    unread = tuple(c.text for c in case.patient.conditions if is_unread(c))
    for order in case.proposed:
        yield from precautions_found("condition", Category.CONDITION, case, order, knowledge)
        if unread and any(precautions_on("condition", order, knowledge)):
            yield _not_understood(order, unread)


def _not_understood(order: Order, unread: tuple[str, ...]) -> NotChecked:
    said = "; ".join(f"'{text}'" for text in unread)
    return NotChecked("condition", order.id, f"{name_of(order)}: not understood on the problem list: {said}")
