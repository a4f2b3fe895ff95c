"""What is not taken at home and nobody ordered: a pharmacist says what becomes of it, and the papers tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from tallman.core.reconciliation.discharge import Change, DischargeRow
from tallman.core.reconciliation.line import SourceKind
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter, HistoryLine, Stage
from tallman.server.reconciliation.pages import find
from tallman.server.reconciliation.papers import papers_of
from tests.integration.reconciliation.test_stay import now, take_all

Told = Callable[..., Any]
As = Callable[[str], Client]
STATIN = "atorvastatin 20 mg tablet"


@pytest.fixture
def home(stay: Encounter, told: Told, person: Callable[[str], Any]) -> Encounter:
    """Going home with warfarin; of a statin he says that he stopped it in May."""
    by = person("technician")
    take_all(stay, by)
    line = HistoryLine(text=STATIN, directions="take 1 tablet daily", state="not taken", note="muscle pain, since May")
    actions.add_history(encounter=stay, line=line, rests_on=[], by=by)
    actions.complete_history(encounter=stay, version=now(stay).version, by=by)
    for kind in (SourceKind.HOSPITAL, SourceKind.DISCHARGE):
        told(["warfarin 5 mg oral tablet | Take 1 tablet by mouth once daily"], kind)
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=by)
    return stay


def row_of(stay: Encounter) -> Any:
    return next(r for r in find(stay.pk).compared(Stage.DISCHARGE).rows if r.is_off)


def told_of(stay: Encounter) -> DischargeRow:
    return next(r for r in papers_of(find(stay.pk)).discharge.rows if "atorvastatin" in r.sentence)


def decide(client: Client, stay: Encounter, **given: str) -> Any:
    return client.post(f"/stays/{stay.pk}/discharge/{row_of(stay).key}/decide", given)


def sign(stay: Encounter, by: Any) -> None:
    actions.sign_off(encounter=stay, stage=Stage.DISCHARGE, version=now(stay).version, by=by)


def test_it_waits_for_a_pharmacist_and_the_list_is_a_draft_until_then(home: Encounter, client_as: As) -> None:
    assert now(home).undecided == 1
    assert "waits for a pharmacist" in papers_of(find(home.pk)).unsettled
    page = client_as("pharmacist").get(f"/stays/{home.pk}/discharge/").content.decode()
    assert "not taken at home, and nobody ordered it" in page
    assert "Stays off: the patient asks first" in page
    assert "We were told" not in page


def test_at_admission_nobody_is_asked_about_it(home: Encounter) -> None:
    assert not any(r.is_off for r in find(home.pk).compared(Stage.ADMISSION).rows)


def test_one_key_leaves_it_off_and_every_paper_tells_so(
    home: Encounter, client_as: As, person: Callable[[str], Any]
) -> None:
    client = client_as("pharmacist")
    decide(client, home, disposition="stop")
    sign(home, person("pharmacist"))
    row = told_of(home)
    assert (row.change, row.because) == (Change.OFF_AT_HOME, "muscle pain, since May; not taken at home")
    for language, sentence in (("en", "We were told that you do not take it"), ("es", "Nos dijeron que usted no la")):
        assert sentence in _text(client.get(f"/stays/{home.pk}/patient-list.pdf?language={language}").content)
    letter = _text(client.get(f"/stays/{home.pk}/letter.pdf").content)
    assert "Not taken at home and not ordered" in letter
    assert "muscle pain" in letter
    document = json.loads(client.get(f"/stays/{home.pk}/document.json").content)
    statements = [e["resource"] for e in document["entry"] if "atorvastatin" in json.dumps(e["resource"])]
    assert [s["status"] for s in statements if s["resourceType"] == "MedicationStatement"] == ["not-taken"]


def test_it_may_begin_again_and_the_prescriber_is_to_be_asked(home: Encounter, client_as: As) -> None:
    decide(client_as("pharmacist"), home, disposition="continue")
    assert told_of(home).change is Change.NEW
    assert row_of(home).is_unagreed


def test_it_may_wait_for_a_day(home: Encounter, client_as: As) -> None:
    decide(client_as("pharmacist"), home, disposition="hold", until="2026-07-01", reason="see the cardiologist")
    row = told_of(home)
    assert (row.change, str(row.until)) == (Change.PAUSED, "2026-07-01")


def test_with_what_goes_on_it_stays_off_by_one_key(home: Encounter, client_as: As) -> None:
    client = client_as("pharmacist")
    assert "1 stays off" in client.get(f"/stays/{home.pk}/discharge/").content.decode()
    client.post(f"/stays/{home.pk}/discharge/continue", {"key": row_of(home).key})
    decision = row_of(home).decision
    assert (decision.disposition, decision.intent, decision.reason) == ("stop", "intended", "not taken at home")
    assert told_of(home).change is Change.OFF_AT_HOME


def test_a_technician_proposes_and_does_not_decide(home: Encounter, client_as: As) -> None:
    client = client_as("technician")
    assert decide(client, home, disposition="stop").status_code == 403
    client.post(f"/stays/{home.pk}/discharge/{row_of(home).key}/propose", {"disposition": "stop"})
    row = row_of(home)
    assert (row.proposal.disposition, row.is_open) == ("stop", True)


@pytest.mark.parametrize("kind", [SourceKind.HOSPITAL, SourceKind.DISCHARGE])
def test_what_somebody_orders_is_no_longer_off(home: Encounter, told: Told, kind: SourceKind) -> None:
    told(["warfarin 5 mg oral tablet | daily", f"{STATIN} | 1 tablet daily"], kind)
    assert not any(r.is_off for r in find(home.pk).compared(Stage.DISCHARGE).rows)


def _text(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
