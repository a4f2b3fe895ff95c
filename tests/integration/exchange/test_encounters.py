"""Encounters of FHIR at the door: the same stays as by HL7 v2, answered with an OperationOutcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tallman.server.exchange import stay_lists
from tallman.server.exchange.models import Message, Movement
from tallman.server.patients.models import Allergy, Patient
from tallman.server.prescriptions.models import Prescription
from tallman.server.reconciliation.models import Encounter, ListLine
from tallman.server.refusal import refuse
from tests.unit.fhir.bundles import TESS, allergy, bundle, order, patient, sent
from tests.unit.fhir.test_encounters import encounter, header

Send = Callable[..., Any]
MRN = {"identifier": [{"system": "urn:mercy", "value": "70031"}]}


def told(response: Any) -> tuple[int, str, str]:
    issue = json.loads(response.content)["issue"][0]
    return response.status_code, issue["severity"], issue["details"]["text"]


def state(send: Send, status: str, at: str, **more: Any) -> tuple[int, str, str]:
    resources = (patient(**MRN), encounter(status, **more), allergy("Penicillin", "hives"))
    return told(send(sent(bundle(*resources, timestamp=at)), "/fhir/r4"))


def test_a_stay_from_its_states(send: Send) -> None:
    assert state(send, "in-progress", "2026-11-20T09:00:00-05:00") == (
        200, "information", "the encounter was received",
    )  # fmt: skip
    stay = Encounter.objects.get()
    assert (stay.status, stay.kind, stay.visit_number) == ("in-progress", "inpatient", "V-100")
    place = [{"location": {"display": "4 West"}, "status": "active"}]
    state(send, "in-progress", "2026-11-20T12:00:00-05:00", location=place)
    state(send, "in-progress", "2026-11-20T10:00:00-05:00", location=[{"location": {"display": "ED"}}])
    ended = {"start": "2026-11-20T08:30:00-05:00", "end": "2026-11-21T10:00:00-05:00"}
    state(send, "finished", "2026-11-21T10:05:00-05:00", location=place, period=ended)
    stay.refresh_from_db()
    assert (stay.status, stay.unit) == ("finished", "4 West")
    assert Patient.objects.count() == Allergy.objects.count() == 1


def test_an_encounter_alone_is_of_a_patient_who_is_known(send: Send) -> None:
    state(send, "in-progress", "2026-11-20T09:00:00-05:00")
    alone = encounter(
        "finished", period={"end": "2026-11-21T10:00:00-05:00"},
        subject={"identifier": {"system": "urn:mercy", "value": "70031"}},
    )  # fmt: skip
    assert told(send(json.dumps(alone).encode(), "/fhir/r4/Encounter"))[0] == 200
    assert Encounter.objects.get().status == "finished"


def test_a_header_makes_a_message_of_a_bundle_with_orders(send: Send) -> None:
    resources = (header("notification-admit"), patient(**MRN), encounter(), order("o1", "lisinopril 10 mg"))
    assert told(send(sent(bundle(*resources)), "/fhir/r4"))[0] == 200
    assert Encounter.objects.exists()
    assert not Prescription.objects.exists()


def test_an_order_with_its_encounter_stays_a_prescription(send: Send) -> None:
    send(sent(bundle(patient(), encounter(), order("o1", "lisinopril 10 mg"))), "/fhir/r4")
    assert Prescription.objects.count() == 1
    assert not Encounter.objects.exists()


@pytest.mark.parametrize(
    ("resources", "reason"),
    [((patient(), encounter(), encounter(id="e2")), "SEVERAL-ENCOUNTERS"), ((encounter(),), "NO-PATIENT")],
)
def test_what_cannot_be_read_is_refused_and_waits(send: Send, resources: Any, reason: str) -> None:
    status, severity, _ = told(send(sent(bundle(*resources)), "/fhir/r4"))
    assert (status, severity, Message.objects.get().reason) == (422, "error", reason)


def test_what_is_only_planned_is_accepted_and_nothing_is_done(send: Send) -> None:
    assert told(send(sent(bundle(patient(), encounter("planned"))), "/fhir/r4"))[0] == 200
    assert not Encounter.objects.exists()


def statement(text: str, id: str = "s1") -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement", "id": id, "status": "active", "subject": TESS,
        "medicationCodeableConcept": {"text": text}, "dosage": [{"text": "Take 1 tablet by mouth once daily"}],
    }  # fmt: skip


def test_medicines_beside_it_are_a_list_of_the_stay_once(send: Send) -> None:
    for hour in (9, 12):
        resources = (patient(**MRN), encounter(), statement("lisinopril 10 mg oral tablet"))
        send(sent(bundle(*resources, timestamp=f"2026-11-20T{hour:02}:00:00-05:00")), "/fhir/r4")
    assert [str(line.text) for line in ListLine.objects.all()] == ["lisinopril 10 mg oral tablet"]
    resources = (patient(**MRN), encounter(), statement("lisinopril 20 mg oral tablet"))
    send(sent(bundle(*resources, timestamp="2026-11-20T13:00:00-05:00")), "/fhir/r4")
    assert ListLine.objects.count() == 2


def test_orders_beside_it_are_left_and_that_is_said(send: Send) -> None:
    resources = (header("notification-admit"), patient(**MRN), encounter(), order("o1", "lisinopril 10 mg"))
    send(sent(bundle(*resources)), "/fhir/r4")
    assert not ListLine.objects.exists()
    assert "orders among them" in Movement.objects.get().warnings[0]


def test_medicines_of_somebody_else_are_left_without_a_word_of_them(send: Send, monkeypatch: Any) -> None:
    def refused(**_: Any) -> None:
        raise refuse("other-patient", "born 1951-03-04")

    monkeypatch.setattr(stay_lists, "receive_lists", refused)
    send(sent(bundle(patient(**MRN), encounter(), statement("lisinopril 10 mg oral tablet"))), "/fhir/r4")
    (said,) = Movement.objects.get().warnings
    assert "another birth date" in said
    assert "1951" not in said
