"""The entry page: what it shows, what it saves, what it keeps when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallman.server.patients.models import Allergy, Patient
from tallman.server.prescriptions.models import Finding, Prescriber, Prescription, Screening
from tallman.server.prescriptions.sent_allergies import unrecorded_allergies

IBUPROFEN, LISINOPRIL = "197806", "314076"


def address(row: Prescription, page: str = "entry", **more: str) -> str:
    return reverse(f"prescriptions:{page}", kwargs={"rx_number": row.rx_number} | more)


@pytest.fixture
def typed(patient: Patient, prescriber: Prescriber) -> Callable[..., dict[str, Any]]:
    """`typed(row, sig=…)`: the whole form as the page sends it."""

    def make(row: Prescription, **changes: Any) -> dict[str, Any]:
        return {
            "version": row.version, "patient": patient.pk, "prescriber": prescriber.pk, "product": LISINOPRIL,
            "sig": "1 tab po daily", "quantity": "30", "quantity_unit": "tablet", "days_supply": "30", "refills": "3",
            "written_on": "2026-06-02", "setting": "community", "priority": "routine",
        } | changes  # fmt: skip

    return make


@pytest.fixture
def tech(client_as: Callable[[str], Client]) -> Client:
    return client_as("technician")


HTMX = {"HX-Request": "true"}


def test_the_page_begins_with_what_was_received_and_has_chosen_nobody(
    tech: Client, received, patient, prescriber
) -> None:
    page = tech.get(address(received())).content.decode()
    assert "1 tab po tid prn pain" in page
    assert "Take 1 tablet by mouth 3 times a day as needed for pain." in page
    assert "30 tablets / 3 tablets a day = 10 days" in page
    assert page.count("agrees in every point") == 3
    assert 'name="patient" value="1" data-unit="" checked' not in page
    assert "Not checked yet. Choose the patient and the product." in page


def test_saving_enters_screens_and_opens_the_next(tech: Client, received, typed) -> None:
    row, after = received(), received()
    response = tech.post(address(row), typed(row), headers=HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (204, address(after))
    row.refresh_from_db()
    assert (row.stage, row.product_id, row.quantity, row.refills) == ("entered", LISINOPRIL, Decimal(30), 3)
    assert row.written_on == date(2026, 6, 2)
    assert row.screening is not None


def test_everything_typed_is_kept_when_something_is_missing(tech: Client, received, typed) -> None:
    row = received()
    data = typed(row, product="", quantity="-2", diagnosis_codes="I10, 401.9", note="call back")
    response = tech.post(address(row), data, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the product." in page
    assert "401.9: an ICD-10-CM code" in page
    assert 'value="-2"' in page
    assert "call back" in page
    assert "<html" not in page, "htmx gets the fields alone"
    row.refresh_from_db()
    assert (row.stage, row.version) == ("received", 1)


def test_a_refusal_stands_at_its_field(tech: Client, received, typed) -> None:
    row = received()
    page = tech.post(address(row), typed(row, written_on="2026-06-04"), headers=HTMX)
    assert page.status_code == 422
    assert "The date it was written lies in the future." in page.context["form"].errors["written_on"]


def test_without_htmx_the_whole_page_comes_back(tech: Client, received, typed) -> None:
    row = received()
    page = tech.post(address(row), typed(row, sig=""))
    assert page.status_code == 422
    assert b"<html" in page.content


def test_somebody_elses_change_is_told_and_nothing_overwritten(tech: Client, received, typed) -> None:
    row = received()
    data = typed(row, sig="2 tab po daily")
    Prescription.objects.filter(pk=row.pk).update(version=2, changed_by="Carla Nunez")
    response = tech.post(address(row), data, headers=HTMX)
    assert response.status_code == 409
    assert "Carla Nunez" in response.content.decode()
    row.refresh_from_db()
    assert row.sig == "1 tab po tid prn pain"


def test_a_correction_asks_for_its_reason(tech: Client, entered, typed) -> None:
    row = entered()
    page = tech.get(address(row)).content.decode()
    assert "What is corrected, and why" in page
    without = tech.post(address(row), typed(row), headers=HTMX)
    assert without.context["form"].errors["reason"] == ["Say what is corrected and why."]
    done = tech.post(address(row), typed(row, reason="Wrong product chosen"), headers=HTMX)
    assert done.status_code == 204
    row.refresh_from_db()
    assert row.product_id == LISINOPRIL


# --- while typing


def test_findings_appear_while_typing_and_nothing_is_written(tech: Client, received, typed) -> None:
    row = received()
    page = tech.post(address(row, "entry-live"), typed(row, product=IBUPROFEN)).content.decode()
    assert "warfarin" in page
    assert '<span class="badge high" title="1 high">' in page, "counted beside the button that saves"
    assert (Screening.objects.count(), Finding.objects.count()) == (0, 0)
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize(
    "sig, shown",
    [
        ("1 tab po bid prn pain", "Take 1 tablet by mouth 2 times a day as needed for pain."),
        ("1 tab po bid zorble", '<mark class="unread" title="not understood">zorble</mark>'),
        ("inject 10U sc daily", "Write <strong>units</strong>"),
        ("sliding scale: 150-200 2 units, 201-250 4 units", "the label will carry the text as typed"),
    ],
)
def test_directions_are_read_as_they_are_typed(tech: Client, received, typed, sig: str, shown: str) -> None:
    row = received()
    assert shown in tech.post(address(row, "entry-live"), typed(row, sig=sig)).content.decode()


def test_arithmetic_and_what_disagrees_with_it(tech: Client, received, typed) -> None:
    row = received()
    data = typed(row, sig="1 tab po bid", quantity="60", days_supply="60")
    page = tech.post(address(row, "entry-live"), data).content.decode()
    assert "60 tablets / 2 tablets a day = 30 days" in page
    assert "Typed 60 days; it works out at 30." in page
    assert "Typed 60 tablets; the message says 30 tablets." in page


def test_half_a_form_is_no_error_while_typing(tech: Client, received) -> None:
    row = received()
    response = tech.post(address(row, "entry-live"), {"sig": "1 ta", "quantity": "x"})
    assert response.status_code == 200
    assert "Not checked yet" in response.content.decode()


# --- the three choices


def test_candidates_for_what_is_typed(tech: Client, received) -> None:
    row = received()
    found = tech.post(address(row, "entry-choices", name="product"), {"find-product": "lisin 20"}).content.decode()
    assert "lisinopril 20 mg oral tablet" in found
    assert "lisinopril 10 mg" not in found
    assert "Nothing on record" in tech.post(
        address(row, "entry-choices", name="patient"), {"find-patient": "zzz"}
    ).content.decode()  # fmt: skip
    assert tech.post(address(row, "entry-choices", name="secret"), {}).status_code == 404


def test_a_new_patient_is_filled_in_from_the_message_added_and_chosen(tech: Client, received) -> None:
    row = received()
    page = tech.get(address(row)).content.decode()
    assert 'value="Okonjo"' in page
    said = {"family_name": "Okonjo", "given_names": "Marta", "birth_date": "1960-02-09", "sex": "female"}
    chosen = tech.post(address(row, "entry-add-patient"), said).content.decode()
    patient = Patient.objects.get()
    assert f'value="{patient.pk}" data-unit="" checked' in chosen
    again = tech.post(address(row, "entry-add-patient"), said | {"family_name": ""}, headers=HTMX)
    assert (again.status_code, again["HX-Retarget"]) == (422, "#add-patient-fields")


def test_a_new_prescriber_is_added_and_chosen_once(tech: Client, received) -> None:
    row = received()
    said = {"family_name": "Lindqvist", "given_names": "Ada", "npi": "1234567893"}
    assert "checked" in tech.post(address(row, "entry-add-prescriber"), said).content.decode()
    assert tech.post(address(row, "entry-add-prescriber"), said).status_code == 422
    assert Prescriber.objects.count() == 1


def test_allergies_of_the_message_go_on_the_record_when_a_person_says_so(
    tech: Client, received, typed, patient
) -> None:
    row = received()
    data = typed(row)
    assert "Sulfa (hives)" in tech.post(address(row, "entry-live"), data).content.decode()
    page = tech.post(address(row, "entry-allergies"), data).content.decode()
    assert "Put on the record" not in page
    allergy = Allergy.objects.get(patient=patient)
    assert (allergy.substance, allergy.reaction) == ("Sulfa", "hives")


@pytest.mark.parametrize(
    "recorded, sent, missing",
    [
        ("Penicillin", "PCN", []),
        ("PCN (hives)", "penicillins", []),
        ("Latex", "sulfa", ["sulfa"]),
        ("Sulfa", "NKDA", []),
        ("zorble", "Zorble", []),
        ("Penicillin", "penicillin, codeine", ["penicillin, codeine"]),
    ],
)
def test_an_allergy_written_another_way_is_on_record(
    received, patient, recorded: str, sent: str, missing: list[str]
) -> None:
    row = received()
    Allergy.objects.create(patient=patient, substance=recorded)
    row.received = row.received | {"allergies": [{"substance": sent}]}
    assert [a["substance"] for a in unrecorded_allergies(row, patient)] == missing
    assert unrecorded_allergies(row, None) == []


def test_what_the_message_says_it_replaces_is_proposed(tech: Client, received, approved, typed) -> None:
    old = approved(product_id=LISINOPRIL)
    row = received()
    Prescription.objects.filter(pk=row.pk).update(received=row.received | {"replaces": old.rx_number})
    page = tech.post(address(row, "entry-replaces"), typed(row)).content.decode()
    assert f'value="{old.pk}" checked' in page
    assert "named by the message" in page
    tech.post(address(row), typed(row, replaces=old.pk), headers=HTMX)
    row.refresh_from_db()
    assert row.replaces == old


# --- by telephone


def test_a_call_is_taken_down_word_for_word_and_entered_next(tech: Client) -> None:
    said = {
        "origin": "phone", "family_name": "Okonjo", "given_names": "Marta", "birth_date": "1960-02-09",
        "prescriber_family_name": "Lindqvist", "medicine": "amoxil 500 caps", "sig": "1 cap po tid x 10d",
        "quantity": "30", "quantity_unit": "capsule", "priority": "waiting", "note": "Read back to nurse Kim",
    }  # fmt: skip
    response = tech.post(reverse("prescriptions:new"), said)
    row = Prescription.objects.get()
    assert response["Location"] == address(row)
    assert (row.origin, row.priority, row.received_medicine) == ("phone", "waiting", "amoxil 500 caps")
    assert row.received["notes"] == ["Read back to nurse Kim"]
    assert tech.get(address(row)).status_code == 200


def test_a_call_without_directions_is_not_taken_down(tech: Client) -> None:
    response = tech.post(reverse("prescriptions:new"), {"origin": "phone", "family_name": "Okonjo"})
    assert response.status_code == 422
    assert not Prescription.objects.exists()


@pytest.mark.parametrize("said", [{}, {"patient": {}, "medicine": {}, "quantity": None}])
def test_a_message_that_says_next_to_nothing_is_entered_all_the_same(
    tech: Client, received, typed, said: dict[str, Any]
) -> None:
    row = received()
    blank = {"received_patient": "", "received_prescriber": "", "received_medicine": "", "received_sig": "", "sig": ""}
    Prescription.objects.filter(pk=row.pk).update(received=said, **blank)
    page = tech.get(address(row)).content.decode()
    assert "Nothing on record fits what was received" in page
    assert "Not recognised" in page
    assert tech.post(address(row), typed(row), headers=HTMX).status_code == 204
