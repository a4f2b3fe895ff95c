"""What no check can say of a medicine that is known by its name alone, as those of an imported release are.

Where nobody has written rules, a check that finds none has not looked: silence would read as all clear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import NotChecked
from tallman.core.screening.match import is_systemic

__all__ = ["beside_the_unknown", "known_by_name_only", "only_its_name"]

_SILENT = ("interaction", "duplicate", "allergy", "condition")
"""Checks that look for rules of an ingredient. The dose check says itself that it has no limit."""


def only_its_name(names: str) -> str:
    """Why none of them could look: one reason, so that it is told once."""
    return (
        f"nothing but the name of {names} is on file: no dose limit, no interaction, class or allergy group of it, and "
        "not whether a disease, age, pregnancy, kidneys, liver or a result speaks against it"
    )


def beside_the_unknown(check: str, case: Case) -> Iterator[NotChecked]:
    """What on the list nobody here recognises, so that no order could be held against it: each once, with the first
    order that is known. A new order that is not recognised says so itself."""
    for order in [o for o in case.proposed if o.medicine.is_known][:1]:
        unknown = [o for o in case.continuing if not o.medicine.is_known]
        yield from (NotChecked(check, order.id, why_not_known(o, " on the medicine list")) for o in unknown)


def known_by_name_only(case: Case, knowledge: Knowledge, checks: Collection[str]) -> Iterator[NotChecked]:
    """For each proposed order, what these checks could not look for in it, and in the medicines taken beside it: of
    each of these once, with the first order, and not of what stays outside."""
    asked = [c for c in _SILENT if c in checks and (c != "allergy" or case.patient.allergies)]
    beside: set[str] = set()
    for order in case.proposed:
        for check in asked if not order.medicine.is_authored else ():
            if names := _names(order, check, knowledge):
                yield NotChecked(check, order.id, only_its_name(names))
        for other in case.beside(order) if "interaction" in asked else ():
            if other.medicine.is_authored or other.id in beside or other in case.proposed or not is_systemic(other):
                continue
            if names := _names(other, "interaction", knowledge):
                beside.add(other.id)
                yield NotChecked("interaction", order.id, f"no interaction of {names} (also taken) is on file")
        if "allergy" in checks:
            yield from _allergens(case, knowledge, order)


def _allergens(case: Case, knowledge: Knowledge, order: Order) -> Iterator[NotChecked]:
    """A recorded allergy to such a medicine: the check knows the substance itself, and not what is related to it."""
    for allergy in case.patient.allergies or ():
        names = [i.tall_man for i in allergy.ingredients if not (i.is_authored or knowledge.groups_of.get(i.name))]
        if names and not allergy.refuted:
            reason = f"what cross-reacts with {' and '.join(names)} (a recorded allergy) is not on file"
            yield NotChecked("allergy", order.id, reason)


def _names(order: Order, check: str, knowledge: Knowledge) -> str:
    """The ingredients of an order that nothing is written of, as they are displayed."""
    rules: Mapping[str, Mapping[str, Collection[object]]]
    rules = {"interaction": knowledge.rules_of, "allergy": knowledge.groups_of}
    written = rules.get(check, {})
    return " and ".join(i.tall_man for i in order.medicine.ingredients if not (i.is_authored or written.get(i.name)))
