"""One prescription from the wire to the patient's hands: a real server, real browsers, no mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tallman.core.codes.gtin import check_digit
from tallman.server.audit.models import Event
from tallman.server.dispensing.models import HandOver, NearMiss
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

from .accessible import faults
from .conftest import IBUPROFEN_600, IBUPROFEN_800

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORY = [
    "prescriptions.receive", "exchange.take_in", "prescriptions.enter", "prescriptions.decide", "prescriptions.approve",
    "dispensing.scan", "dispensing.scan", "dispensing.fill", "dispensing.verify", "dispensing.shelve",
    "dispensing.hand_over",
]  # fmt: skip


def open_first(page: Page, tab: str) -> None:
    """From the queue: the tab by its number, the first row by j and Enter."""
    expect(page.locator("#queue")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press(tab)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rx/**")


def scan(page: Page, code: str) -> None:
    """What a scanner sends: the code, then Enter."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def upc(ndc: str) -> str:
    digits = "3" + ndc.replace("-", "")
    return digits + check_digit(digits)


def enter(page: Page) -> None:
    """The best candidates, the directions as they came, saved."""
    open_first(page, "1")
    for name in ("patient", "prescriber", "product"):
        expect(page.locator(":focus")).to_have_attribute("name", name)
        page.keyboard.press("Enter")
    expect(page.locator("#id_sig")).to_be_focused()
    expect(page.locator("#live .finding").first).to_contain_text("warfarin")
    expect(page.locator("#sum")).to_contain_text("10 days")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queue/**")


def decide_and_approve(page: Page) -> None:
    """The patient is monitored for it; then the key that approves."""
    page.keyboard.press("3")
    expect(page.locator("#decide-reason")).to_be_focused()
    assert faults(page) == []
    page.keyboard.type("INR is measured on Friday")
    page.keyboard.press("Enter")
    expect(page.locator(".decision")).to_contain_text("INR is measured on Friday")
    page.keyboard.press("a")
    page.wait_for_url("**/queue/**")


def test_from_the_wire_to_the_patients_hands(
    page_as: Callable[[str], Page], sent: Prescription, live_server: Any
) -> None:
    rx = sent
    technician, pharmacist, other = page_as("technician"), page_as("pharmacist"), page_as("pharmacist-in-charge")

    enter(technician)
    open_first(pharmacist, "2")
    expect(pharmacist.get_by_role("button", name="Approve")).to_be_disabled()
    decide_and_approve(pharmacist)

    open_first(technician, "3")
    expect(technician.locator("#scan")).to_be_focused()
    scan(technician, upc(IBUPROFEN_800))
    stop = technician.locator("dialog.stop")
    expect(stop).to_contain_text("This is another strength.")
    expect(stop).to_be_visible()
    assert faults(technician) == []
    scan(technician, upc(IBUPROFEN_600))
    expect(stop).to_be_visible()
    technician.keyboard.press("Control+Backspace")
    expect(stop).to_be_hidden()
    scan(technician, f"0100{upc(IBUPROFEN_600)}17{clock.today() + timedelta(days=500):%y%m%d}10L7")
    expect(technician.locator(".count-line")).to_have_text("30 of 30 tablets")
    technician.keyboard.press("Control+Enter")
    technician.wait_for_url("**/queue/**")

    open_first(other, "4")
    expect(other.locator("main")).to_contain_text("Stopped while filling")
    assert faults(other) == []
    other.keyboard.press("a")
    other.wait_for_url("**/queue/**")

    open_first(technician, "5")
    scan(technician, "C7")
    technician.wait_for_url("**/queue/**")
    open_first(technician, "6")
    expect(technician.locator(".bin")).to_have_text("C7")
    assert faults(technician) == []
    for key in ("1", "2", "d", "Control+Enter"):
        technician.keyboard.press(key)
    technician.wait_for_url("**/queue/**")

    rx.refresh_from_db()
    assert rx.stage == "handed-over"
    assert HandOver.objects.get().counselling == "declined"
    assert NearMiss.objects.get().kind == "wrong-strength"
    the_record_tells_it(other, live_server.url, rx)


def the_record_tells_it(page: Page, url: str, rx: Prescription) -> None:
    """The overview says what happened and by whom; the audit log has every step in its order."""
    page.goto(f"{url}/rx/{rx.rx_number}/")
    told = page.locator(".timeline").last.locator("li")
    steps = " ".join(told.all_inner_texts())
    words = [
        "Received",
        "Entered",
        "Approved",
        "Stopped at a wrong package",
        "Filled",
        "Verified",
        "Shelved",
        "Handed over",
    ]
    assert [w for w in words if w not in steps] == [], steps
    assert [steps.index(w) for w in words] == sorted(steps.index(w) for w in words)
    for name in ("A technician", "A pharmacist", "A pharmacist-in-charge"):
        assert name in steps
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/audit/")
    shown = page.locator("tbody code").all_inner_texts()
    assert [action for action in reversed(shown) if action in STORY] == STORY
    assert list(Event.objects.filter(action__in=STORY).order_by("pk").values_list("action", flat=True)) == STORY


def test_a_concern_of_the_technician_stops_it_until_a_pharmacist_has_answered(
    page_as: Callable[[str], Page], sent: Prescription
) -> None:
    rx = sent
    technician, pharmacist = page_as("technician"), page_as("pharmacist")
    enter(technician)
    open_first(technician, "2")
    technician.keyboard.press("c")
    technician.keyboard.press("1")
    expect(technician.locator("#flags")).to_contain_text("A pharmacist must answer it.")

    open_first(pharmacist, "2")
    pharmacist.keyboard.press("3")
    pharmacist.keyboard.type("INR is measured on Friday")
    pharmacist.keyboard.press("Enter")
    expect(pharmacist.locator(".decision")).to_be_visible()
    expect(pharmacist.get_by_role("button", name="Approve")).to_be_disabled()
    expect(pharmacist.locator("#why-not")).to_contain_text("concern")
    pharmacist.keyboard.press("a")
    rx.refresh_from_db()
    assert rx.stage == "entered"

    pharmacist.keyboard.press("i")
    pharmacist.wait_for_url("**/concerns/**")
    pharmacist.keyboard.type("Asked her: three a day, with food.")
    pharmacist.keyboard.press("Control+Enter")
    pharmacist.wait_for_url("**/review/")
    pharmacist.keyboard.press("a")
    pharmacist.wait_for_url("**/queue/**")
    rx.refresh_from_db()
    assert rx.stage == "to-fill"
