"""Filling with nothing but a scanner and keys, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tallman.server.dispensing.models import HandOver, NearMiss, Scan
from tallman.server.prescriptions.models import Prescription

from .conftest import LISINOPRIL_10, LISINOPRIL_20, NDC, matrix, upc

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def scan(page: Page, code: str) -> None:
    """What a scanner sends: the code without its separators, then Enter."""
    page.keyboard.type(code.replace("\x1d", ""))
    page.keyboard.press("Enter")


def test_a_wrong_scan_stops_everything_until_it_is_put_aside_on_purpose(
    page_as: Callable[[str], Page], live_server, to_fill: Callable[..., Prescription], shelf: SimpleNamespace
) -> None:
    row, page = to_fill(), page_as("technician")
    page.goto(f"{live_server.url}/rx/{row.rx_number}/fill/")
    expect(page.locator("#scan")).to_be_focused()
    scan(page, upc(LISINOPRIL_20))
    stop = page.locator("dialog.stop")
    expect(stop).to_be_visible()
    expect(stop).to_contain_text("This is another strength.")
    expect(stop.get_by_label("Expected")).to_contain_text("10 mg")
    expect(stop.get_by_label("Scanned")).to_contain_text("20 mg")
    box = stop.bounding_box()
    assert (box["width"], box["height"]) == (1280, 800)
    scan(page, upc(LISINOPRIL_10))
    for key in ("Escape", "Escape", "Enter", " "):
        page.keyboard.press(key)
    expect(stop).to_be_visible()
    assert Scan.objects.count() == 1
    page.keyboard.press("Control+Backspace")
    expect(stop).to_be_hidden()
    expect(page.locator("#scan")).to_be_focused()
    expect(page.locator("#scan")).to_have_value("")
    assert NearMiss.objects.get().kind == "wrong-strength"


def test_from_the_shelf_into_the_patients_hands_without_a_mouse(
    page_as: Callable[[str], Page], live_server, to_fill: Callable[..., Prescription], shelf: SimpleNamespace
) -> None:
    row, page = to_fill(), page_as("technician")
    page.goto(f"{live_server.url}/rx/{row.rx_number}/fill/")
    scan(page, matrix(LISINOPRIL_10, shelf.early))
    scan(page, matrix(LISINOPRIL_10, shelf.late))  # before the first is answered
    expect(page.locator(".count-line")).to_have_text("30 of 30 tablets")
    expect(page.locator("#answer-scan .right")).to_contain_text("LATE7")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queue/**")
    row.refresh_from_db()
    taken = {line.scan.lot: line.taken.quantity for line in row.fills.get().lines.all()}
    assert (row.stage, taken) == ("filled", {shelf.early: -12, shelf.late: -18})

    checker = page_as("pharmacist")
    checker.goto(f"{live_server.url}/rx/{row.rx_number}/verify/")
    expect(checker.locator("main")).to_contain_text("Take 1 tablet by mouth")
    checker.keyboard.press("a")
    checker.wait_for_url("**/queue/**")

    page.goto(f"{live_server.url}/rx/{row.rx_number}/shelve/")
    scan(page, "BIN:C7")
    page.wait_for_url("**/queue/**")
    page.goto(f"{live_server.url}/rx/{row.rx_number}/hand-over/")
    expect(page.locator("main")).to_contain_text("C7")
    for key in ("1", "2", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queue/**")
    given = HandOver.objects.get()
    assert (given.first_identifier, given.second_identifier, given.counselling) == ("name", "birth-date", "declined")


def test_a_part_and_a_code_typed_by_hand(
    page_as: Callable[[str], Page], live_server, to_fill: Callable[..., Prescription], shelf: SimpleNamespace
) -> None:
    row, page = to_fill(), page_as("technician")
    page.goto(f"{live_server.url}/rx/{row.rx_number}/fill/")
    page.keyboard.press("Alt+m")
    expect(page.locator("#manual-code")).to_be_focused()
    page.keyboard.type(NDC[LISINOPRIL_10])
    page.keyboard.press("Tab")
    page.keyboard.type("early3")
    page.keyboard.press("Tab")
    page.keyboard.type("The code is damaged")
    page.keyboard.press("Enter")
    expect(page.locator("#manual")).to_be_hidden()
    expect(page.locator(".count-line")).to_have_text("12 of 30 tablets")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-fill")).to_contain_text("Tick that 18 are owed")
    page.keyboard.press("Alt+p")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queue/**")
    row.refresh_from_db()
    assert (row.stage, row.owed_quantity, Scan.objects.get().method) == ("filled", 18, "manual")


def test_on_a_small_screen_nothing_is_cut_off(
    page_as: Callable[[str], Page],
    live_server,
    filled: Callable[..., Prescription],
    to_fill: Callable[..., Prescription],
) -> None:
    page, row, other = page_as("technician"), filled(), to_fill()
    page.set_viewport_size({"width": 800, "height": 1100})
    for address in (f"{row.rx_number}/verify", f"{row.rx_number}/return", f"{other.rx_number}/fill"):
        page.goto(f"{live_server.url}/rx/{address}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 800
