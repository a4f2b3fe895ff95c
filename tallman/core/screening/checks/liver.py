"""A medicine that harms a sick liver, or that a sick liver does not clear."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import is_systemic
from tallman.core.screening.standing import precautions_found, unwritten

__all__ = ["check"]

_SICK = ("K703", "K704", "K717", "K72", "K743", "K744", "K745", "K746", "K766", "K767", "I85")
"""Cirrhosis, liver failure, and what follows them."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against liver disease on the problem list and in the laboratory.

    That the class of a liver is not known is told where nothing stops the order already.
    """
    for order in case.proposed:
        if order.medicine.is_known and is_systemic(order) and case.patient.has_condition(*_SICK):
            yield from unwritten("liver", order, knowledge)
        answers = list(precautions_found("liver", Category.CONDITION, case, order, knowledge))
        found = [a for a in answers if isinstance(a, Finding)]
        is_stopped = any(f.severity.is_interruptive for f in found) and order.medicine.is_known
        yield from found if is_stopped else answers
