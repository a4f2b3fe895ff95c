"""Ways of writing in the directions that are taken for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallman.core.knowledge import Knowledge, Source
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import name_of, shown
from tallman.core.sig.model import Notation

__all__ = ["check"]

_SOURCES = (Source("The Joint Commission, Official Do Not Use list", "", "2004"),)
_GRAVE = frozenset({"unit-u", "unit-iu", "trailing-zero", "naked-decimal", "microgram-ug", "morphine-ms"})
"""Those that have given ten times or a thousand times the dose, or another medicine."""


_READ_ALIKE = frozenset({"greater-less", "slash-per"})
"""Signs of every chart ("MAP > 65", "8/day"): on record with the directions, and told of no order."""
_COUNTED_IN = re.compile(r"\s*(?:units?|u|iu)\b", re.IGNORECASE)
_LONG = 5
"""Digits: from here on noughts are miscounted. A thousand without its comma is told where a nought too many is a dose
too many, in units."""


def _is_plain(notation: Notation, text: str) -> bool:
    """Whether nobody would write it otherwise."""
    if notation.code == "large-number" and len(notation.found) < _LONG:
        return not _COUNTED_IN.match(text, notation.span[1])
    return notation.code in _READ_ALIKE


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """One finding an order, for all its notations together: they are recorded, and those that multiply doses inform."""
    for order in case.proposed:
        found = {n.code: n for n in order.sig.notations if not _is_plain(n, order.sig.text)}
        if not found:
            continue
        is_grave = not _GRAVE.isdisjoint(found)
        listed = ", ".join(f"{n.found!r}" for n in found.values())
        yield Finding(
            code="ABBREVIATION",
            category=Category.ABBREVIATION,
            severity=Severity.MODERATE if is_grave else Severity.LOW,
            order=order.id,
            summary=f"{name_of(order)}: written so that it is easily misread: {listed}.",
            evidence=(shown(order), *(f"{n.found!r}: {n.hazard}; better {n.safer}" for n in found.values())),
            advice="Write it out on the label and in the record; where two readings remain, ask the prescriber.",
            sources=_SOURCES,
            rule="abbreviation",
        )
