"""What the patient takes home: the chart of the day and the reminders, with what is in use and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tallman.server.audit.actions import SYSTEM
from tallman.server.dispensing.chart_of import chart_of, in_use
from tallman.server.patients.actions import add_patient, record_fact
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta(db: None) -> Patient:
    """She takes a statin from elsewhere, a pain reliever as needed, and has stopped an antibiotic."""
    who = {"family_name": "Okonjo", "given_names": "Marta", "birth_date": clock.today(), "sex": "female"}
    patient = add_patient(person=who, by=SYSTEM)
    yesterday = clock.today() - timedelta(days=1)
    for text, directions, ended in (
        ("atorvastatin 20 mg tablet", "1 tab po qhs", None),
        ("tramadol 50 mg tablet", "1 tab po q6h prn pain", None),
        ("amoxicillin 500 mg capsule", "1 cap po tid", yesterday),
    ):
        fact = OutsideMedicine(text=text, directions=directions, ended_on=ended)
        record_fact(patient=patient, fact=fact, by=SYSTEM)
    return patient


def test_the_rows_of_the_chart(marta: Patient) -> None:
    chart = chart_of(marta, in_use(marta, clock.today()), on=clock.today(), language="es")
    statin, tramadol = chart.rows
    assert statin.cells == ("", "", "", "1 tableta")
    assert statin.directions == "Tome 1 tableta por la boca al acostarse."
    assert tramadol.cells is None
    assert tramadol.is_as_needed


@pytest.mark.parametrize("asked", ["", "?lang=es", "?size=large", "?lang=es&size=large", "?lang=zz&size=huge"])
def test_the_chart_is_a_pdf(marta: Patient, client_as: Callable[[str], Any], asked: str) -> None:
    answer = client_as("trainee").get(f"/patients/{marta.pk}/chart.pdf{asked}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_a_name_the_font_lacks_is_said(marta: Patient, client_as: Callable[[str], Any]) -> None:
    Patient.objects.filter(pk=marta.pk).update(given_names="曉明")
    answer = client_as("technician").get(f"/patients/{marta.pk}/chart.pdf")
    assert answer.status_code == 422
    assert "曉" in answer.content.decode()


def test_reminders_are_for_what_a_clock_can_tell(marta: Patient, client_as: Callable[[str], Any]) -> None:
    found = client_as("technician").get(f"/patients/{marta.pk}/reminders.ics")
    assert found["Content-Type"].startswith("text/calendar")
    text = found.content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:atorvastatin 20 mg tablet" in text
    assert "Okonjo" not in text
