"""The demo's tables: every medicine is one product, ordinary prescriptions stay quiet, and every catch is caught."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.allergies import read_allergies
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Condition, Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, parse_amount
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Finding
from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tallman.knowledge.load import load
from tallman.server.demo.data import Catch, History, Line, histories

ON = date(2026, 11, 28)
ORDINARY = [pytest.param(h, text, id=text[:40]) for h in histories() for text in h.new]
CATCHES = [pytest.param(h, c, id=c.rx[:40]) for h in histories() for c in h.catch]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def order(id: str, text: str, knowledge: Knowledge, reasons: tuple[str, ...] = ()) -> Order:
    line = Line.read(text)
    return Order(
        id, identify(line.medicine, knowledge), parse(line.sig), Amount(line.quantity, line.unit), line.days,
        reasons=reasons, written=ON, refills=line.refills,
    )  # fmt: skip


def outside(id: str, text: str, knowledge: Knowledge) -> Order:
    medicine, directions = (part.strip() for part in text.split(";")[:2])
    return Order(id, identify(medicine, knowledge), parse(directions))


def case(history: History, text: str, knowledge: Knowledge, catch: Catch | None = None) -> Case:
    replaced = Line.read(text).replaces
    taken = [t for t in history.taken if not replaced or replaced not in t]
    allergies = read_allergies(catch.allergy[0], knowledge, *catch.allergy[1:2]) if catch and catch.allergy else ()
    years = history.ages[0]
    patient = Patient(
        birth_date=ON.replace(year=ON.year - years),
        sex="female",
        allergies=tuple(allergies),
        conditions=tuple(Condition(code, words) for code, words in history.conditions),
        weight=parse_amount("16 kg" if history.child else "72 kg"),
    )
    current = [order(f"taken-{n}", t, knowledge) for n, t in enumerate(taken)]
    current += [outside(f"elsewhere-{n}", t, knowledge) for n, t in enumerate(history.elsewhere)]
    reasons = tuple(code for code, _ in history.conditions[:1])
    return Case(patient, tuple(current), (order("new", text, knowledge, reasons),), ON)


def interruptive(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.code}: {f.summary}" for f in findings if f.severity.is_interruptive]


@pytest.mark.parametrize("history, text", ORDINARY)
def test_an_ordinary_prescription_stops_nobody(history: History, text: str, knowledge: Knowledge) -> None:
    assert interruptive(screen(case(history, text, knowledge), knowledge).findings) == []


@pytest.mark.parametrize("history, catch", CATCHES)
def test_a_catch_is_caught(history: History, catch: Catch, knowledge: Knowledge) -> None:
    found = screen(case(history, catch.rx, knowledge, catch), knowledge).findings
    assert any(f.severity.is_interruptive and f.code.startswith(tuple(catch.finds)) for f in found), catch.because


@pytest.mark.parametrize("history", histories(), ids=lambda h: h.id)
def test_what_people_take_already_is_known_and_read(history: History, knowledge: Knowledge) -> None:
    for text in [*history.taken, *history.new, *(c.rx for c in history.catch)]:
        line = Line.read(text)
        assert identify(line.medicine, knowledge).product is not None, line.medicine
        assert parse(line.sig).is_read, line.sig
    for text in history.elsewhere:
        assert identify(text.partition(";")[0], knowledge).is_known, text


def test_there_are_eighty_people() -> None:
    assert sum(h.count for h in histories()) == 80
