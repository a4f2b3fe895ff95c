"""CDS Hooks 2.0, sentence by sentence: what an answer may look like, and what a call may leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tallman.interchange.cds_hooks import cards
from tallman.server.exchange.models import Card
from tests.integration.exchange.test_cds_hooks import (
    CETIRIZINE,
    IBUPROFEN,
    PATIENT,
    SELECT,
    SIGN,
    VIEW,
    WARFARIN,
    bundle,
    call,
    no_known_allergies,
    order,
    prefetch,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Ask = Callable[..., Any]
OF_CARD = {"uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons"}
AUTHORIZATION = {
    "fhirServer": "https://ehr.example.org/fhir",
    "fhirAuthorization": {"access_token": "secret-access", "token_type": "Bearer", "expires_in": 300, "scope": "x"},
    "extension": {"org.example.more": {"a": 1}},
}


@pytest.fixture
def ask(token: str) -> Ask:
    def post(service: str, body: Any, path: str = "") -> Any:
        client = Client(headers={"Authorization": f"Bearer {token}"})
        return client.post(f"/cds-services/{service}{path}", json.dumps(body), content_type="application/json")

    return post


def faults(answer: dict[str, Any]) -> Iterator[str]:
    """Where an answer is not as the chapter CDS Service Response has it."""
    if answer.keys() != {"cards"}:
        yield "an answer is its cards, and nothing is done by itself"
    for card in answer["cards"]:
        yield from _faults_of_card(card)
    yield from (f"{place} is empty" for place in _empty({"cards": answer["cards"] or [1]}))


def _faults_of_card(card: dict[str, Any]) -> Iterator[str]:
    UUID(card["uuid"])
    if not card.keys() <= OF_CARD or not {"summary", "indicator", "source"} <= card.keys():
        yield f"fields {sorted(card)}"
    if not 0 < len(card["summary"]) < 140 or "\n" in card["summary"]:
        yield f"summary of {len(card['summary'])}"
    if card["indicator"] not in ("info", "warning", "critical"):
        yield card["indicator"]
    if not card["source"]["label"] or not {"code", "system"} <= card["source"]["topic"].keys():
        yield "source"
    if ("suggestions" in card) is not (card.get("selectionBehavior") in ("at-most-one", "any")):
        yield "suggestions and selectionBehavior go together"
    yield from ("reason" for r in card.get("overrideReasons", []) if r.keys() != {"code", "system", "display"})
    for suggestion in card.get("suggestions", []):
        UUID(suggestion["uuid"])
        yield from _faults_of_actions(suggestion["actions"])


def _faults_of_actions(actions: list[dict[str, Any]]) -> Iterator[str]:
    for action in actions:
        needed = {"delete": "resourceId", "create": "resource", "update": "resource"}[action["type"]]
        if action.keys() != {"type", "description", needed}:
            yield f"action {action.keys()}"
        if needed == "resourceId" and "/" not in action["resourceId"]:
            yield "a relative reference has a type"


def _empty(value: Any, path: str = "") -> Iterator[str]:
    """JSON elements shall be neither null nor empty."""
    if value in (None, "", [], {}):
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inner:
        yield from _empty(held, f"{path}.{key}")


CALLS = {
    "an interaction": (SIGN, call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN))),
    "nothing": (SIGN, call("order-sign", CETIRIZINE)),
    "a name mistaken": (SIGN, call("order-sign", order("1", "hydroxyzine 25 mg tablet", "1 tablet 3 times daily"))),
    "a weekly one daily": (SIGN, call("order-sign", order("1", "methotrexate 2.5 mg tablet", "4 tablets daily"))),
    "no end": (SIGN, call("order-sign", order("1", "oxycodone 5 mg tablet", "1 tablet every 2 hours as needed"))),
    "not recognised": (SIGN, call("order-sign", order("1", "zzyzx 1 mg", "daily"))),
    "without directions": (SELECT, call("order-select", order("1", "warfarin", ""), selections=["1"])),
    "what is taken": (VIEW, call("patient-view", sent=prefetch(WARFARIN, IBUPROFEN | {"status": "active"}))),
    "little sent": (SIGN, call("order-sign", IBUPROFEN, sent={"patient": PATIENT})),
}


@pytest.mark.parametrize("service, body", CALLS.values(), ids=CALLS)
def test_every_answer_is_as_the_specification_has_it(ask: Ask, service: str, body: dict[str, Any]) -> None:
    answer = ask(service, body)
    assert answer.status_code == 200
    assert list(faults(answer.json())) == []


def test_what_does_not_conform_is_seen() -> None:
    """Otherwise the test above would hold for anything."""
    good: dict[str, Any] = {
        "uuid": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "summary": "x",
        "indicator": "info",
        "source": {"label": "x", "topic": {"code": "x", "system": "x"}},
    }
    assert list(faults({"cards": [good]})) == []
    for bad in ({"summary": "x" * 140}, {"indicator": "hard-stop"}, {"detail": ""}, {"selectionBehavior": "any"}):
        assert list(faults({"cards": [good | bad]}))
    assert list(faults({"cards": [], "systemActions": []}))


@pytest.mark.parametrize("length", [138, 139, 140, 141, 300])
def test_a_summary_is_shorter_than_140_characters(length: int) -> None:
    text = ("word " * 100)[: length - 1] + "x"
    short = cards._short(text)
    assert len(short) < 140
    assert (short == text) is (length < 140)


def test_what_the_services_are_called_by_is_told_as_the_chapter_discovery_has_it() -> None:
    [*told] = Client().get("/cds-services").json()["services"]
    for service in told:
        assert service.keys() == {"hook", "id", "title", "description", "prefetch", "usageRequirements"}
        assert list(_empty(service)) == []
        for template in service["prefetch"].values():
            assert "{{context.patientId}}" in template
            assert template.partition("?")[0].partition("/")[0].isalpha()


def test_access_that_is_offered_is_neither_used_nor_kept(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    body = call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN))
    assert ask(SIGN, body | AUTHORIZATION).json() == ask(SIGN, body).json()
    assert ask(SIGN, body | {"fhirAuthorization": "nonsense"}).status_code == 200
    assert "secret-access" not in caplog.text


@pytest.mark.parametrize("key", ["medications", "allergies", "conditions", "measurements", "statements"])
def test_null_says_that_there_is_nothing(ask: Ask, key: str) -> None:
    nothing = prefetch() | {key: bundle()}
    null = nothing | {key: None}
    body = {"hook": "order-sign", "hookInstance": "1", "context": call("order-sign", CETIRIZINE)["context"]}
    with_nothing, with_null = (ask(SIGN, body | {"prefetch": sent}) for sent in (nothing, null))
    assert (with_null.status_code, with_null.json()) == (200, with_nothing.json())


FAULT = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
HINT = {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]}


@pytest.mark.parametrize(
    "answer, told",
    [
        (bundle(FAULT), "the answer tells of a fault"),
        (bundle(HINT), ""),
        (bundle(WARFARIN, total=3), "more were found than were sent"),
        (bundle(WARFARIN, total=1), ""),
        (bundle(WARFARIN, link=[{"relation": "self", "url": "x"}]), ""),
    ],
    ids=["a fault among the answers", "a hint", "a total that is greater", "the total", "only itself"],
)
def test_an_answer_that_is_not_whole_is_told(ask: Ask, answer: dict[str, Any], told: str) -> None:
    found = ask(SIGN, call("order-sign", CETIRIZINE, sent=prefetch() | {"medications": answer})).json()["cards"]
    assert [told in c["detail"] for c in found if c["source"]["topic"]["code"] == "NOT-CHECKED"] == [True] * bool(told)


@pytest.mark.parametrize(
    "service, body, status",
    [
        (VIEW, call("patient-view", sent={"patient": PATIENT}), 412),
        (VIEW, call("patient-view", sent={"patient": PATIENT, "medications": FAULT}), 412),
        (VIEW, call("patient-view", sent={"patient": PATIENT, "medications": None}), 200),
        (VIEW, call("patient-view", sent={"patient": None, "medications": bundle()}), 412),
        (SIGN, call("order-sign", CETIRIZINE) | {"hookInstance": ""}, 400),
        (SIGN, call("order-sign", CETIRIZINE) | {"hookInstance": None}, 400),
        (SIGN, call("order-sign", CETIRIZINE, draftOrders=None), 200),
        (SIGN, call("order-sign", CETIRIZINE, sent=prefetch(patient=PATIENT | {"id": "q"})), 400),
        (SIGN, call("order-sign", CETIRIZINE, patientId=""), 400),
        (SIGN, call("order-sign", CETIRIZINE, encounterId=None, userId=None), 200),
    ],
    ids=[
        "of a record, no medicines",
        "of a record, a fault instead",
        "of a record, null",
        "no patient",
        "no instance",
        "null for the instance",
        "drafts",
        "somebody else",
        "no id of the patient",
        "nulls where nothing is asked",
    ],
)
def test_what_a_call_must_have(ask: Ask, service: str, body: dict[str, Any], status: int) -> None:
    answer = ask(service, body)
    assert answer.status_code == status
    assert status == 200 or answer.json()["error"]


def test_null_for_the_drafts_is_nothing_to_check(ask: Ask) -> None:
    body = call("order-sign", CETIRIZINE)
    body["context"]["draftOrders"] = None
    assert ask(SIGN, body).status_code == 400


def test_selections_count_where_the_hook_has_them(ask: Ask) -> None:
    drafts, chosen = (IBUPROFEN, CETIRIZINE), ["MedicationRequest/c"]
    sent = prefetch(WARFARIN)
    assert ask(SELECT, call("order-select", *drafts, sent=sent, selections=chosen)).json() == {"cards": []}
    assert ask(SIGN, call("order-sign", *drafts, sent=sent, selections=chosen)).json()["cards"]


MODIFIED = CETIRIZINE | {"modifierExtension": [{"url": "http://example.org/not-really", "valueBoolean": True}]}
ELSEWHERE = WARFARIN | {"subject": {"reference": "Patient/q"}}


@pytest.mark.parametrize(
    "drafts, sent, told",
    [
        ([MODIFIED], prefetch(), "MedicationRequest c: this carries a modifier extension"),
        ([CETIRIZINE | {"dosageInstruction": "daily"}], prefetch(), "MedicationRequest c dosageInstruction"),
        ([CETIRIZINE], prefetch(ELSEWHERE), "MedicationRequest w: it is not clear whose this is"),
    ],
    ids=["a modifier", "another shape", "of somebody else"],
)
def test_what_was_not_understood_is_told(
    ask: Ask, drafts: list[dict[str, Any]], sent: dict[str, Any], told: str
) -> None:
    cards = ask(SIGN, call("order-sign", *drafts, sent=sent)).json()["cards"]
    assert told in cards[-1]["detail"]
    assert list(faults({"cards": cards})) == []
    other = call("order-select", *drafts, IBUPROFEN, sent=sent, selections=["i"])
    shown = [c["detail"] for c in ask(SELECT, other).json()["cards"]]
    assert any(told in detail for detail in shown) is (drafts == [CETIRIZINE])


@pytest.fixture
def card(ask: Ask) -> dict[str, Any]:
    answer = ask(SIGN, call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN))).json()
    return next(c for c in answer["cards"] if "suggestions" in c)


def test_a_suggestion_that_was_taken_is_kept_by_its_id(ask: Ask, card: dict[str, Any]) -> None:
    taken = card["suggestions"][0]["uuid"]
    told = {"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": "2021-12-11T10:05:31Z"}
    assert ask(SIGN, {"feedback": [told]}, "/feedback").status_code == 400
    assert ask(SIGN, {"feedback": [told | {"acceptedSuggestions": [{"id": taken}]}]}, "/feedback").status_code == 200
    row = Card.objects.get(uuid=card["uuid"])
    assert (row.outcome, row.suggestions) == ("accepted", [taken])


def test_of_several_outcomes_the_last_holds_in_any_order(ask: Ask, card: dict[str, Any]) -> None:
    for hour, comment in (("11", "late"), ("10", "early")):
        told = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": f"2021-12-11T{hour}:00:00"}
        ask(SIGN, {"feedback": [told | {"overrideReason": {"userComment": comment}}]}, "/feedback")
    row = Card.objects.get(uuid=card["uuid"])
    assert (row.comment, row.reason, row.settled_at.isoformat()) == ("late", "", "2021-12-11T11:00:00+00:00")


@pytest.mark.parametrize("outcome", ["ignored", "", None])
def test_an_outcome_that_there_is_not_is_refused(ask: Ask, card: dict[str, Any], outcome: str | None) -> None:
    told = {"card": card["uuid"], "outcome": outcome, "outcomeTimestamp": "2021-12-11T10:05:31Z"}
    assert ask(SIGN, {"feedback": [told]}, "/feedback").status_code == 400


def test_what_happened_to_a_card_of_one_service_is_not_told_to_another(ask: Ask, card: dict[str, Any]) -> None:
    told = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2021-12-11T10:05:31Z"}
    ask(SELECT, {"feedback": [told]}, "/feedback")
    assert Card.objects.get(uuid=card["uuid"]).outcome == ""


def _examples(folder: Path, kind: str) -> list[dict[str, Any]]:
    told = json.loads((folder / "cds_hooks" / "spec_json_examples.json").read_text())
    found = [example["json"] for example in told if example["kind"] == kind]
    assert found
    return found


def test_the_calls_in_the_specification_are_answered(ask: Ask, shared_data: Path) -> None:
    """Most ask without medicines, and are told what to send (412). With it they are answered. The examples of an
    extension alone have no patient in their context, and one of an earlier version calls its drafts otherwise."""
    for request in _examples(shared_data, "request"):
        service, patient = f"tallman-{request['hook']}", request["context"].get("patientId")
        is_whole = patient and (service == VIEW or "draftOrders" in request["context"])
        person = {"resourceType": "Patient", "id": patient, "birthDate": "1985-03-01", "gender": "male"}
        sent = {"patient": person, "allergies": bundle(no_known_allergies()), "medications": None}
        named = {k: v for k, v in request.get("prefetch", {}).items() if k in ("medications", "conditions")}
        answer = ask(service, request | {"prefetch": sent | named})
        assert answer.status_code == (200 if is_whole else 400)
        assert not is_whole or list(faults(answer.json())) == []
        assert ask(service, request | {"prefetch": {}}).status_code == (412 if is_whole else 400)
        assert ask(service, request).status_code in (200, 400, 412)


def test_the_feedback_in_the_specification_is_taken(ask: Ask, shared_data: Path) -> None:
    for report in _examples(shared_data, "feedback"):
        assert ask(SIGN, report, "/feedback").status_code == 200
