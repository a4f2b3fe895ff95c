"""Lists and documents of others as lists to reconcile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tallman.core.reconciliation.line import Line, State
from tallman.interchange.fhir.listed import FLAGS
from tallman.interchange.fhir.lists import ListsRead, read_lists
from tests.authored import load
from tests.unit.reconciliation.bundles import bundle, order, statement


def _read(*resources: dict[str, Any]) -> ListsRead:
    return read_lists(bundle(*resources), load(), "list")


def _list(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    code = {"coding": [{"code": "medications"}]}
    return (
        {"resourceType": "List", "id": "l", "status": "current", "mode": "working", "code": code}
        | more
        | {"entry": list(entries)}
    )


def _item(reference: str = "", **more: Any) -> dict[str, Any]:
    return {"item": {"reference": reference}} | more


def _lines(read: ListsRead) -> list[Line]:
    return [line for one in read.lists for line in one.lines]


def test_a_list_gives_the_order_and_what_it_says_of_each() -> None:
    flag = {"flag": {"coding": [{"system": FLAGS, "code": "06"}]}}
    found = _lines(
        _read(
            statement("1", "lisinopril 10 mg tablet"),
            statement("2", "metformin 500 mg tablet"),
            statement("3", "naproxen 500 mg tablet"),
            statement("4", "sertraline 50 mg tablet"),
            _list(
                _item("MedicationStatement/3", deleted=True),
                _item("MedicationStatement/2", **flag),
                _item("MedicationStatement/1"),
            ),
        )
    )
    assert [(line.ref[-1], line.state) for line in found] == [
        ("3", State.STOPPED),
        ("2", State.HELD),
        ("1", State.ACTIVE),
        ("4", State.ACTIVE),
    ]


def test_what_is_named_only_or_not_sent_is_kept() -> None:
    read = _read(_list({"item": {"display": "lisinopril 10 mg daily"}}, _item("MedicationStatement/77")))
    named, missing = _lines(read)
    assert named.order.medicine.ingredients[0].name == "lisinopril"
    assert named.order.sig.is_read
    assert missing.ref == "MedicationStatement/77"
    assert not missing.order.medicine.is_known
    assert [w.code for w in read.warnings].count("REFERENCE-UNKNOWN") == 1


def test_a_list_of_something_else_and_one_in_error_say_nothing() -> None:
    other = {"resourceType": "List", "id": "o", "status": "current", "entry": [_item("Condition/1")]}
    error = _list(_item("MedicationStatement/1", deleted=True), status="entered-in-error")
    (line,) = _lines(_read(statement("1", "lisinopril 10 mg tablet"), other, error))
    assert line.state is State.ACTIVE


def test_a_list_in_words_alone_says_what_was_stopped() -> None:
    review = {
        "resourceType": "List",
        "status": "current",
        "mode": "changes",
        "code": {"text": "Medication Review"},
        "entry": [
            {"flag": {"text": "Prescribed"}, "item": {"display": "lisinopril 10 mg daily"}},
            {"flag": {"coding": [{"display": "Cancelled"}]}, "item": {"display": "naproxen 500 mg"}},
            {"flag": {"text": "Suspended"}, "deleted": True, "item": {"display": "metformin 500 mg"}},
        ],
    }
    allergies = {
        "resourceType": "List",
        "code": {"text": "Drug allergies"},
        "entry": [{"item": {"display": "penicillin"}}],
    }
    assert [line.state for line in _lines(_read(review, allergies))] == [State.ACTIVE, State.STOPPED, State.HELD]


def test_a_list_that_holds_its_medicines_inside() -> None:
    inside = [statement("m1", "lisinopril 10 mg tablet", "1 tablet daily")]
    alone = _list(_item("#m1"), contained=inside)
    (line,) = _lines(read_lists(json.dumps(alone).encode(), load(), "list"))
    assert line.order.medicine.ingredients[0].name == "lisinopril"


def _document(*sections: tuple[str, list[str]]) -> dict[str, Any]:
    def section(code: str, refs: list[str]) -> dict[str, Any]:
        coding = [{"system": "http://loinc.org", "code": code}]
        return {"code": {"coding": coding}, "entry": [{"reference": ref} for ref in refs]}

    return {"resourceType": "Composition", "section": [section(*one) for one in sections]}


def test_what_a_document_tells_of_admission_is_past() -> None:
    read = _read(
        _document(("42346-7", ["MedicationStatement/1"]), ("10183-2", ["MedicationRequest/2"])),
        statement("1", "warfarin 5 mg tablet", "1 tablet daily"),
        order("2", "apixaban 5 mg tablet", "1 tablet twice daily"),
    )
    assert [line.ref for line in _lines(read)] == ["MedicationRequest/2"]
    assert read.admission is not None
    assert [line.ref for line in read.admission.lines] == ["MedicationStatement/1"]


@pytest.mark.parametrize("code", ["10160-0", "42346-7"])
def test_a_document_of_one_time_tells_of_the_present(code: str) -> None:
    read = _read(_document((code, ["MedicationStatement/1"])), statement("1", "warfarin 5 mg tablet", "1 tablet daily"))
    assert [line.ref for line in _lines(read)] == ["MedicationStatement/1"]
    assert read.admission is None


def test_the_last_dose_of_an_order_is_known() -> None:
    dose = {"resourceType": "MedicationAdministration", "request": {"reference": "MedicationRequest/1"}}
    times = (
        ("completed", "2026-03-01T08:00:00Z"),
        ("completed", "2026-03-02T08:00:00Z"),
        ("not-done", "2026-03-02T20:00:00Z"),
        ("completed", "2026-03-03"),
    )
    doses = [dose | {"status": status, "effectiveDateTime": when} for status, when in times]
    (line,) = _lines(_read(order("1", "lisinopril 10 mg tablet", "1 tablet daily"), *doses))
    assert line.last_given is not None
    assert line.last_given.isoformat() == "2026-03-02T08:00:00+00:00"


def test_a_reason_by_its_code_is_read_in_words() -> None:
    system = "http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason"
    reason = {"statusReason": {"coding": [{"system": system, "code": "sddi"}]}, "status": "stopped"}
    (line,) = _lines(_read(order("1", "simvastatin 40 mg tablet", "1 tablet daily", **reason)))
    assert line.note == "interaction with another medicine"
