"""Turn the examples beside a record into cases for the real `screen()`: every rule shows when it fires and when not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tallman.core.allergies import read_allergies
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Condition, Patient
from tallman.core.prescription import Order
from tallman.core.quantity import parse_amount
from tallman.core.screening.case import Case
from tallman.core.sig import parse
from tallman.knowledge import schema
from tallman.knowledge.load import HERE, read_yaml

__all__ = ["Example", "case_of", "examples", "order_from_text"]

ON = date(2026, 11, 24)
_SHAPES = {"interactions": schema.InteractionEntry, "allergies": schema.AllergyEntry}


@dataclass(frozen=True)
class Example:
    """One situation of a record: `rule` must (or must not) be the rule of an interruptive or moderate finding."""

    rule: str
    fires: bool
    entry: schema.ExampleEntry


def examples(folder: Path = HERE) -> Iterator[Example]:
    """Every example of every authored rule."""
    for subject, shape in _SHAPES.items():
        for path in sorted((folder / subject).glob("*.yaml")):
            for record in read_yaml(path, list[shape]):  # type: ignore[valid-type]
                yield from (Example(record.id, True, e) for e in record.fires)
                yield from (Example(record.id, False, e) for e in record.silent)


def order_from_text(id: str, line: str, knowledge: Knowledge) -> Order:
    """An order written as "medicine; directions": "ibuprofen 600 mg tablet; 1 tablet by mouth 3 times a day".

    A trailing "(renews 2)" says that the order replaces current medicine number 2.
    """
    line, _, renewed = line.partition("(renews ")
    name, _, directions = line.partition(";")
    replaces = (f"current-{re.sub(r'[^0-9]', '', renewed)}",) if renewed else ()
    return Order(id, identify(name.strip(), knowledge), parse(directions.strip()), written=ON, replaces=replaces)


def case_of(entry: schema.ExampleEntry, knowledge: Knowledge) -> Case:
    """The case of an example. Allergies are written "substance: reaction"; none listed means none known."""
    patient = Patient(
        birth_date=ON - timedelta(days=366 * (entry.age if entry.age is not None else 45)),
        sex=entry.sex,
        weight=parse_amount(entry.weight) if entry.weight else None,
        allergies=tuple(a for text in entry.allergies for a in read_allergies(text, knowledge)),
        conditions=tuple(Condition(code) for code in entry.conditions),
    )
    new = order_from_text("new", entry.new, knowledge)
    proposed = Order(
        new.id,
        new.medicine,
        new.sig,
        quantity=parse_amount(entry.quantity) if entry.quantity else None,
        days_supply=entry.days_supply,
        reasons=tuple(entry.reasons),
        written=ON,
        replaces=new.replaces,
    )
    current = tuple(
        order_from_text(f"current-{number}", line, knowledge) for number, line in enumerate(entry.current, 1)
    )
    return Case(patient, current, (proposed,), ON)
