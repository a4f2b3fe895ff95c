"""The review done with the keyboard alone, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tallman.server.prescriptions.models import Concern, Decision

from .conftest import LISINOPRIL

PLAIN = {"product_id": LISINOPRIL, "sig": "Take 1 tablet by mouth once daily", "days_supply": 30}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page_as: Callable[[str], Page]) -> Page:
    """A browser in which a pharmacist has logged in."""
    return page_as("pharmacist")


def test_from_the_queue_to_the_next_prescription_without_a_mouse(page: Page, entered) -> None:
    first, second = entered(), entered(**PLAIN)
    keys = page.keyboard
    keys.press("2")
    page.wait_for_url("**/queue/?stage=entered")
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/rx/{first.rx_number}/review/")
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    keys.press("3")
    expect(page.locator("#decide-reason")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#answer-decide")).to_contain_text("Give the reason in words.")
    keys.type("INR is measured on Friday")
    keys.press("Enter")
    expect(page.locator(".decision")).to_contain_text("INR is measured on Friday")
    keys.press("a")
    page.wait_for_url(f"**/rx/{second.rx_number}/review/")
    expect(page.locator("#messages")).to_contain_text(f"Rx {first.rx_number}: approved.")
    first.refresh_from_db()
    assert (first.stage, Decision.objects.get().outcome) == ("to-fill", "override-monitoring")


def test_a_concern_is_two_keys_from_anywhere_and_the_page_stays(page: Page, live_server, entered) -> None:
    row = entered()
    page.goto(f"{live_server.url}/rx/{row.rx_number}/review/")
    page.fill("#decide-reason", "Half a rea")
    page.locator("#decide-reason").blur()
    page.keyboard.press("c")
    page.keyboard.press("7")
    expect(page.locator("#flags")).to_contain_text("May not be genuine")
    expect(page.locator("#raise")).to_be_hidden()
    assert page.input_value("#decide-reason") == "Half a rea"
    assert Concern.objects.get().kind == "forgery"


def test_more_can_be_said_and_the_number_still_raises_it_with_alt(page: Page, live_server, entered) -> None:
    row = entered()
    page.goto(f"{live_server.url}/rx/{row.rx_number}/review/")
    page.keyboard.press("c")
    page.keyboard.press("w")
    page.keyboard.type("6 tablets a day")
    page.keyboard.press("Alt+1")
    expect(page.locator("#flags")).to_contain_text("6 tablets a day")


def test_a_hold_is_two_keys_and_the_same_key_takes_it_off(page: Page, live_server, entered) -> None:
    row = entered()
    page.goto(f"{live_server.url}/rx/{row.rx_number}/review/")
    page.keyboard.press("h")
    page.keyboard.press("3")
    page.wait_for_url("**/queue/")
    page.goto(f"{live_server.url}/rx/{row.rx_number}/")
    expect(page.locator("#flags")).to_contain_text("Waiting for stock")
    page.keyboard.press("h")
    page.wait_for_url(f"**/rx/{row.rx_number}/review/")
    row.refresh_from_db()
    assert row.stage == "entered"


def test_a_label_scanned_anywhere_on_the_queue_opens_its_prescription(page: Page, entered) -> None:
    row = entered()
    page.locator("#main").focus()
    page.keyboard.type(f"{row.rx_number}-1")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rx/{row.rx_number}/review/")


@pytest.mark.parametrize("width", [1280, 820])
def test_nothing_is_cut_off_sideways(page: Page, live_server, entered, width: int) -> None:
    row = entered()
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/queue/?stage=all", f"/rx/{row.rx_number}/review/", f"/rx/{row.rx_number}/", "/concerns/"):
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
