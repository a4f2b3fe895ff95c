"""What no page of ours sends: answered with a sentence, not with a broken page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tallman.core.received import ReceivedMedicine, ReceivedPatient, ReceivedPrescriber, ReceivedPrescription
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.actions import receive
from tallman.server.prescriptions.models import Prescription

ClientAs = Callable[[str], Client]
SUPERSCRIPT = "²"
"""A digit to `str.isdigit`, none to `int`."""


@pytest.fixture
def row(db: None) -> Prescription:
    said: dict[str, Any] = {
        "patient": ReceivedPatient(family_name="Okonjo"),
        "prescriber": ReceivedPrescriber(family_name="Lindqvist"),
        "medicine": ReceivedMedicine(text="Ibuprofen 600 mg tablet"),
        "sig": "1 tab po tid",
    }
    return receive(received=ReceivedPrescription(**said), by=SYSTEM)


@pytest.mark.parametrize("number", [SUPERSCRIPT, "9" * 30])
@pytest.mark.parametrize("address", ["fill/?scan={}", "label.pdf?fill={}", "review/?finding={}"])
def test_a_number_in_an_address_that_is_none(client_as: ClientAs, row: Prescription, address: str, number: str) -> None:
    answer = client_as("technician").get(f"/rx/{row.rx_number}/{address.format(number)}")
    assert answer.status_code in {200, 404}


@pytest.mark.parametrize("number", [SUPERSCRIPT, "9" * 30])
def test_a_number_in_a_form_that_is_none(client_as: ClientAs, row: Prescription, number: str) -> None:
    client = client_as("technician")
    for page, field in (("fill/", "scan"), ("entry/", "patient"), ("entry/", "prescriber"), ("entry/", "replaces")):
        answer = client.post(f"/rx/{row.rx_number}/{page}", {"version": row.version, field: number})
        assert answer.status_code == 422, (page, field)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_promise_at_the_end_of_time(client_as: ClientAs, row: Prescription, moment: str) -> None:
    said = {"version": row.version, "priority": "routine", "promised_at": moment}
    assert client_as("technician").post(f"/rx/{row.rx_number}/promise", said).status_code == 422


def test_nobody_is_corrected_without_the_version_that_was_seen(client_as: ClientAs, db: None) -> None:
    patient = add_patient(person={"family_name": "Okonjo", "birth_date": date(1960, 2, 9)}, by=SYSTEM)
    for version in ({}, {"version": "x"}):
        said = {"family_name": "Somebody else"} | version
        assert client_as("technician").post(f"/patients/{patient.pk}/edit/", said).status_code == 409
    assert Patient.objects.get().family_name == "Okonjo"


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("measurement", {"loinc": "29463-7", "value": "-5", "unit": "kg"}),
        ("measurement", {"loinc": "29463-7", "value": "0", "unit": "kg"}),
        ("measurement", {"loinc": "29463-7", "value": "70", "unit": "kg", "on": "9999-01-01"}),
        ("condition", {"text": "Gout", "onset": "9999-01-01"}),
    ],
)
def test_what_cannot_have_been_measured(client_as: ClientAs, kind: str, fact: dict[str, str]) -> None:
    """A weight dated in the future would stay the latest one for ever."""
    patient = add_patient(person={"family_name": "Okonjo"}, by=SYSTEM)
    assert client_as("technician").post(f"/patients/{patient.pk}/{kind}/new/", fact).status_code == 422


def test_nobody_is_born_in_the_future(client_as: ClientAs, db: None) -> None:
    assert (
        client_as("technician").post("/patients/new/", {"family_name": "X", "birth_date": "9999-12-31"}).status_code
        == 422
    )


@pytest.mark.parametrize("text", ["a\0b", "x" * 3000])
def test_text_that_no_column_takes(client_as: ClientAs, row: Prescription, text: str) -> None:
    """SQLite keeps a NUL, PostgreSQL refuses it."""
    client = client_as("technician")
    for page, field in (("concern", "what"), ("hold", "note"), ("entry/find/patient", "find-patient")):
        said = {"version": row.version, "kind": "dose", "reason": "insurance", field: text}
        assert client.post(f"/rx/{row.rx_number}/{page}", said).status_code < 500, page
    for page in ("/queue/", "/patients/", "/stock/"):
        assert client.get(page, {"q": text}).status_code < 500, page
