"""A medicine that makes a condition on the problem list worse, or that the condition makes dangerous."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.standing import precautions_found

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the active conditions."""
    for order in case.proposed:
        yield from precautions_found("condition", Category.CONDITION, case, order, knowledge)
