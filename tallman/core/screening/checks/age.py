"""A medicine that is too dangerous, or of too little use, for the very young or the old."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.standing import precautions_found

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the patient's age."""
    for order in case.proposed:
        yield from precautions_found("age", Category.AGE, case, order, knowledge)
