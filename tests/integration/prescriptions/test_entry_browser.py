"""A prescription entered with the keyboard alone, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page_as: Callable[[str], Page]) -> Page:
    """A browser in which a technician has logged in."""
    return page_as("technician")


@pytest.fixture
def at(page: Page, live_server) -> Callable[[Prescription], None]:
    """Open the entry page of a prescription."""

    def go(row: Prescription) -> None:
        page.goto(f"{live_server.url}/rx/{row.rx_number}/entry/")

    return go


def test_a_prescription_is_entered_with_the_keyboard_alone(page: Page, at, received, patient, prescriber) -> None:
    row, after = received(), received()
    at(row)
    assert page.evaluate("document.activeElement.name") == "patient"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "prescriber"
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "product"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_sig"
    page.wait_for_selector("#live .finding")
    assert "warfarin" in page.inner_text("#live")
    assert "71 kg" in page.inner_text("#patient-banner")
    page.keyboard.press("Control+a")
    page.keyboard.type("1 tab po bid prn pain")
    page.wait_for_selector("#reading:has-text('2 times a day')")
    for keys in ("20", None, "10", "1"):
        page.keyboard.press("Tab")
        if keys:
            page.keyboard.press("Control+a")
            page.keyboard.type(keys)
    page.wait_for_selector("#sum:has-text('20 tablets / 2 tablets a day = 10 days')")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/rx/{after.rx_number}/entry/")
    row.refresh_from_db()
    assert (row.stage, row.patient, row.prescriber, row.product_id) == ("entered", patient, prescriber, "197806")
    assert (row.sig, row.quantity, row.days_supply, row.refills) == ("1 tab po bid prn pain", 20, 10, 1)


def test_an_enter_after_a_number_belongs_to_that_choice(page: Page, at, received, patient, prescriber) -> None:
    """Who types "1, Enter, 1, Enter" chooses twice, and puts nothing into the directions."""
    at(received())
    expect(page.locator(":focus")).to_have_attribute("name", "patient")
    before = page.input_value("#id_sig")
    for key in ("1", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "prescriber"
    assert page.query_selector("#pick-prescriber input:checked") is None
    for key in ("1", "Enter"):
        page.keyboard.press(key)
    assert page.query_selector("#pick-prescriber input:checked") is not None
    assert page.input_value("#id_sig") == before


def test_enter_in_a_field_goes_on_and_never_saves(page: Page, at, received, patient) -> None:
    row = received()
    at(row)
    page.focus("#id_quantity")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_quantity_unit"
    row.refresh_from_db()
    assert row.version == 1


def test_a_choice_is_taken_back_with_backspace(page: Page, at, received, patient) -> None:
    at(received())
    page.keyboard.press("1")
    page.wait_for_selector("#pick-patient .pick-change", state="visible")
    page.focus("#pick-patient input:checked")
    page.keyboard.press("Backspace")
    page.wait_for_selector("#pick-patient [type=search]", state="visible")
    assert page.query_selector("#pick-patient input:checked") is None


def test_somebody_is_looked_up_and_chosen(page: Page, at, received, patient) -> None:
    Patient.objects.create(family_name="Haddad", given_names="Ines", birth_date=date(1990, 1, 1), sex="female")
    at(received())
    page.focus("#pick-patient [type=search]")
    page.keyboard.type("hadd")
    page.wait_for_selector("#candidates-patient:has-text('Haddad, Ines')")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("#patient-banner:has-text('Haddad, Ines')")
    assert "Family name differs" in page.inner_text("#candidates-patient")


def test_a_new_patient_is_added_without_leaving_the_page(page: Page, at, received) -> None:
    at(received())
    page.focus("#id_sig")
    page.keyboard.press("Control+a")
    page.keyboard.type("2 tab po qhs")
    page.focus("[data-open=add-patient]")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#add-patient:not([open])", state="attached")
    page.wait_for_selector("#patient-banner:has-text('Okonjo, Marta')")
    assert Patient.objects.get().birth_date == date(1960, 2, 9)
    assert page.input_value("#id_sig") == "2 tab po qhs"


def test_what_is_missing_gets_the_focus_and_the_rest_is_kept(page: Page, at, received, patient, prescriber) -> None:
    at(received())
    page.keyboard.press("1")
    page.fill("#id_sig", "2 tab po qhs")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#pick-prescriber .errors")
    expect(page.locator(":focus")).to_have_attribute("name", "prescriber")
    assert page.input_value("#id_sig") == "2 tab po qhs"
    assert page.is_checked("#pick-patient input")


@pytest.mark.parametrize("width", [1280, 820])
def test_nothing_is_cut_off_at_the_side(page: Page, at, received, patient, prescriber, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    at(received())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.wait_for_selector("#live .finding")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
