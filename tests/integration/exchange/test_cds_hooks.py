"""Another system asks while somebody prescribes, and is answered with cards."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tallman.server.audit.models import Event
from tallman.server.exchange.models import Card

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Ask = Callable[..., Any]
SELECT, SIGN, VIEW = "tallman-order-select", "tallman-order-sign", "tallman-patient-view"
PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1985-03-01", "gender": "male"}


def order(id: str, text: str, sig: str, status: str = "draft") -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "id": id,
        "status": status,
        "intent": "order",
        "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": text},
        "dosageInstruction": [{"text": sig}],
    }


def bundle(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": r} for r in resources], **more}


def no_known_allergies() -> dict[str, Any]:
    return {
        "resourceType": "AllergyIntolerance",
        "id": "a",
        "patient": {"reference": "Patient/p"},
        "code": {"text": "NKDA"},
        "clinicalStatus": {"coding": [{"code": "active"}]},
    }


def prefetch(*taken: dict[str, Any], **other: Any) -> dict[str, Any]:
    sent = {
        "patient": PATIENT,
        "allergies": bundle(no_known_allergies()),
        "conditions": bundle(),
        "medications": bundle(*taken),
        "measurements": bundle(),
    }
    return {key: value for key, value in (sent | other).items() if value is not None}


def call(hook: str, *drafts: dict[str, Any], sent: dict[str, Any] | None = None, **context: Any) -> dict[str, Any]:
    within = {"userId": "Practitioner/x", "patientId": "p", **context}
    if hook != "patient-view":
        within["draftOrders"] = bundle(*drafts, type="collection")
    return {
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": within,
        "prefetch": sent if sent is not None else prefetch(),
    }


@pytest.fixture
def ask(token: str) -> Ask:
    def post(service: str, body: Any, path: str = "", key: str = token) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        client = Client(headers={"Authorization": f"Bearer {key}"})
        return client.post(f"/cds-services/{service}{path}", data=data, content_type="application/json")

    return post


WARFARIN = order("w", "warfarin 5 mg tablet", "1 tablet by mouth daily", "active")
IBUPROFEN = order("i", "ibuprofen 800 mg tablet", "1 tablet by mouth three times daily with food")
CETIRIZINE = order("c", "cetirizine 10 mg tablet", "1 tablet by mouth daily")


def test_the_services_are_told_to_everybody() -> None:
    answer = Client().get("/cds-services")
    assert answer["Access-Control-Allow-Origin"] == "*"
    found = answer.json()["services"]
    assert {s["hook"] for s in found} == {"order-select", "order-sign", "patient-view"}
    for service in found:
        assert {"hook", "id", "title", "description", "prefetch"} <= service.keys()
        assert "{{context.patientId}}" in service["prefetch"]["medications"]
        assert "http://loinc.org|2160-0" in service["prefetch"]["measurements"]


def test_a_draft_that_does_harm_is_answered_with_a_card(ask: Ask) -> None:
    answer = ask(SIGN, call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN)))
    assert answer.status_code == 200
    card = next(c for c in answer.json()["cards"] if c["source"]["topic"]["display"] == "interaction")
    assert card["indicator"] in ("warning", "critical")
    assert "warfarin" in card["summary"].lower()
    assert len(card["summary"]) <= 140
    assert "What to do" in card["detail"]
    assert {"code", "system", "display"} <= card["overrideReasons"][0].keys()
    kinds = {s["label"]: s["actions"][0] for s in card["suggestions"]}
    cancel, stop = (kinds[label] for label in sorted(kinds))
    assert (cancel["type"], cancel["resourceId"]) == ("delete", "MedicationRequest/i")
    assert stop["type"] == "update"
    assert stop["resource"] == WARFARIN | {"status": "stopped"}
    assert card["selectionBehavior"] == "at-most-one"


def suggestions(ask: Ask, text: str, sig: str, **more: Any) -> dict[str, list[dict[str, Any]]]:
    """The actions of every suggestion made for one draft, by their labels."""
    answer = ask(SIGN, call("order-sign", order("1", text, sig) | more)).json()
    return {s["label"]: s["actions"] for card in answer["cards"] for s in card.get("suggestions", [])}


def test_a_name_that_was_mistaken_is_offered_the_other_without_a_dose(ask: Ask) -> None:
    reason = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"}]}
    offered = suggestions(ask, "hydroxyzine 25 mg tablet", "take 1 tablet 3 times daily", reasonCode=[reason])
    gone, new = offered["Order hydrALAZINE instead; dose and directions are to be chosen"]
    assert (gone["type"], gone["resourceId"]) == ("delete", "MedicationRequest/1")
    assert new["type"] == "create"
    assert new["resource"]["reasonCode"] == [reason]
    assert new["resource"]["medicationCodeableConcept"]["text"] == "hydrALAZINE"
    assert not {"id", "dosageInstruction", "dispenseRequest"} & new["resource"].keys()


def test_a_weekly_medicine_is_offered_once_a_week_in_the_dose_as_written(ask: Ask) -> None:
    offered = suggestions(ask, "methotrexate 2.5 mg tablet", "take 4 tablets by mouth daily")
    [changed] = next(actions for label, actions in offered.items() if label.endswith("the same dose once a week"))
    [dosage] = changed["resource"]["dosageInstruction"]
    assert dosage["timing"] == {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}
    assert [word in dosage["text"] for word in ("4 tablets", "week", "dai", "day")] == [True, True, False, False]


def test_a_dose_that_no_week_allows_is_only_called_off(ask: Ask) -> None:
    offered = suggestions(ask, "methotrexate 2.5 mg tablet", "take 20 tablets by mouth daily")
    assert {label.split()[0] for label in offered} == {"Cancel"}


def test_as_needed_without_end_is_offered_the_most_in_a_day(ask: Ask) -> None:
    sig = "take 1 to 2 tablets every 2 hours as needed for pain"
    offered = suggestions(ask, "hydrocodone-acetaminophen 10-325 mg tablet", sig)
    label = next(label for label in offered if label.endswith("add at most 4,000 mg in 24 hours"))
    [dosage] = offered[label][0]["resource"]["dosageInstruction"]
    assert dosage["maxDosePerPeriod"]["numerator"]["value"] == 4000
    assert dosage["text"] == f"{sig}, at most 4,000 mg in 24 hours"


def test_a_draft_that_is_all_right_is_answered_with_no_card(ask: Ask) -> None:
    assert ask(SIGN, call("order-sign", CETIRIZINE)).json() == {"cards": []}


def test_only_what_was_selected_is_spoken_of(ask: Ask) -> None:
    drafts = (IBUPROFEN, CETIRIZINE)
    sent = prefetch(WARFARIN)
    about = {
        chosen: ask(SELECT, call("order-select", *drafts, sent=sent, selections=[f"MedicationRequest/{chosen}"])).json()
        for chosen in ("i", "c")
    }
    assert about["c"] == {"cards": []}
    assert about["i"]["cards"]


def test_a_draft_counts_as_one_whatever_its_status_unless_it_is_called_off(ask: Ask) -> None:
    active = IBUPROFEN | {"status": "active"}
    assert ask(SIGN, call("order-sign", active, sent=prefetch(WARFARIN))).json()["cards"]
    off = WARFARIN | {"status": "stopped"}
    cards = ask(SIGN, call("order-sign", IBUPROFEN, off, sent=prefetch(WARFARIN))).json()["cards"]
    assert not [c for c in cards if "warfarin" in c["summary"].lower()]


@pytest.mark.parametrize(
    "sent, told",
    [
        (prefetch(medications=None), "the medicines the patient takes (not sent)"),
        (prefetch(allergies={"resourceType": "OperationOutcome", "issue": []}), "allergies on record (not sent)"),
        (prefetch(medications=bundle(link=[{"relation": "next", "url": "x"}])), "there are more pages"),
    ],
    ids=["left out", "a fault instead", "one page of several"],
)
def test_what_was_not_sent_is_never_taken_for_clear(ask: Ask, sent: dict[str, Any], told: str) -> None:
    card = ask(SIGN, call("order-sign", CETIRIZINE, sent=sent)).json()["cards"][-1]
    assert card["summary"] == "Not everything could be checked"
    assert told in card["detail"]


def test_what_is_not_recognised_is_said(ask: Ask) -> None:
    cards = ask(SIGN, call("order-sign", order("x", "zzyzx 12 mg", "1 daily"))).json()["cards"]
    assert "Not everything could be checked" in [c["summary"] for c in cards]


def test_the_medicines_that_are_taken_are_looked_at_by_themselves(ask: Ask) -> None:
    taken = prefetch(WARFARIN, IBUPROFEN | {"status": "active"})
    found = ask(VIEW, call("patient-view", sent=taken)).json()["cards"]
    assert [c for c in found if "warfarin" in c["summary"].lower() and "ibuprofen" in c["summary"].lower()]
    assert ask(VIEW, call("patient-view", sent=prefetch(CETIRIZINE | {"status": "active"}))).json() == {"cards": []}
    [unread] = ask(VIEW, call("patient-view", sent=prefetch(order("x9", "zzyzx 12 mg", "1 daily", "active")))).json()[
        "cards"
    ]
    assert "- zzyzx 12 mg, " in unread["detail"]


@pytest.mark.parametrize(
    "service, body, status",
    [
        (SIGN, b"{", 400),
        (SIGN, b"\xff\xfe", 400),
        (SIGN, {"hook": "order-sign"}, 400),
        (SIGN, call("order-select", CETIRIZINE), 400),
        (SIGN, call("order-sign", CETIRIZINE) | {"context": {"patientId": "p"}}, 400),
        (SIGN, call("order-sign", CETIRIZINE, sent=prefetch(patient=None)), 412),
        (SIGN, call("order-sign", CETIRIZINE) | {"prefetch": {"patient": [1]}}, 400),
        ("no-such-service", call("order-sign", CETIRIZINE), 404),
    ],
)
def test_a_call_that_cannot_be_used_is_refused_with_a_reason(ask: Ask, service: str, body: Any, status: int) -> None:
    answer = ask(service, body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_the_same_call_is_given_the_same_cards_and_each_is_kept_once(ask: Ask) -> None:
    body = call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN))
    first, second = (ask(SIGN, body).json() for _ in range(2))
    assert first == second
    kept = set(map(str, Card.objects.values_list("uuid", flat=True)))
    assert kept == {c["uuid"] for c in first["cards"] if c["source"]["topic"]["code"] != "NOT-CHECKED"}


def test_what_became_of_a_card_is_kept(ask: Ask) -> None:
    card = ask(SIGN, call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN))).json()["cards"][0]
    reason = card["overrideReasons"][0]
    said = {
        "card": card["uuid"],
        "outcome": "overridden",
        "overrideReason": {
            "reason": {"code": reason["code"], "system": reason["system"]},
            "userComment": "short course",
        },
        "outcomeTimestamp": "2026-03-02T10:05:31Z",
    }
    unknown = said | {"card": str(uuid4())}
    assert ask(SIGN, {"feedback": [said, unknown]}, "/feedback").status_code == 200
    row = Card.objects.get(uuid=card["uuid"])
    assert (row.outcome, row.reason, row.comment) == ("overridden", reason["code"], "short course")
    assert row.settled_at is not None


@pytest.mark.parametrize("body", [b"[]", {"feedback": [{"card": "no id", "outcome": "accepted"}]}])
def test_feedback_that_cannot_be_read_is_refused(ask: Ask, body: Any) -> None:
    assert ask(SIGN, body, "/feedback").status_code == 400


def test_what_is_noted_of_a_call_tells_of_no_patient(ask: Ask) -> None:
    ask(SIGN, call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN)))
    event = Event.objects.get(action="exchange.note_advice")
    assert event.patient_id is None
    assert event.data == {"service": SIGN, "cards": event.data["cards"]}
