"""Prescribers: finding, adding and correcting them, and what the law makes of their registration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.queries import history_of
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Finding, Prescriber, Prescription
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock

OXYCODONE = "1049611"
DEA = "BL1234563"
Entered = Callable[..., Prescription]


def address(name: str, row: Prescriber | None = None) -> str:
    return reverse(f"prescriptions:{name}", kwargs={"pk": row.pk} if row else None)


def changed(row: Prescriber, by: Any = SYSTEM, **changes: Any) -> Prescriber:
    row.refresh_from_db()
    return actions.correct_prescriber(prescriber=row, version=row.version, changes=changes, by=by)


def codes(row: Prescription) -> set[str]:
    row.refresh_from_db()
    found = Finding.objects.filter(screening=row.screening_id, no_longer_found=False)
    return {f.code for f in found if f.code.startswith("LEGAL")}


def form(row: Prescriber, **changes: Any) -> dict[str, Any]:
    """The whole form as the page sends it."""
    names = ("family_name", "given_names", "npi", "dea", "version")
    return {name: getattr(row, name) for name in names} | changes


@pytest.fixture
def registered(prescriber: Prescriber) -> Prescriber:
    """Somebody with a DEA number, of whose registration nothing else is on record."""
    return changed(prescriber, dea=DEA)


def test_what_is_not_on_record_shuts_nothing_out(registered: Prescriber, entered: Entered) -> None:
    assert codes(entered(product_id=OXYCODONE)) == set()


def test_a_schedule_the_registration_does_not_cover_is_found_at_once(registered: Prescriber, entered: Entered) -> None:
    row = entered(product_id=OXYCODONE)
    changed(registered, dea_schedules=["2N", "3", "3N", "4", "5"])
    assert codes(row) == {"LEGAL-AUTHORITY"}
    assert Finding.objects.get(screening=row.screening_id, code="LEGAL-AUTHORITY").is_interruptive
    changed(registered, dea_schedules=["2", "2N"])
    assert codes(row) == set()


def test_a_registration_that_ended_before_the_writing(registered: Prescriber, entered: Entered) -> None:
    row = entered(product_id=OXYCODONE)
    changed(registered, dea_until=row.written_on - timedelta(days=1))
    assert codes(row) == {"LEGAL-DEA"}
    changed(registered, dea_until=row.written_on)
    assert codes(row) == set()


def test_an_address_screens_nothing_again(registered: Prescriber, entered: Entered) -> None:
    row = entered(product_id=OXYCODONE)
    before = row.screening_id
    changed(registered, phone="555-0199", dea_schedules=[])
    row.refresh_from_db()
    assert row.screening_id == before


def test_a_technician_fills_in_what_is_blank_and_a_pharmacist_changes_it(
    registered: Prescriber, person: Callable[[str], Any]
) -> None:
    changed(registered, person("technician"), dea_schedules=["4"])
    with pytest.raises(Refused, match="pharmacist"):
        changed(registered, person("technician"), dea_schedules=["2", "4"])
    with pytest.raises(Refused, match="pharmacist"):
        changed(registered, person("technician"), dea="", dea_schedules=[])
    assert changed(registered, person("pharmacist"), dea_schedules=["2", "4"]).dea_schedules == ["2", "4"]


def test_the_form_locks_for_a_technician_what_is_on_record(
    registered: Prescriber, client_as: Callable[[str], Client]
) -> None:
    page = address("prescriber-edit", registered)
    assert "a pharmacist changes it" in client_as("technician").get(page).content.decode()
    assert "a pharmacist changes it" not in client_as("pharmacist").get(page).content.decode()
    sent = form(registered, dea="AB1234563", phone="555-0100", dea_schedules=["4"])
    assert client_as("technician").post(page, sent).status_code == 302
    registered.refresh_from_db()
    assert (registered.dea, registered.phone, registered.dea_schedules) == (DEA, "555-0100", ["4"])


def test_somebody_faster_is_told_of(registered: Prescriber, client_as: Callable[[str], Client]) -> None:
    old = form(registered)
    changed(registered, phone="555-0100")
    again = client_as("pharmacist").post(address("prescriber-edit", registered), old)
    assert again.status_code == 409
    with pytest.raises(Conflict):
        actions.correct_prescriber(prescriber=registered, version=1, changes={"phone": "1"}, by=SYSTEM)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"npi": "1234567890"}, "check digit of this NPI is wrong"),
        ({"dea": "AB1234567"}, "check digit of this DEA number is wrong"),
        ({"dea": "", "dea_schedules": ["2"]}, "Enter the DEA number that this belongs to"),
        ({"licence_state": "I1"}, "two letters of the state"),
        ({"dea_schedules": ["6"]}, "Select a valid choice"),
        ({"family_name": ""}, "required"),
    ],
)
def test_what_will_not_do_comes_back_at_its_field(
    changes: dict[str, Any], said: str, client_as: Callable[[str], Client]
) -> None:
    new = {"family_name": "Okafor", "npi": "", "dea": ""} | changes
    answer = client_as("technician").post(address("prescriber-new"), new)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Prescriber.objects.exists()


def test_a_new_one_with_everything_on_record(client_as: Callable[[str], Client]) -> None:
    until = clock.today() + timedelta(days=30)
    said = {
        "family_name": "Okafor", "given_names": "Uma", "kind": "nurse-practitioner", "npi": "1234567893",
        "dea": "mo1234563-012", "dea_schedules": ["3", "3N", "4"], "dea_until": until.isoformat(),
        "licence": "209.1234", "licence_state": "il",
    }  # fmt: skip
    client = client_as("technician")
    assert client.post(address("prescriber-new"), said).status_code == 302
    row = Prescriber.objects.get()
    assert (row.dea, row.licence_state, row.kind) == ("MO1234563-012", "IL", "nurse-practitioner")
    page = client.get(address("prescriber", row)).content.decode()
    assert "3N: schedule III, other medicines" in page
    assert "schedule II, narcotics" not in page
    assert "Nurse practitioner" in page


def test_they_are_found_by_name_practice_and_numbers(
    registered: Prescriber, client_as: Callable[[str], Client]
) -> None:
    changed(registered, practice="West Clinic")
    client = client_as("technician")
    for text in ("lindq", "ada lind", "west", "12345678", "bl123"):
        assert "Lindqvist" in client.get(address("prescribers"), {"q": text}).content.decode(), text
    assert "Nobody on record fits" in client.get(address("prescribers"), {"q": "okafor"}).content.decode()


@pytest.mark.parametrize(("days", "listed"), [(-1, True), (59, True), (61, False)])
def test_registrations_that_end_soon_are_listed(
    days: int, listed: bool, registered: Prescriber, client_as: Callable[[str], Client]
) -> None:
    changed(registered, dea_until=clock.today() + timedelta(days=days))
    page = client_as("technician").get(address("prescribers"), {"ending": "1"}).content.decode()
    assert ("Lindqvist" in page) is listed


def test_the_page_tells_who_changed_what_and_what_is_doubtful(
    registered: Prescriber, person: Callable[[str], Any], client_as: Callable[[str], Client]
) -> None:
    changed(registered, person("pharmacist"), dea="AB1234563", dea_until=clock.today() - timedelta(days=1))
    page = client_as("trainee").get(address("prescriber", registered)).content.decode()
    assert "DEA number: BL1234563 → AB1234563" in page
    assert "registration on record ended" in page
    assert "whose name began with B" in page
    last = history_of(registered).last()
    assert last is not None
    assert last.data["changed"]["dea"] == ["BL1234563", "AB1234563"]
