"""Messages come in: once, whatever happens, and with an answer that stands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tallman.interchange.ncpdp_script.document import document
from tallman.server.audit.models import Event
from tallman.server.exchange import actions, api, formats, queries
from tallman.server.exchange.models import Message
from tallman.server.prescriptions.models import Prescription
from tests.unit.script.newrx import message, newrx

SCRIPT = "/exchange/script"
Send = Callable[..., Any]


def said(response: Any) -> tuple[str, str]:
    """Status or Error, and its code."""
    assert response.headers["Content-Type"] == "application/xml"
    root = document(response.content)
    body = root.find("Body")[0]
    return body.tag, body.findtext("Code")


def test_a_prescription_comes_in(send: Send) -> None:
    response = send(newrx())
    assert (response.status_code, said(response)) == (200, ("Status", "010"))
    assert document(response.content).findtext("Header/RelatesToMessageID") == "MSG-1"
    kept, rx = Message.objects.get(), Prescription.objects.get()
    assert (kept.status, kept.sender, kept.message_id) == ("accepted", "9258399725001", "MSG-1")
    assert bytes(kept.content) == newrx()
    assert bytes(kept.answer) == response.content
    assert kept.token.name == "test machine"
    assert (rx.source, rx.stage, rx.received_patient) == (f"message:{kept.pk}", "received", "Okafor, Tess Marie, Jr")
    assert (rx.received_rxcui, rx.received_ndc, rx.sig) == ("854876", "00024550131", rx.received["sig"])
    assert queries.message_of(rx) == kept
    assert list(queries.prescriptions_of(kept)) == [rx]


def test_the_taking_in_is_on_record_with_the_machine_that_sent_it(send: Send) -> None:
    send(newrx())
    events = {e.action: e for e in Event.objects.filter(action__in=["exchange.take_in", "prescriptions.receive"])}
    assert {e.actor_name for e in events.values()} == {"test machine"}
    assert len(events) == 2
    assert "Okafor" not in events["exchange.take_in"].data_json


def test_without_a_token_nothing_is_kept(db: None) -> None:
    for headers in ({}, {"Authorization": "Bearer tlm_wrong"}, {"Authorization": "Basic eDp5"}):
        response = Client(headers=headers).post(SCRIPT, data=newrx(), content_type="application/xml")
        assert response.status_code == 401
    assert not Message.objects.exists()
    assert not Prescription.objects.exists()


def test_the_same_message_twice_has_one_effect_and_the_same_answer(send: Send) -> None:
    first, second = send(newrx()), send(newrx())
    assert first.content == second.content
    assert (Message.objects.count(), Prescription.objects.count()) == (1, 1)


def test_a_refused_message_twice_waits_once_with_the_same_answer(send: Send) -> None:
    first, second = send(b"<broken"), send(b"<broken")
    assert first.content == second.content
    assert Message.objects.count() == 1


def test_another_message_is_another_prescription(send: Send) -> None:
    answers = {send(newrx(MessageID=name)).content for name in ("a", "b")}
    assert len(answers) == 2
    assert Prescription.objects.count() == 2
    send(newrx(From="somebody else", MessageID="a"))
    assert Prescription.objects.count() == 3


def test_other_content_under_a_known_id_is_parked_and_overwrites_nothing(send: Send) -> None:
    first = send(newrx())
    other = newrx({"MedicationPrescribed/Quantity/Value": "90"})
    answers = [send(other), send(other)]
    assert [said(a) for a in answers] == [("Error", "900")] * 2
    assert answers[0].content == answers[1].content
    kept, parked = Message.objects.order_by("pk")
    assert (kept.status, bytes(kept.content), bytes(kept.answer)) == ("accepted", newrx(), first.content)
    assert (parked.status, parked.reason, parked.conflicts_with) == ("parked", "same-id-other-content", kept)
    assert bytes(parked.content) == other
    assert Prescription.objects.get().quantity == 30
    assert send(newrx()).content == first.content


def test_who_loses_the_race_gets_the_answer_of_who_won(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else keeps the same message between the look and the insertion."""
    first = send(newrx())
    look, looks = queries.twin_of, []

    def blind_at_first(row: Message) -> Message | None:
        looks.append(row)
        return None if len(looks) == 1 else look(row)

    monkeypatch.setattr(queries, "twin_of", blind_at_first)
    assert send(newrx()).content == first.content
    assert len(looks) == 2
    assert (Message.objects.count(), Prescription.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "data, code, reason",
    [
        (b"", "900", "not-xml"),
        (b"\xff\xfe\x00", "900", "not-xml"),
        (b'{"resourceType": "Bundle"}', "900", "not-xml"),
        (newrx()[:-9], "900", "not-xml"),
        (b"<!DOCTYPE x><Message/>", "900", "doctype"),
        (message({"CancelRx": {}}), "601", "cancel-request"),
        (message({"NewRx": {}}), "900", "no-medicine"),
    ],
)
def test_what_cannot_be_read_is_kept_parked_and_answered_in_script(
    send: Send, data: bytes, code: str, reason: str
) -> None:
    response = send(data)
    assert (response.status_code, said(response)) == (200, ("Error", code))
    kept = Message.objects.get()
    assert (kept.status, kept.reason, bytes(kept.content)) == ("parked", reason, data)
    assert bytes(kept.answer) == response.content
    assert not Prescription.objects.exists()


