"""Medicines by keyboard alone: the picker never chooses by itself, and a medicine's page is one key away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tallman.core.codes.gtin import check_digit
from tallman.server.medicines.models import LookAlikePair
from tallman.server.prescriptions.models import Prescription

from .accessible import faults
from .conftest import IBUPROFEN_800

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def entry(page_as: Callable[[str], Page], sent: Prescription, live_server: Any) -> Page:
    """The entry page of the prescription that came, for a technician."""
    page = page_as("technician")
    page.goto(f"{live_server.url}/rx/{sent.rx_number}/entry/")
    expect(page.locator("#pick-patient input").first).to_be_focused()
    return page


def look_for(page: Page, text: str) -> None:
    page.keyboard.press("/")
    expect(page.locator("#find-product")).to_be_focused()
    page.keyboard.type(text)


def test_the_picker_sets_look_alikes_apart_and_chooses_what_is_gone_to_and_nothing_else(entry: Page) -> None:
    look_for(entry, "hydr")
    found = entry.locator("#product-found")
    expect(found.locator(".apart")).to_contain_text("hydrALAZINE / hydrOXYzine")
    assert found.locator("[aria-selected=true]").count() == 0
    assert faults(entry) == []

    entry.keyboard.press("Enter")
    expect(entry.locator("#product-said")).to_contain_text("Nothing is chosen")
    assert entry.locator("#pick-product input:checked").count() == 0

    entry.keyboard.press("ArrowDown")
    active = entry.locator("#find-product").get_attribute("aria-activedescendant")
    assert active
    first = entry.locator(f"#{active}")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_contain_text("hydrALAZINE")
    entry.keyboard.press("Escape")
    expect(found).to_be_hidden()
    assert entry.locator("#pick-product input:checked").count() == 0

    entry.keyboard.press("ArrowDown")
    entry.keyboard.press("Enter")
    expect(entry.locator("#pick-product .candidate:has(input:checked)")).to_contain_text("Another medicine than the")
    assert entry.locator("#pick-product input:checked").count() == 1


def test_a_scanned_package_is_listed_and_not_chosen(entry: Page) -> None:
    digits = "3" + IBUPROFEN_800.replace("-", "")
    look_for(entry, digits + check_digit(digits))
    entry.keyboard.press("Enter")
    expect(entry.locator("#product-found [role=option]")).to_have_count(1)
    expect(entry.locator("#product-said")).to_contain_text("Nothing is chosen")
    assert entry.locator("#pick-product input:checked").count() == 0
    entry.keyboard.press("ArrowDown")
    entry.keyboard.press("Enter")
    chosen = entry.locator("#pick-product .candidate:has(input:checked)")
    expect(chosen).to_contain_text("ibuprofen 800 mg oral tablet")
    expect(chosen).to_contain_text("100 tablets on hand")


@pytest.mark.parametrize("width", [1280, 820])
def test_the_open_list_fits_the_window(entry: Page, width: int) -> None:
    entry.set_viewport_size({"width": width, "height": 1000})
    look_for(entry, "hydro")
    expect(entry.locator("#product-found [role=option]").first).to_be_visible()
    assert entry.evaluate("document.documentElement.scrollWidth") <= width


def test_the_arrow_leads_from_the_search_to_what_was_found(page_as: Callable[[str], Page], live_server: Any) -> None:
    page = page_as("technician")
    page.goto(f"{live_server.url}/medicines/")
    page.keyboard.press("/")
    page.keyboard.type("hydr")
    expect(page.locator("a[data-row]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a[data-row]").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/medicines/*/")


def test_a_pair_kept_by_the_pharmacist_in_charge_warns_on_the_medicines_page(
    page_as: Callable[[str], Page], live_server: Any
) -> None:
    page = page_as("pharmacist-in-charge")
    for key in ("g", "m"):
        page.keyboard.press(key)
    page.wait_for_url("**/medicines/")
    expect(page.locator("input:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("input:focus")).to_have_count(0)
    page.keyboard.press("p")
    page.wait_for_url("**/pairs/")
    page.focus("#id_one")
    for text in ("warfarin", "metformin", "Same bottle, one shelf"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("told apart")
    assert faults(page) == []
    assert LookAlikePair.objects.get().why == "Same bottle, one shelf"

    for key in ("g", "m"):
        page.keyboard.press(key)
    page.wait_for_url("**/medicines/")
    expect(page.locator("input:focus")).to_have_count(1)
    page.keyboard.type("warfa")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/medicines/warfarin/")
    expect(page.locator(".confusions")).to_contain_text("Same bottle, one shelf")
    assert faults(page) == []


def test_from_the_prescription_to_its_medicine_and_back(entry: Page, live_server: Any, sent: Prescription) -> None:
    for name in ("patient", "prescriber", "product"):
        expect(entry.locator(":focus")).to_have_attribute("name", name)
        entry.keyboard.press("Enter")
    expect(entry.locator("#id_sig")).to_be_focused()
    expect(entry.locator("#live .finding").first).to_contain_text("warfarin")
    entry.keyboard.press("Control+Enter")
    entry.wait_for_url("**/queue/**")
    entry.goto(f"{live_server.url}/rx/{sent.rx_number}/review/")
    for key in ("g", "d"):
        entry.keyboard.press(key)
    entry.wait_for_url("**/medicines/197806/**")
    expect(entry.locator("h1")).to_have_text("ibuprofen")
    assert faults(entry) == []
    entry.keyboard.press("b")
    expect(entry.locator(".medicine-name")).to_contain_text("ibuprofen 600 mg")


def test_escape_leaves_a_search_as_it_is(page_as: Callable[[str], Page], sent: Prescription, live_server: Any) -> None:
    page = page_as("technician")
    page.goto(f"{live_server.url}/prescribers/")
    search = page.locator("#q")
    expect(search).to_be_focused()
    page.keyboard.type("nobody of this name")
    page.keyboard.press("Escape")
    expect(search).not_to_be_focused()
    expect(search).to_have_value("nobody of this name")
    expect(page.locator("#prescribers")).to_contain_text("Nobody on record fits")
