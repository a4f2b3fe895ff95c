"""A discharge as a FHIR document: valid, the same each time, and read back as what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tallman.core.reconciliation.discharge import Change, DischargeRow, at_discharge
from tallman.core.reconciliation.papers import Discharge
from tallman.interchange.fhir.discharge_out import UndecidedDischarge, discharge_document
from tallman.interchange.fhir.lists import ListsRead, read_lists
from tests.authored import load
from tests.unit.documents.cases import OPEN, discharge_of

_ID, _WRITTEN = UUID("6d0c5a3e-8c0b-4d39-9d5a-0d2c1b9f7e10"), datetime(2026, 3, 9, 15, 30, tzinfo=UTC)
_DOSE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def discharge() -> Discharge:
    """With the last dose of a medicine that goes on."""
    made = discharge_of()
    rows = (replace(r, last_dose=_DOSE) if r.change is Change.CHANGED and r.hospital else r for r in made.rows)
    return replace(made, rows=tuple(rows))


@pytest.fixture(scope="module")
def sent(discharge: Discharge) -> dict[str, Any]:
    return json.loads(discharge_document(discharge, id=_ID, written=_WRITTEN))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def read(discharge: Discharge) -> ListsRead:
    return read_lists(discharge_document(discharge, id=_ID, written=_WRITTEN), load(), "document", is_orders=True)


def test_it_is_valid_to_another_library_whole_and_in_parts(sent: dict[str, Any]) -> None:
    get_fhir_model_class("Bundle").model_validate(sent)
    for entry in sent["entry"]:
        get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(entry["resource"])


def test_it_is_a_document(sent: dict[str, Any]) -> None:
    assert (sent["type"], sent["entry"][0]["resource"]["resourceType"]) == ("document", "Composition")
    assert sent["identifier"]["value"].endswith(str(_ID))
    urls = [e["fullUrl"] for e in sent["entry"]]
    assert len(set(urls)) == len(urls)
    assert {r["reference"] for r in _references(sent)} <= set(urls)
    assert all("div" in e["resource"]["text"] for e in sent["entry"])


def _references(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_the_same_discharge_makes_the_same_document(discharge: Discharge, sent: dict[str, Any]) -> None:
    assert json.loads(discharge_document(discharge, id=_ID, written=_WRITTEN)) == sent


def test_each_change_has_its_flag_and_nothing_past_is_active(sent: dict[str, Any]) -> None:
    every = {e["fullUrl"]: e["resource"] for e in sent["entry"]}
    lists = {r["title"]: r for r in every.values() if r["resourceType"] == "List"}
    flags = {}
    for entry in lists["What changed"]["entry"]:
        name = every[entry["item"]["reference"]]["medicationCodeableConcept"]["text"]
        flags[name] = (entry["flag"]["coding"][0]["code"], entry.get("deleted", False))
    assert flags["apixaban 5 mg tablet"] == ("04", False)
    assert flags["metoprolol tartrate 50 mg tablet"] == ("02", False)
    assert flags["lisinopril 10 mg tablet"] == ("01", False)
    assert flags["naproxen 500 mg tablet"] == ("05", True)
    assert flags["metformin 500 mg tablet"] == ("06", True)
    past = [e["item"]["reference"] for t in ("Taken before the stay", "Given in hospital") for e in lists[t]["entry"]]
    assert {every[ref]["status"] for ref in past} == {"completed"}


def _said(rows: tuple[DischargeRow, ...]) -> list[tuple[object, ...]]:
    return sorted((r.change, r.said("en"), r.said("es"), r.because, r.reasons, r.until, r.last_dose) for r in rows)


def test_the_document_alone_gives_the_same_rows_back(discharge: Discharge, read: ListsRead) -> None:
    assert read.admission is not None
    assert read.hospital is not None
    rows = at_discharge([read.admission], read.hospital, read.lists[0], load())
    assert _said(rows) == _said(discharge.rows)


def test_its_present_is_the_list_and_its_past_is_not(read: ListsRead) -> None:
    active = {line.order.medicine.ingredients[0].name for line in read.lists[0].lines if line.is_active}
    assert active == {"lisinopril", "metoprolol", "atorvastatin", "apixaban", "tramadol", "pantoprazole"}
    assert read.person is not None
    assert read.on == date(2026, 3, 9)
    assert not [w for w in read.warnings if w.code not in ("SIG-MISSING", "SIG-FROM-STRUCTURE")]


def test_allergies_come_back_and_that_nobody_asked_does_too(discharge: Discharge, read: ListsRead) -> None:
    assert [a.allergy.substance for a in read.lists[0].allergies or ()] == ["penicillin"]
    for known, expected in ((), ()), (None, None):
        data = discharge_document(replace(discharge, allergies=known), id=_ID, written=_WRITTEN)
        assert read_lists(data, load(), "document").lists[0].allergies == expected


def test_nothing_undecided_leaves_the_house() -> None:
    with pytest.raises(UndecidedDischarge):
        discharge_document(discharge_of(OPEN), id=_ID, written=_WRITTEN)
