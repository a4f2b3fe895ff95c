"""A medicine that harms a sick liver, or that a sick liver does not clear."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.standing import precautions_found

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against liver disease on the problem list and in the laboratory."""
    for order in case.proposed:
        yield from precautions_found("liver", Category.CONDITION, case, order, knowledge)
