"""A history gathered with nothing but keys and a scanner, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tallman.server.reconciliation.models import Encounter, HistoryLine, MedicineList, Probe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def noon() -> None:
    """The browser's own clock: a login lasts as long as it does."""


@pytest.fixture
def page(page_as: Callable[[str], Page]) -> Page:
    return page_as("technician")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_from_the_worklist_through_the_guide(page: Page, live_server: Any, stay: Encounter) -> None:
    press(page, "g", "h")
    expect(page).to_have_url(f"{live_server.url}/stays/")
    page.wait_for_load_state()
    press(page, "j")
    expect(page.locator(f"#stay-{stay.pk}")).to_be_focused()
    press(page, "Enter")
    expect(page).to_have_url(f"{live_server.url}/stays/{stay.pk}/history/")
    page.wait_for_load_state()
    press(page, "g", "5")
    expect(page.locator(".guide-now")).to_contain_text("eyes, ears or nose")
    page.wait_for_load_state()
    press(page, "y")
    expect(page.locator("#tell-line")).to_be_focused()
    page.keyboard.type("timolol 0.5% eye drops 1 drop both eyes bid")
    expect(page.locator("#typed")).to_contain_text("Put 1 drop into both eyes")
    press(page, "Enter")
    expect(page.locator("#messages")).to_contain_text("Taken down")
    expect(page.locator("#tell-line")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(".guide-now")).to_contain_text("inhaler")
    page.wait_for_load_state()
    press(page, "n")
    expect(page.locator(".guide-now")).to_contain_text("skin")
    assert HistoryLine.objects.get().text == "timolol 0.5% eye drops"
    assert list(Probe.objects.values_list("answer", flat=True)) == ["yes", "no"]


def test_a_list_is_typed_and_scanned(page: Page, live_server: Any, stay: Encounter) -> None:
    page.goto(f"{live_server.url}/stays/{stay.pk}/lists/")
    press(page, "a")
    box = page.locator("#id_lines")
    expect(page.locator("#id_kind")).to_be_focused()
    press(page, "Escape", "l")
    expect(box).to_be_focused()
    page.keyboard.type("lisinopril 10 mg daily")
    press(page, "Enter")
    for code in ("0199999999", "0199999998"):
        page.keyboard.type(code)
        press(page, "Enter")
    page.keyboard.type("1 at night")
    press(page, "Enter")
    expect(box).to_have_value("lisinopril 10 mg daily\n0199999999\n0199999998 1 at night\n")
    expect(page.locator("#typed")).to_contain_text("lisinopril 10 mg oral tablet")
    expect(page.locator("#typed")).to_contain_text("This code is not known")
    press(page, "Control+Enter")
    expect(page.locator("#messages")).to_contain_text("3 medicines")
    made = MedicineList.objects.get(kind="patient interview")
    assert [line.directions for line in made.lines.all()] == ["daily", "", "1 at night"]
