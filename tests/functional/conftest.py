"""A small pharmacy and a message on the wire, with the people and browsers of the integration tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tallman.server.audit.actions import SYSTEM
from tallman.server.inventory.actions import add_item, receive_stock
from tallman.server.patients.actions import add_patient, record_fact, record_no_known_allergies
from tallman.server.patients.models import OutsideMedicine
from tallman.server.prescriptions.actions import add_prescriber
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock
from tests.integration.conftest import flushing_past_the_guards, page_as, person, quick_hashing, token
from tests.unit.script.newrx import newrx

__all__ = ["flushing_past_the_guards", "page_as", "person", "quick_hashing", "token"]

IBUPROFEN_600, IBUPROFEN_800 = "9999-0201-01", "9999-0202-01"
PRODUCTS = {
    IBUPROFEN_600: ("197806", "ibuprofen 600 mg oral tablet"),
    IBUPROFEN_800: ("197807", "ibuprofen 800 mg oral tablet"),
}


@pytest.fixture
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


@pytest.fixture
def sent(pharmacy: None, live_server: Any, token: str) -> Prescription:
    """The prescription that a message brought over the wire."""
    assert b"<Status>" in send(live_server.url, token)
    return Prescription.objects.get()


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
