"""A decision is about one person at one time; what was edited away waits for a pharmacist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient, correct_fact, record_fact
from tallman.server.patients.models import Allergy, Condition, OutsideMedicine
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Finding, Prescription
from tallman.server.web import clock

from .conftest import NOON

Make = Callable[..., Any]


def interruptive(row: Prescription) -> list[Finding]:
    row.refresh_from_db()
    return list(Finding.objects.filter(screening=row.screening_id, is_interruptive=True))


def test_a_decision_about_one_person_is_none_about_another(
    entered: Make, entry: Make, person: Make, patient: Any
) -> None:
    hives = {"substance": "ibuprofen", "reaction": "hives"}
    record_fact(patient=patient, fact=Allergy(**hives), by=SYSTEM)
    row = entered()
    for finding in interruptive(row):
        said = {"outcome": "override-already-tolerated", "reason": "She has taken it since"}
        actions.decide(finding=finding, version=row.version, by=person("pharmacist"), **said)
        row.refresh_from_db()
    who = {"family_name": "Okonjo", "given_names": "Mary", "birth_date": date(1960, 2, 9), "sex": "female"}
    sister = add_patient(person=who, by=SYSTEM)
    record_fact(patient=sister, fact=Allergy(**hives), by=SYSTEM)
    said = {"entry": entry(patient=sister), "reason": "Wrong patient", "by": person("technician")}
    row = actions.correct(prescription=row, version=row.version, **said)
    assert [f.decision for f in interruptive(row) if f.category == "allergy"] == [None]


@pytest.fixture
def edited_away(entered: Make, person: Make, patient: Any) -> Prescription:
    """An interaction that is no longer found because a technician says that she does not take warfarin."""
    row = entered()
    warfarin = OutsideMedicine.objects.get(patient=patient)
    correct_fact(fact=warfarin, changes={"in_error": True}, by=person("technician"))
    assert [f.no_longer_found for f in interruptive(row)] == [True]
    return row


def test_it_waits_though_a_pharmacist_records_something_else(
    edited_away: Prescription, person: Make, patient: Any
) -> None:
    record_fact(patient=patient, fact=Condition(text="Gout"), by=person("pharmacist"))
    assert [(f.no_longer_found, f.decision) for f in interruptive(edited_away)] == [(True, None)]


def test_it_waits_though_the_review_screens_again_on_the_next_day(edited_away: Prescription, client_as: Make) -> None:
    with clock.fixed(NOON + timedelta(days=1)):
        client = client_as("pharmacist")
        client.post(f"/rx/{edited_away.rx_number}/approve", {"version": edited_away.version})
    edited_away.refresh_from_db()
    assert edited_away.stage == "entered"


def test_it_is_gone_when_a_pharmacist_enters_it_anew(edited_away: Prescription, entry: Make, person: Make) -> None:
    said = {"entry": entry(), "reason": "Asked her: it was stopped in March"}
    row = actions.correct(prescription=edited_away, version=edited_away.version, by=person("pharmacist"), **said)
    assert interruptive(row) == []


def test_whom_it_is_entered_for_is_locked_before_it_is_screened(received: Make, entry: Make, person: Make) -> None:
    """Else two people who enter two prescriptions for her at the same moment each screen without the other's."""
    row, technician = received(), person("technician")
    with CaptureQueriesContext(connection) as asked:
        actions.enter(prescription=row, version=row.version, entry=entry(), by=technician)
    sql = [q["sql"] for q in asked]
    lock = next(n for n, text in enumerate(sql) if text.startswith('SELECT "patients_patient"'))
    first_look = next(n for n, text in enumerate(sql) if 'FROM "prescriptions_prescription"' in text and "rx" in text)
    assert lock < first_look
    assert connection.vendor == "sqlite" or "FOR UPDATE" in sql[lock]
