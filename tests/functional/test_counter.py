"""One prescription from the wire to the patient's hands: a real server, real browsers, no mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tallman.core.codes.gtin import check_digit
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.dispensing.models import HandOver, NearMiss
from tallman.server.inventory.actions import add_item, receive_stock
from tallman.server.patients.actions import add_patient, record_fact, record_no_known_allergies
from tallman.server.patients.models import OutsideMedicine
from tallman.server.prescriptions.actions import add_prescriber
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock
from tests.unit.script.newrx import newrx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IBUPROFEN_600, IBUPROFEN_800 = "9999-0201-01", "9999-0202-01"
PRODUCTS = {
    IBUPROFEN_600: ("197806", "ibuprofen 600 mg oral tablet"),
    IBUPROFEN_800: ("197807", "ibuprofen 800 mg oral tablet"),
}
STORY = [
    "prescriptions.receive", "exchange.take_in", "prescriptions.enter", "prescriptions.decide", "prescriptions.approve",
    "dispensing.scan", "dispensing.scan", "dispensing.fill", "dispensing.verify", "dispensing.shelve",
    "dispensing.hand_over",
]  # fmt: skip


@pytest.fixture(autouse=True)
def pharmacy(db: None) -> None:
    """Two strengths of ibuprofen on the shelf; a patient who takes warfarin; her prescriber."""
    for ndc, (product, name) in PRODUCTS.items():
        item = add_item(ndc=ndc, product_id=product, name=name, size=Decimal(100), unit="tablet", by=SYSTEM)
        expires = clock.today() + timedelta(days=500)
        receive_stock(item=item, lot_number="L7", expires_on=expires, quantity=Decimal(100), by=SYSTEM)
    who = {"family_name": "Okonjo", "given_names": "Marta", "birth_date": date(1960, 2, 9), "sex": "female"}
    marta = add_patient(person=who, by=SYSTEM)
    record_no_known_allergies(patient=marta, by=SYSTEM)
    warfarin = OutsideMedicine(text="warfarin 5 mg oral tablet", directions="Take 1 tablet by mouth once daily")
    record_fact(patient=marta, fact=warfarin, by=SYSTEM)
    add_prescriber(family_name="Lindqvist", given_names="Ada", npi="1234567893", by=SYSTEM)


def send(url: str, token: str) -> bytes:
    """What the prescriber's system does: post the message, and read the answer."""
    medication = {
        "DrugDescription": "Ibuprofen 600 mg tablet",
        "Quantity": {"Value": "30", "CodeListQualifier": "38", "QuantityUnitOfMeasure": {"Code": "C48542"}},
        "DaysSupply": "10",
        "WrittenDate": {"Date": clock.today().isoformat()},
        "Substitutions": "0",
        "NumberOfRefills": "0",
        "Sig": {"SigText": "1 tab po tid prn pain"},
    }
    patient = {
        "Name": {"LastName": "Okonjo", "FirstName": "Marta"},
        "Gender": "F",
        "DateOfBirth": {"Date": "1960-02-09"},
    }
    prescriber = {"Identification": {"NPI": "1234567893"}, "Name": {"LastName": "Lindqvist", "FirstName": "Ada"}}
    body = newrx({
        "MedicationPrescribed": medication,
        "Patient": {"HumanPatient": patient},
        "Prescriber": {"NonVeterinarian": prescriber},
        **dict.fromkeys(("AllergyOrAdverseEvent", "Observation", "Supervisor", "BenefitsCoordination")),
    })  # fmt: skip
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/xml"}
    with urlopen(Request(f"{url}/exchange/script", body, headers)) as answer:
        return answer.read()


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
        page.wait_for_function(f"document.activeElement.name === '{name}'")
        page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'id_sig'")
    expect(page.locator("#live .finding").first).to_contain_text("warfarin")
    expect(page.locator("#sum")).to_contain_text("10 days")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queue/**")


def decide_and_approve(page: Page) -> None:
    """The patient is monitored for it; then the key that approves."""
    page.keyboard.press("3")
    expect(page.locator("#decide-reason")).to_be_focused()
    page.keyboard.type("INR is measured on Friday")
    page.keyboard.press("Enter")
    expect(page.locator(".decision")).to_contain_text("INR is measured on Friday")
    page.keyboard.press("a")
    page.wait_for_url("**/queue/**")


def test_from_the_wire_to_the_patients_hands(page_as: Callable[[str], Page], live_server: Any, token: str) -> None:
    assert b"<Status>" in send(live_server.url, token)
    rx = Prescription.objects.get()
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
    other.keyboard.press("a")
    other.wait_for_url("**/queue/**")

    open_first(technician, "5")
    scan(technician, "C7")
    technician.wait_for_url("**/queue/**")
    open_first(technician, "6")
    expect(technician.locator(".bin")).to_have_text("C7")
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
    page_as: Callable[[str], Page], live_server: Any, token: str
) -> None:
    send(live_server.url, token)
    rx = Prescription.objects.get()
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
