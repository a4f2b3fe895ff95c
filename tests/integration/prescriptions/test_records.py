"""The records that somebody has to complete, as a list to work through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tallman.server.patients.models import Coverage, OutsideMedicine, Patient, TwoPeople
from tallman.server.prescriptions.incomplete import Incomplete, incomplete
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Entered = Callable[..., Prescription]


def told() -> dict[int, list[str]]:
    """The codes of what is lacking, by patient."""
    return {row.patient.pk: [one.code for one in row.lacking] for row in incomplete(clock.today())}


def only() -> Incomplete:
    [row] = incomplete(clock.today())
    return row


def test_a_whole_record_is_not_listed(entered: Entered) -> None:
    entered()
    assert told() == {}


@pytest.mark.parametrize(
    "change, code",
    [
        ({"birth_date": None}, "RECORD-PERSON"),
        ({"no_known_allergies_on": None}, "RECORD-ALLERGIES"),
        ({"birth_date": date(2022, 1, 1)}, "RECORD-WEIGHT-UNLIKELY"),
    ],
)
def test_what_the_checks_need_is_asked_for(entered: Entered, change: dict[str, Any], code: str) -> None:
    row = entered()
    row.patient.allergy_facts.all().delete()
    Patient.objects.filter(pk=row.patient_id).update(**{"no_known_allergies_on": clock.today()} | change)
    assert told() == {row.patient_id: [code]}
    assert only().waiting == (row.rx_number,)


def test_medicines_that_nobody_recognises_and_coverage_that_ended_are_listed(entered: Entered) -> None:
    row = entered()
    OutsideMedicine.objects.create(patient=row.patient, text="zzyzx drops", directions="daily")
    Coverage.objects.filter(patient=row.patient).delete()
    Coverage.objects.create(patient=row.patient, plan="Old Plan", valid_to=date(2020, 1, 1))
    assert sorted(told()[row.patient_id]) == ["RECORD-COVERAGE", "RECORD-MEDICINE"]
    Coverage.objects.create(patient=row.patient, plan="New Plan")
    assert told()[row.patient_id] == ["RECORD-MEDICINE"]


def test_a_second_chart_of_the_same_person_is_pointed_out(entered: Entered) -> None:
    row = entered()
    one = row.patient
    alike = {"family_name": one.family_name, "birth_date": one.birth_date}
    Patient.objects.create(given_names="Zebulon", **alike)
    twice = Patient.objects.create(given_names=one.given_names[:1], sex=one.sex, **alike)
    [lacking] = only().lacking
    assert lacking.code == "RECORD-TWICE"
    assert lacking.other == twice


def test_the_most_pressing_stands_first_and_only_those_in_work_are_listed(entered: Entered) -> None:
    row = entered()
    Patient.objects.create(family_name="Nobody", given_names="Asks")
    Patient.objects.filter(pk=row.patient_id).update(sex="", no_known_allergies_on=None)
    row.patient.allergy_facts.all().delete()
    assert told() == {row.patient_id: ["RECORD-ALLERGIES", "RECORD-PERSON"]}


def test_the_page_leads_to_the_person_and_the_prescription(
    entered: Entered, client_as: Callable[[str], Client]
) -> None:
    row = entered()
    assert "has what the checks need" in client_as("technician").get("/records/").content.decode()
    Patient.objects.filter(pk=row.patient_id).update(sex="")
    page = client_as("technician").get("/records/").content.decode()
    assert f'href="/patients/{row.patient_id}/"' in page
    assert f"Rx {row.rx_number}" in page
    assert "Not on record: sex" in page


def test_two_who_look_like_one_are_told_apart(entered: Entered, client_as: Callable[[str], Client]) -> None:
    row = entered()
    assert row.patient
    twin = Patient.objects.create(
        family_name=row.patient.family_name, given_names=row.patient.given_names, birth_date=row.patient.birth_date
    )
    assert told()[row.patient.pk] == ["RECORD-TWICE"]
    client = client_as("technician")
    where = f"/patients/{row.patient.pk}/not/{twin.pk}"
    assert client.post(where, {"why": " "}).status_code == 422
    assert client.post(where, {"why": "twins", "next": "/records/"}).url == "/records/"
    assert told() == {}
    client.post(where, {"why": "twins"})
    assert TwoPeople.objects.count() == 1
