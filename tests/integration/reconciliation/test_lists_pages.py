"""The lists of a stay: typed and scanned, from a file, withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tallman.core.reconciliation.line import SourceKind, State
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.inventory.actions import add_item
from tallman.server.reconciliation.models import Encounter, ListLine, MedicineList
from tallman.server.reconciliation.typed import read_line

As = Callable[[str], Client]
PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1952-01-20"}


def statement(text: str, sig: str = "1 tablet daily") -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement", "id": text.split()[0], "status": "active",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": text}, "dosage": [{"text": sig}],
    }  # fmt: skip


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def upload(client: Client, stay: Encounter, content: bytes, orders: str = "") -> Any:
    file = SimpleUploadedFile("practice.json", content, "application/json")
    return client.post(f"/stays/{stay.pk}/lists/upload", {"file-file": file, "file-orders": orders})


def test_a_typed_list_is_kept_word_for_word(stay: Encounter, client_as: As) -> None:
    typed = "lisinopril 10 mg daily\n\nmetformin 500 1 tab bid with meals // stopped taking it in May\na blue pill\n"
    sent = {"kind": "patient interview", "told_by": "daughter", "lines": typed, "reliability": "good"}
    answer = client_as("technician").post(f"/stays/{stay.pk}/lists/add/", sent)
    assert answer.url == f"/stays/{stay.pk}/lists/"
    made = MedicineList.objects.get(kind="patient interview")
    assert (made.name, made.told_by, made.reliability) == ("daughter", "daughter", "good")
    assert [(line.text, line.directions, line.note, line.state) for line in made.lines.all()] == [
        ("lisinopril 10 mg", "daily", "", "active"),
        ("metformin 500", "1 tab bid with meals", "stopped taking it in May", "not taken"),
        ("a blue pill", "", "", "active"),
    ]
    shown = client_as("technician").get(f"/stays/{stay.pk}/lists/").content.decode()
    assert "Not recognised" in shown
    assert "2 times a day" in shown, "what was read is shown beside what was written"


def test_what_is_typed_is_read_back_and_not_kept(stay: Encounter, client_as: As) -> None:
    before = MedicineList.objects.count()
    lines = "hydroxyzine 25 mg at bedtime\nwarfarin 5 mg wibble"
    shown = client_as("technician").post(f"/stays/{stay.pk}/lists/read", {"lines": lines}).content.decode()
    assert 'hydr<b class="tall">OXY</b>zine' in shown
    assert '<mark class="unread">wibble</mark>' in shown
    assert MedicineList.objects.count() == before


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"kind": "patient interview", "lines": " \n"}, "No medicine is typed."),
        ({"kind": "current orders", "lines": ""}, "Where nothing is ordered, tick that."),
        ({"kind": "current orders", "lines": "aspirin 81", "nothing": "on"}, "There are medicines on the list."),
        ({"kind": "patient interview", "lines": "aspirin 81", "on": "2026-06-04"}, "This day lies in the future."),
        ({"kind": "patient interview", "lines": "aspirin 81\n" * 61}, "more than 60 lines"),
    ],
)
def test_a_list_that_says_nothing_is_sent_back(stay: Encounter, client_as: As, sent: dict[str, str], said: str) -> None:
    answer = client_as("technician").post(f"/stays/{stay.pk}/lists/add/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_nothing_is_ordered_says_something(stay: Encounter, client_as: As) -> None:
    client_as("technician").post(f"/stays/{stay.pk}/lists/add/", {"kind": "current orders", "nothing": "on"})
    assert MedicineList.objects.get(kind="current orders").lines.count() == 0


@pytest.mark.django_db
def test_a_code_nobody_knows_is_said_and_kept() -> None:
    read = read_line("0199999999 1 daily")
    assert read.code == "0199999999"
    assert read.doubt == "this code is not known: type the name"
    assert (read.row.text, read.row.directions, read.row.ref) == (
        "package 0199999999", "1 daily", "package 0199999999",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["68180-0980-01", "368180980018", "(01)00368180980018(17)280131(10)L7", "01003681809800181728013110L7"]
)
def test_the_code_of_a_bottle_stands_for_its_name(code: str) -> None:
    by = SYSTEM
    add_item(ndc="68180-0980-01", product_id="314076", name="lisinopril 10 mg", size=Decimal(90), unit="tablet", by=by)
    read = read_line(f"{code} 1 daily // from the kitchen")
    assert (read.doubt, read.row.text, read.row.rxcui, read.row.directions, read.note) == (
        "", "lisinopril 10 mg oral tablet", "314076", "1 daily", "from the kitchen",
    )  # fmt: skip


@pytest.mark.parametrize(
    "line, state",
    [
        ("aspirin 81 // not taking it", State.NOT_TAKEN),
        ("aspirin 81 daily // not with milk", State.ACTIVE),
        ("aspirin 81, no longer takes it", State.NOT_TAKEN),
    ],
)
def test_what_is_not_taken_is_read_from_the_words(line: str, state: State) -> None:
    assert read_line(line).state is state


def test_a_file_brings_its_lists_and_is_kept(stay: Encounter, client_as: As) -> None:
    allergy = {
        "resourceType": "AllergyIntolerance", "id": "a", "patient": {"reference": "Patient/p"},
        "code": {"text": "penicillin"}, "reaction": [{"manifestation": [{"text": "hives"}]}],
    }  # fmt: skip
    content = bundle(PATIENT, statement("lisinopril 10 mg tablet"), statement("furosemide 40 mg tablet"), allergy)
    assert upload(client_as("technician"), stay, content).status_code == 302
    made = MedicineList.objects.get(name="practice.json")
    assert bytes(made.received) == content
    assert made.kind == "patient interview"
    assert made.allergies == [{"substance": "penicillin", "reaction": "hives"}]
    assert set(made.lines.values_list("text", "ref")) == {
        ("lisinopril 10 mg tablet", "MedicationStatement/lisinopril"),
        ("furosemide 40 mg tablet", "MedicationStatement/furosemide"),
    }
    assert Event.objects.filter(action="reconciliation.receive_lists").count() == 1


def test_a_file_of_orders_supersedes_the_orders_before(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    upload(client, stay, bundle(PATIENT, statement("lisinopril 10 mg tablet")), orders="current orders")
    upload(client, stay, bundle(PATIENT, statement("lisinopril 20 mg tablet")), orders="current orders")
    current = ListLine.objects.filter(medicine_list__kind="current orders", medicine_list__is_current=True)
    assert [line.text for line in current] == ["lisinopril 20 mg tablet"]


@pytest.mark.parametrize(
    "content, said",
    [
        (b"<Bundle/>", "send FHIR R4 as JSON"),
        (b"not json", "this is not JSON"),
        (bundle(PATIENT), "There is no medicine in the file"),
        (bundle(PATIENT | {"birthDate": "1960-05-05"}, statement("lisinopril 10 mg")), "somebody born 1960-05-05"),
        (bundle(PATIENT, PATIENT | {"id": "q"}, statement("lisinopril 10 mg")), "more than one patient"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_what_to_do(
    stay: Encounter, client_as: As, content: bytes, said: str
) -> None:
    before = MedicineList.objects.count()
    answer = upload(client_as("technician"), stay, content)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert MedicineList.objects.count() == before


def test_a_withdrawn_list_stays_on_record(stay: Encounter, client_as: As) -> None:
    made = stay.lists.get()
    client_as("technician").post(f"/stays/{stay.pk}/lists/{made.pk}/withdraw")
    assert not MedicineList.objects.get(pk=made.pk).is_current
    assert "Withdrawn or superseded: 1" in client_as("technician").get(f"/stays/{stay.pk}/lists/").content.decode()


def test_withdrawing_orders_brings_back_those_before_that_were_not_withdrawn(
    stay: Encounter, told: Any, client_as: As
) -> None:
    first, second, third = (
        told([f"furosemide {n} mg tablet | 1 tab daily"], SourceKind.HOSPITAL) for n in ("20", "40", "80")
    )
    going_home = told(["furosemide 20 mg tablet | 1 tab daily"], SourceKind.DISCHARGE)

    def current() -> list[int]:
        return [one.pk for one in stay.lists.filter(is_current=True, kind=SourceKind.HOSPITAL)]

    client = client_as("technician")
    client.post(f"/stays/{stay.pk}/lists/{second.pk}/withdraw")
    assert current() == [third.pk]
    page = client.post(f"/stays/{stay.pk}/lists/{third.pk}/withdraw", follow=True).content.decode()
    assert current() == [first.pk]
    assert "counts again" in page
    assert ("superseded" in page, page.count("· withdrawn")) == (True, 2)
    client.post(f"/stays/{stay.pk}/lists/{first.pk}/withdraw")
    assert current() == []
    going_home.refresh_from_db()
    assert going_home.is_current


def test_a_source_that_is_withdrawn_brings_nothing_back(stay: Encounter, told: Any, client_as: As) -> None:
    gone, other = (told([f"metformin {n} mg tablet | 1 tab daily"]) for n in ("500", "850"))
    client_as("technician").post(f"/stays/{stay.pk}/lists/{gone.pk}/withdraw")
    assert set(stay.lists.filter(is_current=True, kind=SourceKind.INTERVIEW)) == {other}
