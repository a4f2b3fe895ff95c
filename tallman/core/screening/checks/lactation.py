"""A medicine that harms a breastfed child, or the milk."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.pregnancy import is_lactating
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import is_systemic
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing, unwritten

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order for somebody who is recorded to breastfeed."""
    if not is_lactating(case.patient, case.on):
        return
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("lactation", order.id, why_not_known(order))
            continue
        if is_systemic(order):
            yield from unwritten("lactation", order, knowledge)
        for rule, _ in precautions_on("lactation", order, knowledge):
            facts = standing(rule, case, order, knowledge)
            if all(f.holds for f in facts):
                said = Fact(True, "breastfeeding", "breastfeeding is on record")
                yield finding_of(rule, Category.LACTATION, case, order, [said, *facts])
