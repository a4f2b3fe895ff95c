"""What a patient is told at discharge: new, changed, stopped, paused, the same, and what nobody has decided."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.discharge import Change, DischargeRow, at_discharge
from tallman.interchange.fhir.lists import read_lists
from tallman.knowledge.load import load
from tests.unit.reconciliation.bundles import bundle, order, statement


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def _rows(knowledge: Knowledge, before: bytes, hospital: bytes, after: bytes) -> dict[str, DischargeRow]:
    home = read_lists(before, knowledge, "home").lists
    inside, out = (read_lists(data, knowledge, "orders", is_orders=True).lists[0] for data in (hospital, after))
    rows = at_discharge(home, inside, out, knowledge, on=date(2026, 3, 9))
    return {(row.before or row.after or row.hospital)[0].order.medicine.ingredients[0].name: row for row in rows}


def test_every_medicine_has_its_row(knowledge: Knowledge) -> None:
    rows = _rows(
        knowledge,
        bundle(
            statement("1", "lisinopril 10 mg tablet", "1 tablet daily"),
            statement("2", "metoprolol tartrate 25 mg", "1 tablet twice daily"),
            statement("3", "naproxen 500 mg", "1 tablet twice daily"),
            statement("4", "metformin 500 mg", "1 tablet twice daily"),
            statement("5", "sertraline 50 mg", "1 tablet daily"),
        ),
        bundle(order("h", "ceftriaxone 1 g", "1 g IV daily"), order("i", "lisinopril 10 mg tablet", "1 tablet daily")),
        bundle(
            order("1", "lisinopril 10 mg tablet", "1 tablet daily"),
            order("2", "metoprolol tartrate 50 mg", "1 tablet twice daily", note="Increased for rate control"),
            order("3", "naproxen 500 mg", "1 tablet twice daily", note="Stop: kidney injury", status="stopped"),
            order("4", "metformin 500 mg", "1 tablet twice daily", note="Until creatinine is back", status="on-hold"),
            order("6", "apixaban 5 mg tablet", "1 tablet by mouth twice daily", note="New atrial fibrillation"),
        ),
    )
    assert {name: row.change for name, row in rows.items()} == {
        "apixaban": Change.NEW,
        "metoprolol": Change.CHANGED,
        "naproxen": Change.STOPPED,
        "metformin": Change.PAUSED,
        "lisinopril": Change.SAME,
        "ceftriaxone": Change.HOSPITAL_ONLY,
        "sertraline": Change.UNDECIDED,
    }
    assert rows["apixaban"].sentence == "New: apixaban. Take 1 tablet by mouth 2 times a day."
    assert rows["metoprolol"].because == "Increased for rate control"
    assert rows["naproxen"].because == "Stop: kidney injury"
    assert len(rows["lisinopril"].hospital) == 1


def test_what_is_new_stands_first_and_what_is_open_last(knowledge: Knowledge) -> None:
    rows = _rows(
        knowledge,
        bundle(statement("1", "sertraline 50 mg", "daily"), statement("2", "lisinopril 10 mg", "daily")),
        bundle(),
        bundle(order("2", "lisinopril 10 mg", "daily"), order("3", "apixaban 5 mg", "twice daily")),
    )
    assert list(rows) == ["apixaban", "lisinopril", "sertraline"]
