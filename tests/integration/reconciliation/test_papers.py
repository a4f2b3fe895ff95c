"""What leaves the house: only what a pharmacist signed, each paper an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tallman.core.reconciliation.discharge import Change
from tallman.core.reconciliation.line import SourceKind
from tallman.server.audit.models import Event
from tallman.server.patients.models import Patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.actions.deciding import Terms
from tallman.server.reconciliation.models import Encounter, Stage
from tallman.server.reconciliation.pages import find
from tallman.server.reconciliation.papers import papers_of
from tests.integration.reconciliation.test_stay import complete, now, rows

Told = Callable[..., Any]
PAPERS = ("patient-list.pdf", "letter.pdf", "document.json")


@pytest.fixture
def going_home(stay: Encounter, told: Told, person: Callable[[str], Any]) -> Encounter:
    """Complete; apixaban is to go in the place of warfarin, which nobody has decided yet."""
    told(["furosemide 40 mg tablet | 1 tab every morning"])
    complete(stay, person("technician"))
    told(["furosemide 40 mg tablet | 1 tab every morning"], SourceKind.HOSPITAL)
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=person("technician"))
    told(["furosemide 40 mg tablet | 1 tab every morning"], SourceKind.DISCHARGE)
    return stay


@pytest.fixture
def signed(going_home: Encounter, person: Callable[[str], Any]) -> Encounter:
    """Decided with a coded reason, and signed."""
    key = rows(going_home, Stage.DISCHARGE)["warfarin 5 mg oral tablet"].key
    terms = Terms(
        "substitute", "intended", "apixaban 5 mg tablet", "take 1 tablet by mouth twice daily",
        reason_code="interaction", reason="INR 7.1", agreed_with="Dr Lee",
    )  # fmt: skip
    by = person("pharmacist")
    actions.decide(encounter=going_home, stage=Stage.DISCHARGE, key=key, terms=terms, by=by)
    actions.sign_off(encounter=going_home, stage=Stage.DISCHARGE, version=now(going_home).version, by=by)
    return going_home


def _get(client: Client, stay: Encounter, paper: str, asked: str = "") -> Any:
    return client.get(f"/stays/{stay.pk}/{paper}{asked}")


def _handed_out() -> list[dict[str, Any]]:
    return [json.loads(e.data_json) for e in Event.objects.filter(action="reconciliation.hand_out")]


def test_a_signed_discharge_leaves_in_three_papers_and_each_is_an_event(
    signed: Encounter, client_as: Callable[[str], Client]
) -> None:
    client = client_as("technician")
    listed, letter, document = (_get(client, signed, paper) for paper in PAPERS)
    assert [listed["Content-Type"], letter["Content-Type"]] == ["application/pdf"] * 2
    assert listed.content.startswith(b"%PDF")
    assert letter.content.startswith(b"%PDF")
    assert json.loads(document.content)["type"] == "document"
    assert [e["paper"] for e in _handed_out()] == ["patient-list", "letter", "document"]
    assert _handed_out()[0]["draft"] is False
    assert _handed_out()[2]["id"] == json.loads(document.content)["id"]


def test_the_papers_tell_what_was_decided_why_and_by_whom(signed: Encounter, patient: Patient) -> None:
    discharge = papers_of(find(signed.pk)).discharge
    told = {r.change: r for r in discharge.rows}
    assert set(told) == {Change.NEW, Change.STOPPED, Change.SAME}
    assert told[Change.STOPPED].because == "interaction with another medicine; INR 7.1"
    assert told[Change.STOPPED].said("es").startswith("Deje de tomar warfarin")
    assert discharge.patient == "Emil Brandt"
    assert discharge.allergies == ()
    assert any("pharmacist" in who for who in discharge.decided_by)
    assert discharge.agreed_with == ("Dr Lee",)


def test_before_the_signature_there_is_a_draft_of_the_list_and_nothing_else(
    going_home: Encounter, client_as: Callable[[str], Client]
) -> None:
    client = client_as("pharmacist")
    assert _get(client, going_home, "patient-list.pdf").status_code == 200
    assert _handed_out() == [{"paper": "patient-list", "language": "en", "large": False, "draft": True}]
    for paper in ("letter.pdf", "document.json"):
        answer = _get(client, going_home, paper)
        assert answer.status_code == 422
        assert "waits for a pharmacist" in answer.content.decode()
    assert len(_handed_out()) == 1


def test_what_changes_after_the_signature_makes_it_a_draft_again(signed: Encounter, told: Told) -> None:
    assert papers_of(find(signed.pk)).unsettled == ""
    told(["furosemide 40 mg tablet | 1 tab twice daily | Increased for edema"], SourceKind.DISCHARGE)
    assert papers_of(find(signed.pk)).unsettled


@pytest.mark.parametrize("asked", ["?language=es", "?large=1", "?language=es&large=1", "?language=zz&large=huge"])
def test_the_list_in_spanish_and_large(signed: Encounter, client_as: Callable[[str], Client], asked: str) -> None:
    assert _get(client_as("technician"), signed, "patient-list.pdf", asked).content.startswith(b"%PDF")
    assert _handed_out()[0]["language"] == ("es" if "es" in asked else "en")


def test_a_name_the_font_lacks_is_said_and_nothing_is_handed_out(
    signed: Encounter, patient: Patient, client_as: Callable[[str], Client]
) -> None:
    Patient.objects.filter(pk=patient.pk).update(given_names="曉明")
    for paper in ("patient-list.pdf", "letter.pdf"):
        answer = _get(client_as("technician"), signed, paper)
        assert answer.status_code == 422
        assert "曉" in answer.content.decode()
    assert _handed_out() == []


def test_the_page_of_the_discharge_leads_to_them(signed: Encounter, client_as: Callable[[str], Client]) -> None:
    page = client_as("technician").get(f"/stays/{signed.pk}/discharge/").content.decode()
    assert all(f"/stays/{signed.pk}/{paper}" in page for paper in PAPERS)
    assert "draft" not in page


@pytest.mark.parametrize("spoken, language", [("Spanish", "es"), ("es-MX", "es"), ("", "en"), ("Vietnamese", "en")])
def test_without_a_word_the_list_is_in_the_language_of_the_patient(
    signed: Encounter, patient: Patient, client_as: Callable[[str], Client], spoken: str, language: str
) -> None:
    Patient.objects.filter(pk=patient.pk).update(language=spoken)
    assert _get(client_as("technician"), signed, "patient-list.pdf").status_code == 200
    assert _handed_out()[0]["language"] == language
