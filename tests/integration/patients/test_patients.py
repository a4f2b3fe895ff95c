"""People and the facts about them: found, recorded, corrected, and never quietly lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.patients import actions
from tallman.server.patients.models import Allergy, Observation, Patient
from tallman.server.patients.queries import find
from tallman.server.refusal import Conflict, Refused

PERSON = {"family_name": "Quill", "given_names": "Marta Ann", "birth_date": date(1954, 3, 9), "phone": "555-0142"}


@pytest.fixture
def technician(person: Callable[[str], User]) -> User:
    return person("technician")


@pytest.fixture
def marta(technician: User) -> Patient:
    return actions.add_patient(person=PERSON, by=technician)


@pytest.mark.parametrize("text", ["qui", "quill, m", "marta quill", "ann", "0142"])
def test_a_person_is_found_by_what_people_say(marta: Patient, text: str) -> None:
    assert list(find(text)) == [marta]


def test_others_are_not_found(marta: Patient) -> None:
    assert not find("uill").exists()
    assert not find("quill", birth_date=date(1954, 3, 10)).exists()


def test_a_birth_date_finds_too(marta: Patient, client_as: Callable[[str], Client]) -> None:
    assert b"Quill" in client_as("trainee").get("/patients/?q=1954-03-09").content
    assert b"Quill" not in client_as("trainee").get("/patients/?q=1954-03-08").content


def test_nobody_asked_is_said_until_somebody_asks(marta: Patient, client_as: Callable[[str], Client]) -> None:
    page, client = f"/patients/{marta.pk}/", client_as("technician")
    assert b"Nobody has asked about allergies" in client.get(page).content
    client.post(f"{page}no-known-allergies")
    shown = client.get(page).content
    assert b"Nobody has asked" not in shown
    assert b"No known allergies." in shown


def test_an_allergy_ends_no_known_allergies(marta: Patient, technician: User) -> None:
    marta = actions.record_no_known_allergies(patient=marta, by=technician)
    actions.record_fact(patient=marta, fact=Allergy(substance="penicillin", reaction="hives"), by=technician)
    marta.refresh_from_db()
    assert marta.no_known_allergies_on is None
    with pytest.raises(Refused, match="on record"):
        actions.record_no_known_allergies(patient=marta, by=technician)


def test_a_technician_does_not_refute_an_allergy(marta: Patient, technician: User, client_as: Callable) -> None:
    allergy = actions.record_fact(patient=marta, fact=Allergy(substance="codeine"), by=technician)
    end = f"/patients/{marta.pk}/allergy/{allergy.pk}/end"
    client_as("technician").post(end)
    allergy.refresh_from_db()
    assert allergy.status == "active"
    client_as("pharmacist").post(end)
    allergy.refresh_from_db()
    assert allergy.status == "refuted"


def test_a_fact_that_came_by_a_message_has_no_recorder(marta: Patient) -> None:
    fact = actions.record_fact(patient=marta, fact=Allergy(substance="latex"), by=SYSTEM)
    assert fact.recorded_by is None


def test_every_change_leaves_an_event(marta: Patient, technician: User) -> None:
    weight = Observation(loinc="29463-7", value="71.5", unit="kg", on=date(2026, 5, 1))
    fact = actions.record_fact(patient=marta, fact=weight, by=technician)
    actions.correct_fact(fact=fact, changes={"in_error": True}, by=technician)
    actions_taken = list(Event.objects.order_by("sequence").values_list("action", flat=True))
    assert actions_taken == ["patients.add_patient", "patients.record_fact", "patients.correct_fact"]


def test_the_second_to_correct_is_told(marta: Patient, technician: User, person: Callable[[str], User]) -> None:
    version = marta.version
    actions.correct_patient(patient=marta, version=version, changes={"phone": "555-0100"}, by=technician)
    with pytest.raises(Conflict, match="technician"):
        actions.correct_patient(patient=marta, version=version, changes={"phone": "555-0199"}, by=person("pharmacist"))
    marta.refresh_from_db()
    assert marta.phone == "555-0100"


def test_a_measurement_wants_its_unit(marta: Patient, client_as: Callable[[str], Client]) -> None:
    client = client_as("technician")
    address = f"/patients/{marta.pk}/measurement/new/"
    wrong = client.post(address, {"loinc": "29463-7", "value": "71", "unit": "cm"})
    assert wrong.status_code == 422
    assert "Weight is measured in kg or lb or g." in wrong.content.decode()
    assert client.post(address, {"loinc": "29463-7", "value": "71", "unit": "kg"}).status_code == 302
    assert Observation.objects.get(patient=marta).unit == "kg"


@pytest.mark.parametrize("kind", ["allergy", "medicine", "condition", "measurement", "coverage"])
def test_every_kind_of_fact_has_its_form(marta: Patient, kind: str, client_as: Callable[[str], Client]) -> None:
    assert client_as("pharmacist").get(f"/patients/{marta.pk}/{kind}/new/").status_code == 200


def test_a_new_person_needs_a_name(client_as: Callable[[str], Client]) -> None:
    response = client_as("technician").post("/patients/new/", {"given_names": "Nobody"})
    assert response.status_code == 422
    assert not Patient.objects.exists()
