"""A medicine that can harm the unborn child."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.precaution import Precaution
from tallman.core.pregnancy import Pregnancy, may_be_pregnant, pregnancy_of
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing, unwritten

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order for somebody who is pregnant; where it matters most, also where nobody has asked."""
    pregnancy = pregnancy_of(case.patient, knowledge.labs, case.on)
    if pregnancy is None and not may_be_pregnant(case.patient, case.on):
        return
    for order in case.proposed:
        if not order.medicine.is_known:
            if pregnancy:
                yield NotChecked("pregnancy", order.id, why_not_known(order))
            continue
        if pregnancy and is_systemic(order):
            yield from unwritten("pregnancy", order, knowledge)
        for rule, _ in precautions_on("pregnancy", order, knowledge):
            facts = standing(rule, case, order, knowledge)
            if not all(f.holds for f in facts):
                continue
            if pregnancy is None:
                if rule.must_know:
                    yield NotChecked("pregnancy", order.id, _not_asked(order))
            elif _is_in_weeks(rule, pregnancy):
                said = Fact(True, _words(pregnancy), pregnancy.evidence)
                yield finding_of(rule, Category.PREGNANCY, case, order, [said, *facts])


def _not_asked(order: Order) -> str:
    return f"{name_of(order)} can harm an unborn child, and nobody has recorded whether she is pregnant"


def _words(pregnancy: Pregnancy) -> str:
    return "pregnant" if pregnancy.weeks is None else f"pregnant, {pregnancy.weeks} weeks"


def _is_in_weeks(rule: Precaution, pregnancy: Pregnancy) -> bool:
    """Whether the rule speaks of this part of a pregnancy; of one whose length is not known it does."""
    if pregnancy.weeks is None:
        return True
    return (rule.weeks_from or 0) <= pregnancy.weeks and (
        rule.weeks_under is None or pregnancy.weeks < rule.weeks_under
    )
