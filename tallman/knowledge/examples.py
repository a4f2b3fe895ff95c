"""Turn the examples beside a record into cases for the real `screen()`: every rule shows when it fires and when not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tallman.core.allergies import read_allergies
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.lab import Lab
from tallman.core.law import Registration
from tallman.core.patient import Condition, Observation, Patient
from tallman.core.prescription import Order
from tallman.core.quantity import parse_amount
from tallman.core.screening.case import Case
from tallman.core.sig import parse
from tallman.knowledge import burden_schema, precaution_schema, schema
from tallman.knowledge.load import HERE, read_yaml

__all__ = ["SHAPES", "Example", "case_of", "examples", "order_from_text"]

ON = date(2026, 11, 24)
SHAPES = {
    "interactions": schema.InteractionEntry,
    "allergies": schema.AllergyEntry,
    "precautions": precaution_schema.PrecautionEntry,
    "monitoring": precaution_schema.MonitoringEntry,
    "burdens": burden_schema.BurdenEntry,
}
"""Folders of rules that are shown by examples, with the shape of a record."""


@dataclass(frozen=True)
class Example:
    """One situation of a record: `rule` must (or must not) be the rule of an interruptive or moderate finding."""

    rule: str
    fires: bool
    entry: schema.ExampleEntry


def examples(folder: Path = HERE) -> Iterator[Example]:
    """Every example of every authored rule."""
    for subject, shape in SHAPES.items():
        for path in sorted((folder / subject).glob("*.yaml")):
            for record in read_yaml(path, list[shape]):  # type: ignore[valid-type]
                yield from (Example(record.id, True, e) for e in record.fires)
                yield from (Example(record.id, False, e) for e in record.silent)


_IS_CODE = re.compile(r"[A-Z]\d[0-9AB][0-9A-Z]*")


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
        birth_date=_birth_date(entry),
        sex=entry.sex,
        weight=parse_amount(entry.weight) if entry.weight else None,
        weight_on=ON - timedelta(days=entry.weighed) if entry.weighed is not None else None,
        height=parse_amount(entry.height) if entry.height else None,
        allergies=tuple(a for text in entry.allergies for a in read_allergies(text, knowledge)),
        conditions=tuple(Condition(c) if _IS_CODE.fullmatch(c) else Condition(None, c) for c in entry.conditions),
        observations=tuple(_result(knowledge.labs[lab], text) for lab, text in entry.labs.items()),
        pregnant=entry.pregnant,
        lactating=entry.lactating,
    )
    new = order_from_text("new", entry.new, knowledge)
    proposed = Order(
        new.id,
        new.medicine,
        new.sig,
        quantity=parse_amount(entry.quantity) if entry.quantity else None,
        days_supply=entry.days_supply,
        reasons=tuple(entry.reasons),
        written=ON - timedelta(days=entry.written or 0),
        refills=entry.refills,
        prescriber_dea=entry.dea,
        registration=_registration(entry),
        replaces=new.replaces,
        note=entry.note,
        coded=parse(entry.coded) if entry.coded else None,
    )
    current = tuple(
        order_from_text(f"current-{number}", line, knowledge) for number, line in enumerate(entry.current, 1)
    )
    if entry.since is not None:
        begun = ON - timedelta(days=entry.since)
        current = tuple(replace(o, started=begun, days_supply=entry.days_supply) for o in current)
    if entry.stopped is not None:
        current = tuple(replace(o, ended=ON - timedelta(days=entry.stopped)) for o in current)
    return Case(patient, current, (proposed,), ON)


def _registration(entry: schema.ExampleEntry) -> Registration | None:
    if entry.dea_until is None and not entry.dea_schedules:
        return None
    until = ON + timedelta(days=entry.dea_until) if entry.dea_until is not None else None
    return Registration(tuple(entry.dea_schedules), until)


def _birth_date(entry: schema.ExampleEntry) -> date:
    if entry.age_months is not None:
        return ON - timedelta(days=31 * entry.age_months)
    return ON - timedelta(days=366 * (entry.age if entry.age is not None else 45))


_RESULT = re.compile(r"([\d.]+)\s*([^,]*?)(?:,\s*(\d+) days ago)?$")


def _result(lab: Lab, text: str) -> Observation:
    """A result written "5.9 mmol/L" or "5.9 mmol/L, 200 days ago", or the answer of a test without a unit ("Positive").

    Raises ValueError for anything else.
    """
    match = _RESULT.match(text)
    if not match and not lab.unit and text.isascii() and text[:1].isalpha():
        return Observation(lab.loinc[0], ON, text=text)
    if not match:
        raise ValueError(f'{text!r} is no result: write "5.9 mmol/L" or "5.9 mmol/L, 200 days ago"')
    return Observation(lab.loinc[0], ON - timedelta(days=int(match[3] or 0)), Decimal(match[1]), match[2] or lab.unit)
