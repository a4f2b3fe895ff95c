"""The pairs of classes that never interrupt by themselves, every member with every other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.checks.interaction import check
from tallman.core.screening.finding import Finding
from tallman.interchange.fhir.case import read_case
from tests.deck.deck import UNLESS_SAID, Situation

__all__ = ["Met", "meetings", "named", "pairs"]

_PAIRS = Path(__file__).parent / "low_priority.yaml"


@dataclass(frozen=True, slots=True)
class Met:
    """Two medicines of one pair of classes, and what interrupts that the pair does not name as kept."""

    pair: str
    one: str
    other: str
    interrupts: tuple[Finding, ...]


def named(side: dict[str, list[str]], knowledge: Knowledge) -> list[str]:
    """The ingredients of the formulary that one side of a pair speaks of."""
    classes = set(side.get("classes", ()))
    said = {i.name for i in knowledge.ingredients.values() if classes & i.classes}
    return sorted(said | set(side.get("ingredients", ())) & {i.name for i in knowledge.ingredients.values()})


def meetings(knowledge: Knowledge, rows: list[dict[str, Any]] | None = None) -> Iterator[Met]:
    """Every pair of ingredients of every pair of classes, once a day each, of whatever strength."""
    orders: dict[str, Order] = {}
    for row in pairs() if rows is None else rows:
        for one, other in product(named(row["one"], knowledge), named(row["other"], knowledge)):
            if one != other:
                case = _case(one, other, orders, knowledge)
                yield Met(row["pair"], one, other, tuple(_interrupting(case, knowledge, row.get("rules", {}))))


def pairs() -> list[dict[str, Any]]:
    """The pairs of classes, with the interruptions that are kept and why."""
    return list(yaml.safe_load(_PAIRS.read_text(encoding="utf-8")))


def _case(one: str, other: str, orders: dict[str, Order], knowledge: Knowledge) -> Case:
    for name in (one, other):
        if name not in orders:
            told = UNLESS_SAID | {"order": f"{name} | 1 daily | | "}
            orders[name] = read_case(Situation(name, told).bundle(), knowledge)[0].proposed[0]
            assert orders[name].medicine.is_known, name
    told = UNLESS_SAID | {"order": f"{one} | 1 daily | | "}
    empty = read_case(Situation(one, told).bundle(), knowledge)[0]
    return replace(empty, proposed=(orders[one],), current=(replace(orders[other], id="taken"),))


def _interrupting(case: Case, knowledge: Knowledge, kept: dict[str, str]) -> Iterator[Finding]:
    for said in check(case, knowledge):
        if isinstance(said, Finding) and said.severity.is_interruptive and said.rule not in kept:
            yield said