def test_a_broken_copy_does_not_take_the_place_of_the_whole_message(send: Send) -> None:
    assert said(send(newrx()[:500])) == ("Error", "900")
    assert said(send(newrx())) == ("Status", "010")


def test_a_message_without_an_id_is_known_by_its_content(send: Send) -> None:
    data = newrx(MessageID=None, From=None)
    assert send(data).content == send(data).content
    kept = Message.objects.get()
    assert (kept.sender, kept.message_id) == ("test machine", f"sha256:{kept.sha256}")
    assert Prescription.objects.count() == 1


def test_an_id_longer_than_any_should_be_still_tells_messages_apart(send: Send) -> None:
    for last in "ab":
        assert said(send(newrx(MessageID="x" * 5000 + last))) == ("Status", "010")
    assert Message.objects.count() == 2


def test_what_is_too_large_is_refused_and_not_kept(send: Send) -> None:
    response = send(b"<Message>" + b"x" * 50_000_000 + b"</Message>")
    assert (response.status_code, said(response)) == (413, ("Error", "900"))
    assert not Message.objects.exists()


def test_a_reader_that_breaks_parks_the_message(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(content: bytes) -> None:
        raise RuntimeError("Okafor")

    monkeypatch.setitem(formats.FORMATS, "script", replace(formats.FORMATS["script"], read=broken))
    response = send(newrx())
    assert said(response) == ("Error", "602")
    assert Message.objects.get().reason == "reader-failed"


def test_what_does_not_fit_the_tables_parks_the_message_and_leaves_nothing_half(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = actions.receive

    def failing(**options: Any) -> Prescription:
        real(**options)
        raise ArithmeticError("does not fit")

    monkeypatch.setattr(actions, "receive", failing)
    assert said(send(newrx())) == ("Error", "602")
    assert Message.objects.get().reason == "not-storable"
    assert not Prescription.objects.exists()


@pytest.mark.parametrize("path", [SCRIPT, "/fhir/r4"])
def test_when_the_database_cannot_take_it_the_sender_is_told_to_send_it_again(
    send: Send, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def locked(**options: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(api, "take_in", locked)
        response = send(newrx(), path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert b"600" in response.content or b"transient" in response.content
    assert not Message.objects.exists()


def test_log_lines_hold_no_content(send: Send, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="tallman")
    send(newrx()[:-9])
    send(newrx({"MedicationPrescribed": None}))
    assert len(caplog.records) == 2
    assert not [r for r in caplog.records if "Okafor" in r.getMessage() or "5185550100" in r.getMessage()]


def test_a_body_sent_in_chunks_has_no_length_and_is_read_all_the_same(token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Transfer-Encoding": "chunked"}
    request = {"wsgi.input": BytesIO(newrx()), "CONTENT_LENGTH": ""}
    response = Client(headers=headers).generic("POST", SCRIPT, content_type="application/xml", **request)
    assert said(response) == ("Status", "010")


def test_only_posting_is_possible(token: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {token}"})
    assert client.get(SCRIPT).status_code == 405


@pytest.mark.parametrize("fault", [KeyError("Okafor"), RuntimeError("Okafor"), RecursionError("Okafor")])
def test_a_fault_of_ours_parks_the_message_and_can_be_repaired(
    send: Any, person: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def broken(**_: Any) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(actions, "receive", broken)
        answer = send(newrx())
    kept = Message.objects.get()
    assert (answer.status_code, kept.status, kept.reason) == (200, "parked", "not-storable")
    assert b"<Error>" in answer.content
    assert "Okafor" not in "".join(r.getMessage() for r in caplog.records)
    assert Prescription.objects.count() == 0
    assert actions.read_again(message=kept, by=person("pharmacist")).status == "accepted"
    assert Prescription.objects.count() == 1
