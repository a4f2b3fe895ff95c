"""A medicine that makes a condition on the problem list worse, or that the condition makes dangerous."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.allergies import read_allergy
from tallman.core.conditions import is_unread
from tallman.core.knowledge import Knowledge, Source
from tallman.core.patient import Allergy
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of
from tallman.core.screening.standing import is_renewal, precautions_found, precautions_on, unwritten
from tallman.core.told_allergies import tells_an_allergy
from tallman.core.told_harm import ToldHarm, harms_told

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the active conditions and against what the list tells of harm by a medicine; what of
    them was not understood is said once, with the first order for which it matters."""
    conditions = case.patient.conditions
    told = [(harm, read_allergy(harm.by, knowledge), c.text) for c in conditions for harm in harms_told(c.text)]
    done = [(harm, by) for harm, by, _ in told]
    understood = {text for _, by, text in told if by.is_read}
    unread = tuple(
        c.text for c in conditions if is_unread(c) and c.text not in understood and not tells_an_allergy(c, knowledge)
    )
    to_tell = unread
    for order in case.proposed:
        found = list(precautions_found("condition", Category.CONDITION, case, order, knowledge))
        yield from found
        if not any(isinstance(f, Finding) and f.severity.is_interruptive for f in found):
            yield from _done_before(order, done, case, knowledge)
        if to_tell and any(precautions_on("condition", order, knowledge)):
            yield _not_understood(order, to_tell)
            to_tell = ()
        if conditions and order.medicine.is_authored and is_systemic(order):
            yield from unwritten("condition", order, knowledge)


def _done_before(
    order: Order, done: list[tuple[ToldHarm, Allergy]], case: Case, knowledge: Knowledge
) -> Iterator[Finding]:
    """An order of what has harmed this patient before. Who takes it all the same is known to: that informs."""
    for told, what in done:
        if not _is_of(what, order, knowledge):
            continue
        severity = Severity.MODERATE if is_renewal(case, order) else Severity.HIGH
        yield Finding(
            code="CONDITION-DONE-BEFORE",
            category=Category.CONDITION,
            severity=severity,
            order=order.id,
            summary=f"{name_of(order)}: the problem list tells of {told.harm} by {told.by}.",
            evidence=(f"on the problem list: {told.harm} by {told.by}",),
            advice="Do not fill before a pharmacist has settled with the prescriber whether it may be given again.",
            sources=(Source("The patient's own problem list"),),
        )
        return


def _is_of(what: Allergy, order: Order, knowledge: Knowledge) -> bool:
    groups = [knowledge.allergy_groups[g] for g in what.groups if g in knowledge.allergy_groups]
    return any(
        i.name in {w.name for w in what.ingredients}
        or any(i.name in g.ingredients or not g.classes.isdisjoint(i.classes) for g in groups)
        for i in order.medicine.ingredients
    )


def _not_understood(order: Order, unread: tuple[str, ...]) -> NotChecked:
    said = "; ".join(f"'{text}'" for text in unread)
    return NotChecked("condition", order.id, f"not understood on the problem list: {said}")
