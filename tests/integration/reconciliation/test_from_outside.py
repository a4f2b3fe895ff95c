"""What comes from outside: markup in what is written, files that are absurd, too long, or of somebody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tallman.core.reconciliation.line import SourceKind
from tallman.server.reconciliation.models import Encounter, ListLine
from tests.integration.reconciliation.test_history_page import address

Told = Callable[..., Any]
SCRIPT = "<script>alert(1)</script>"


def test_what_is_written_is_never_run(stay: Encounter, told: Told, client_as: Callable[[str], Client]) -> None:
    told([f"{SCRIPT} tablet | {SCRIPT} | {SCRIPT}"], SourceKind.HOSPITAL, told_by=SCRIPT)
    told([f"{SCRIPT} tablet | {SCRIPT} | {SCRIPT}"], SourceKind.BOTTLES, told_by=SCRIPT)
    client = client_as("pharmacist")
    for page in ("history", "decisions", "discharge", "lists", "guide", "edit"):
        shown = client.get(address(page, stay)).content.decode()
        assert SCRIPT not in shown, page
        assert ("&lt;script" in shown.lower()) == (page not in ("guide", "edit")), page
    assert SCRIPT not in client.get("/stays/").content.decode()


def bundle(**statement: Any) -> bytes:
    person = {"resourceType": "Patient", "id": "p", "name": [{"family": "Okoro", "given": ["Ada"]}]}
    made = {
        "resourceType": "MedicationStatement",
        "id": "m",
        "status": "active",
        "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": "furosemide 40 mg tablet"},
    } | statement
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": person}, {"resource": made}]}
    ).encode()


def upload(client: Client, stay: Encounter, content: bytes, **said: str) -> Any:
    file = SimpleUploadedFile("list.json", content, "application/json")
    return client.post(address("upload-list", stay), {"file-file": file} | {f"file-{k}": v for k, v in said.items()})


def test_papers_of_somebody_with_another_name_and_no_birth_date_are_not_kept(
    stay: Encounter, client_as: Callable[[str], Client]
) -> None:
    answer = upload(client_as("technician"), stay, bundle())
    assert answer.status_code == 422
    assert "Okoro" in answer.content.decode()


@pytest.mark.parametrize("text", ["x" * 600, "a\u0000b", "take " * 150 + "stop"])
def test_long_directions_of_a_file_are_never_cut_in_silence(
    stay: Encounter, client_as: Callable[[str], Client], text: str
) -> None:
    content = bundle(dosage=[{"text": text}])
    content = content.replace(b'"Okoro"', b'"Brandt"').replace(b'"Ada"', b'"Emil"')
    answer = upload(client_as("technician"), stay, content)
    assert answer.status_code in (302, 422)
    kept = ListLine.objects.filter(medicine_list__received__isnull=False)
    for line in kept:
        assert text.strip() in (line.directions, line.note) or text.strip() in line.note


def test_long_directions_of_a_typed_line_are_refused(stay: Encounter, client_as: Callable[[str], Client]) -> None:
    sent = {"kind": SourceKind.BOTTLES.value, "lines": f"furosemide 40 mg tablet 1 tab daily {'x' * 600}"}
    assert client_as("technician").post(address("add-list", stay), sent).status_code == 422


@pytest.mark.parametrize("amount", [{"value": 1e30}, {"value": 30, "unit": "t" * 60}, {"value": 123456789012.5}])
def test_an_absurd_quantity_of_a_file_is_no_error_of_ours(
    stay: Encounter, client_as: Callable[[str], Client], amount: dict[str, Any]
) -> None:
    order = {"resourceType": "MedicationRequest", "intent": "order", "dispenseRequest": {"quantity": amount}}
    content = bundle(**order).replace(b'"Okoro"', b'"Brandt"')
    assert upload(client_as("technician"), stay, content).status_code in (302, 422)
