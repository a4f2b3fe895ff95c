"""What waits: seen, read again, set aside, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallman.interchange.ncpdp_script.document import document
from tallman.server.audit.models import Event
from tallman.server.exchange import formats
from tallman.server.exchange.models import Message
from tallman.server.exchange.reasons import REASONS
from tallman.server.prescriptions.models import Prescription
from tests.unit.script.newrx import message, newrx

Send = Callable[..., Any]
ClientAs = Callable[[str], Client]


@pytest.fixture
def parked(send: Send, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A sound message that came while the reader was broken. The reader is whole again."""

    def broken(content: bytes) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setitem(formats.FORMATS, "script", replace(formats.FORMATS["script"], read=broken))
        send(newrx())
    return Message.objects.get()


def kind(answer: bytes) -> str:
    return document(bytes(answer)).find("Body")[0].tag


def test_parked_repaired_read_again_and_taken_in(parked: Message, client_as: ClientAs, send: Send) -> None:
    assert (parked.status, parked.reason, kind(parked.answer)) == ("parked", "reader-failed", "Error")
    response = client_as("technician").post(f"/exceptions/{parked.pk}/read", follow=True)
    rx = Prescription.objects.get()
    assert f"Taken in: Rx {rx.rx_number}" in response.content.decode()
    now = Message.objects.get()
    assert (now.status, now.reason, kind(now.answer)) == ("accepted", "", "Status")
    assert bytes(now.content) == newrx()
    assert bytes(now.first_answer) == bytes(parked.answer)
    assert rx.source == f"message:{parked.pk}"
    assert send(newrx(MessageID="MSG-1")).status_code == 200
    assert Event.objects.get(action="exchange.read_again").actor_name == "A technician"


def test_whoever_sends_it_once_more_is_answered_as_it_stands_now(send: Send, client_as: ClientAs) -> None:
    data = newrx(MessageID=None, From=None).replace(b"DrugDescription", b"DrugDescriptlon").replace(
        b"DrugCoded", b"DrugCodes"
    )  # fmt: skip
    refused = send(data)
    row = Message.objects.get()
    assert (kind(refused.content), row.reason) == ("Error", "no-medicine")
    page = client_as("technician").post(f"/exceptions/{row.pk}/read", follow=True)
    assert "it still waits" in page.content.decode()
    assert send(data).content == refused.content
    assert Message.objects.get().first_answer is None


def test_the_second_person_who_reads_it_again_is_told(parked: Message, client_as: ClientAs) -> None:
    client_as("technician").post(f"/exceptions/{parked.pk}/read")
    late = client_as("pharmacist").post(f"/exceptions/{parked.pk}/read")
    assert late.status_code == 422
    assert "already" in late.content.decode()
    assert Prescription.objects.count() == 1


def test_setting_aside_needs_words_and_keeps_the_message(send: Send, client_as: ClientAs) -> None:
    send(message({"CancelRx": {}}))
    row, client = Message.objects.get(), client_as("technician")
    assert client.post(f"/exceptions/{row.pk}/set-aside", {"note": " "}).status_code == 422
    assert client.post(f"/exceptions/{row.pk}/set-aside", {"note": "Cancelled Rx 1000009."}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.note, str(row.settled_by)) == ("set-aside", "Cancelled Rx 1000009.", "A technician")
    waiting, aside = client.get("/exceptions/"), client.get("/exceptions/?show=set-aside")
    assert "Nothing waits" in waiting.content.decode()
    assert "Cancelled Rx 1000009." in aside.content.decode()
    assert client.post(f"/exceptions/{row.pk}/read").status_code == 422


def test_a_second_message_under_one_id_can_be_taken_in_as_well(send: Send, client_as: ClientAs) -> None:
    first = send(newrx()).content
    send(newrx({"MedicationPrescribed/DaysSupply": "10"}))
    row, client = Message.objects.get(reason="same-id-other-content"), client_as("technician")
    assert "Take it in as well" in client.get("/exceptions/").content.decode()
    client.post(f"/exceptions/{row.pk}/read")
    assert [rx.days_supply for rx in Prescription.objects.order_by("pk")] == [30, 10]
    assert send(newrx()).content == first


def test_the_page_says_why_from_whom_and_what_to_do_urgent_first(send: Send, client_as: ClientAs) -> None:
    send(b"<broken")
    send(message({"CancelRx": {}}))
    text = client_as("technician").get("/exceptions/").content.decode()
    for code in ("not-xml", "cancel-request"):
        assert REASONS[code].text in text
        assert REASONS[code].advice.split(".")[0].replace("'", "&#x27;") in text
    assert text.index(REASONS["cancel-request"].text) < text.index(REASONS["not-xml"].text)
    assert "Act now" in text
    assert "test machine" in text


def test_many_exceptions_cost_as_many_queries_as_one(send: Send, client_as: ClientAs) -> None:
    client, costs = client_as("technician"), []
    client.get("/exceptions/")  # the first page of a session also notes when it was
    for count in (1, 8):
        for number in range(count):
            send(b"<broken" + b"!" * number)
        with CaptureQueriesContext(connection) as queries:
            client.get("/exceptions/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_has_words_for_both_sides(code: str) -> None:
    said = REASONS[code]
    assert said.text
    assert said.text[0].isupper()
    assert not said.text.endswith(".")
    assert said.advice.endswith(".")
    assert said.to_sender
    assert said.error in {"600", "601", "602", "700", "900"}


def test_a_message_shows_what_came_and_nothing_of_it_is_obeyed(send: Send, client_as: ClientAs) -> None:
    data = newrx({"Patient/HumanPatient/Name/LastName": "<script>alert(1)</script>"})
    send(data)
    client, row = client_as("trainee"), Message.objects.get()
    page = client.get(f"/messages/{row.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Drug description" in page
    assert "Zolpidem ER 6.25 mg tablet" in page
    assert "Status 010" in page
    saved = client.get(f"/messages/{row.pk}/content")
    assert saved.content == data
    assert saved.headers["Content-Type"] == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\xd8", b"<a>\x00</a>", b"<Message/>", "<Ünï".encode("utf-16")])
def test_a_message_that_is_no_message_can_be_looked_at(send: Send, client_as: ClientAs, data: bytes) -> None:
    send(data)
    row, client = Message.objects.get(), client_as("technician")
    assert client.get(f"/messages/{row.pk}/").status_code == 200
    assert client.get(f"/messages/{row.pk}/content").content == data


def test_the_original_of_a_prescription_is_its_message(send: Send, client_as: ClientAs) -> None:
    send(newrx())
    rx = Prescription.objects.get()
    page = client_as("trainee").get(f"/rx/{rx.rx_number}/original/").content.decode()
    assert f"Original of Rx {rx.rx_number}" in page
    assert "9258399725001" in page


def test_the_original_of_a_prescription_by_telephone_is_what_was_noted(client_as: ClientAs, person: Any) -> None:
    from tallman.core.received import ReceivedMedicine, ReceivedPrescription
    from tallman.server.prescriptions.actions import receive

    said = ReceivedPrescription(medicine=ReceivedMedicine("Amoxicillin 500 mg"), sig="1 tid")
    rx = receive(received=said, by=person("technician"), origin="phone")
    page = client_as("trainee").get(f"/rx/{rx.rx_number}/original/")
    assert page.status_code == 200
    assert "by telephone" in page.content.decode()
    assert "Amoxicillin 500 mg" in page.content.decode()
    assert client_as("trainee").get("/rx/0/original/").status_code == 404
