"""A name that may be read as two medicines of which neither can stand for the other: somebody has to say which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tallman.core.drug import Certainty, Medicine
from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.mistaken import fits

__all__ = ["check"]

_NAMED = 3


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order whose name is ambiguous between medicines without a common ingredient or therapeutic class.

    It stops, unless just one of them is for what the patient has. What a code and a text say otherwise of each other
    is the check of the directions' to tell.
    """
    for order in case.proposed:
        readings = _readings(order.medicine, knowledge)
        if not all(name in knowledge.ingredients for names in readings for name in names):
            yield NotChecked("identity", order.id, f"not all that '{order.medicine.text}' may be read as is on record")
            continue
        if not _differ(readings, knowledge):
            continue
        codes = [*order.reasons, *case.patient.codes]
        fitting = [names for names in readings if fits(names, codes, knowledge)]
        said = " or ".join(" / ".join(knowledge.ingredients[n].tall_man for n in names) for names in readings[:_NAMED])
        said += " or others" if len(readings) > _NAMED else ""
        yield Finding(
            code="IDENTITY-AMBIGUOUS",
            category=Category.LOOKALIKE,
            severity=Severity.MODERATE if len(fitting) == 1 else Severity.HIGH,
            order=order.id,
            summary=f"'{order.medicine.text}' may be read as {said}: nothing was checked of any.",
            advice="Ask the prescriber which is meant, and have it written out.",
            rule="identity/ambiguous",
        )


def _readings(medicine: Medicine, knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The ingredients of each reading of an ambiguous name."""
    if medicine.certainty is not Certainty.AMBIGUOUS or medicine.conflict:
        return []
    products = knowledge.products
    found = (products[c].ingredients if c in products else tuple(c.split(" / ")) for c in medicine.candidates)
    return list(dict.fromkeys(found))


def _differ(readings: list[tuple[str, ...]], knowledge: Knowledge) -> bool:
    """Whether any two of them have no ingredient and no therapeutic class in common: not two salts of calcium."""
    of = [frozenset(names).union(*(_treats_as(name, knowledge) for name in names)) for names in readings]
    return any(one.isdisjoint(other) for one, other in combinations(of, 2))


def _treats_as(name: str, knowledge: Knowledge) -> frozenset[str]:
    known = (knowledge.classes.get(c) for c in knowledge.ingredients[name].classes)
    return frozenset(c.id for c in known if c and c.kind == "therapeutic")
