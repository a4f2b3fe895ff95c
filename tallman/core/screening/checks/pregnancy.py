"""A medicine that can harm the unborn child."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Knowledge
from tallman.core.precaution import Precaution
from tallman.core.pregnancy import Pregnancy, may_be_pregnant, may_conceive, pregnancy_of
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.standing import Fact, finding_of, precautions_on, standing, unwritten

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order for somebody who is pregnant; where it matters most, also where nobody has asked, and for
    women who could become pregnant what they must be told."""
    pregnancy = pregnancy_of(case.patient, knowledge.labs, case.on)
    if pregnancy:
        for order in case.proposed:
            yield from _while_pregnant(pregnancy, case, order, knowledge)
        return
    is_possible, could_become = may_be_pregnant(case.patient, case.on), may_conceive(case.patient, case.on)
    if not is_possible and not could_become:
        return
    for order in case.proposed:
        for rule, facts in _holding(case, order, knowledge):
            if rule.may_conceive and could_become:
                yield finding_of(rule, Category.PREGNANCY, case, order, facts)
            elif rule.must_know and is_possible:
                yield NotChecked("pregnancy", order.id, _not_asked(order))


def _while_pregnant(
    pregnancy: Pregnancy, case: Case, order: Order, knowledge: Knowledge
) -> Iterator[Finding | NotChecked]:
    if not order.medicine.is_known:
        yield NotChecked("pregnancy", order.id, why_not_known(order))
        return
    if is_systemic(order):
        yield from unwritten("pregnancy", order, knowledge)
    for rule, facts in _holding(case, order, knowledge):
        if not rule.may_conceive and _is_in_weeks(rule, pregnancy):
            said = Fact(True, _words(pregnancy), pregnancy.evidence)
            yield finding_of(rule, Category.PREGNANCY, case, order, [said, *facts])


def _holding(case: Case, order: Order, knowledge: Knowledge) -> Iterator[tuple[Precaution, list[Fact]]]:
    """The rules of pregnancy about an order whose other conditions hold, with what they rest on."""
    for rule, _ in precautions_on("pregnancy", order, knowledge):
        facts = standing(rule, case, order, knowledge)
        if all(f.holds for f in facts):
            yield rule, facts


def _not_asked(order: Order) -> str:
    return f"{name_of(order)} can harm an unborn child, and nobody has recorded whether she is pregnant"


def _words(pregnancy: Pregnancy) -> str:
    return "pregnant" if pregnancy.weeks is None else f"pregnant, {pregnancy.weeks} weeks"


def _is_in_weeks(rule: Precaution, pregnancy: Pregnancy) -> bool:
    """Whether the rule speaks of a part of the pregnancy that it may be in."""
    return (rule.weeks_from or 0) <= pregnancy.most and (rule.weeks_under is None or pregnancy.least < rule.weeks_under)
