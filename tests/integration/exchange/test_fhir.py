"""FHIR at the door: several prescriptions in one message, once, and answers that are OperationOutcomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tallman.server.exchange import queries
from tallman.server.exchange.models import Message
from tallman.server.prescriptions.models import Prescription

FHIR, ONE = "/fhir/r4", "/fhir/r4/MedicationRequest"
Send = Callable[..., Any]
PATIENT = {
    "resourceType": "Patient", "id": "p1", "name": [{"family": "Okafor", "given": ["Tess"]}], "birthDate": "1961-03-09",
}  # fmt: skip


def order(number: int, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest", "id": f"m{number}", "status": "active", "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "medicationCodeableConcept": {"text": f"Lisinopril {number}0 mg tablet"},
        "dosageInstruction": [{"text": "1 tablet by mouth daily"}],
        "dispenseRequest": {"quantity": {"value": 30, "unit": "tablet"}},
    } | more  # fmt: skip


def bundle(*orders: dict[str, Any], **more: Any) -> bytes:
    entries = [{"fullUrl": f"Patient/{PATIENT['id']}", "resource": PATIENT}, *({"resource": o} for o in orders)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries} | more).encode()


def issue(response: Any) -> dict[str, Any]:
    assert response.headers["Content-Type"] == "application/fhir+json"
    outcome = json.loads(response.content)
    assert outcome["resourceType"] == "OperationOutcome"
    return outcome["issue"][0]


def test_a_bundle_makes_as_many_prescriptions_as_it_holds(send: Send) -> None:
    response = send(bundle(order(1), order(2)), FHIR)
    assert (response.status_code, issue(response)["severity"]) == (200, "information")
    kept = Message.objects.get()
    made = list(queries.prescriptions_of(kept))
    assert [rx.received_medicine for rx in made] == ["Lisinopril 10 mg tablet", "Lisinopril 20 mg tablet"]
    assert {rx.received_patient for rx in made} == {"Okafor, Tess"}
    assert (kept.sender, kept.format, kept.status) == ("test machine", "fhir", "accepted")


def test_a_single_request_may_come_at_either_address(send: Send) -> None:
    for path, number in ((FHIR, 1), (ONE, 2)):
        assert send(json.dumps(order(number)).encode(), path).status_code == 200
    assert Prescription.objects.count() == 2


@pytest.mark.parametrize(
    "data, message_id",
    [
        (bundle(order(1), id="b1", identifier={"system": "urn:s", "value": "7"}), "urn:s|7"),
        (bundle(order(1), id="b1"), "Bundle/b1"),
        (json.dumps(order(1, identifier=[{"system": "urn:s", "value": "8"}])).encode(), "urn:s|8 MedicationRequest/m1"),
        (json.dumps(order(1, identifier=[{"use": "old"}, {"value": "9"}], id="")).encode(), "|9"),
        (bundle(order(1)), None),
        (json.dumps(order(1)).encode(), None),
    ],
)
def test_the_same_message_twice_has_one_effect_and_the_same_answer(
    send: Send, data: bytes, message_id: str | None
) -> None:
    first, second = send(data, FHIR), send(data, FHIR)
    assert first.content == second.content
    assert first.status_code == second.status_code == 200
    kept = Message.objects.get()
    assert kept.message_id == (message_id or f"sha256:{kept.sha256}")
    assert Prescription.objects.count() == 1


def test_other_content_under_a_known_id_is_a_conflict(send: Send) -> None:
    send(bundle(order(1), id="b1"), FHIR)
    response = send(bundle(order(2), id="b1"), FHIR)
    assert (response.status_code, issue(response)["code"]) == (409, "duplicate")
    assert Prescription.objects.count() == 1
    assert Message.objects.filter(status="parked").count() == 1


@pytest.mark.parametrize(
    "data, status, reason",
    [
        (b"", 400, "NOT-JSON"),
        (b"[]", 400, "NOT-FHIR"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", 400, "IS-XML"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400, "TOO-DEEP"),
        (json.dumps(PATIENT).encode(), 422, "NOT-AN-ORDER"),
        (bundle(order(1, status="completed")), 422, "NO-ORDER"),
        (bundle(order(1, subject={"reference": "Patient/other"})), 422, None),
    ],
)
def test_what_cannot_be_read_is_parked_and_answered_in_fhir(
    send: Send, data: bytes, status: int, reason: str | None
) -> None:
    response = send(data, FHIR)
    assert (response.status_code, issue(response)["severity"]) == (status, "error")
    kept = Message.objects.get()
    assert (kept.status, bytes(kept.content)) == ("parked", data)
    assert reason in (None, kept.reason)
    assert not Prescription.objects.exists()


def test_without_a_token_nothing_is_kept(db: None) -> None:
    for path in (FHIR, ONE):
        assert Client().post(path, data=bundle(order(1)), content_type="application/fhir+json").status_code == 401
    assert not Message.objects.exists()


def test_what_is_too_large_is_refused_and_not_kept(send: Send) -> None:
    response = send(b'{"resourceType": "' + b"x" * 20_000_000 + b'"}', FHIR)
    assert (response.status_code, issue(response)["code"]) == (413, "too-long")
    assert not Message.objects.exists()


@pytest.mark.parametrize("strange", ["\0", "\ud800", "x" * 5000, "\u202e\n"])
def test_ids_and_names_that_no_table_takes_lose_nothing(send: Send, strange: str) -> None:
    data = bundle(order(1, note=[{"text": strange}]), identifier={"system": strange, "value": strange})
    first, second = send(data, FHIR), send(data, FHIR)
    assert first.content == second.content
    assert first.status_code in (200, 400, 422)
    assert bytes(Message.objects.get().content) == data


def test_the_page_shows_json_in_words_with_its_numbers_as_sent(send: Send, client_as: Callable[[str], Client]) -> None:
    data = bundle(order(1)).replace(b"30", b"30.50")
    send(data, FHIR)
    page = client_as("trainee").get(f"/messages/{Message.objects.get().pk}/").content.decode()
    assert "Medication codeable concept" in page
    assert "30.50" in page


def test_every_bundle_and_order_of_the_standards_examples_is_taken_or_parked(send: Send, shared_data: Path) -> None:
    examples = shared_data / "fhir" / "r4-examples"
    files = sorted([*examples.glob("MedicationRequest-*.json"), *examples.glob("Bundle-*.json")])
    answers = [send(path.read_bytes(), FHIR) for path in files]
    assert {a.status_code for a in answers} <= {200, 409, 422}
    assert sum(a.status_code == 200 for a in answers) >= 15
    assert Message.objects.count() == len({path.read_bytes() for path in files})
    assert not Message.objects.filter(reason__in=["reader-failed", "not-storable"]).exists()
