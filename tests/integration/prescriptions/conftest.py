"""A patient on warfarin, a prescriber, and prescriptions brought to the stage a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tallman.core.received import (
    ReceivedAllergy,
    ReceivedMedicine,
    ReceivedPatient,
    ReceivedPrescriber,
    ReceivedPrescription,
    ReceivedQuantity,
)
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient, record_fact, record_no_known_allergies
from tallman.server.patients.models import Observation, OutsideMedicine, Patient
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Finding, Prescriber, Prescription
from tallman.server.web import clock

NOON = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)
IBUPROFEN, LISINOPRIL, METFORMIN = "197806", "314076", "861007"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A Wednesday noon in New York."""
    with clock.fixed(NOON):
        yield


@pytest.fixture
def patient(person: Callable[[str], Any]) -> Patient:
    """A woman of 66 who takes warfarin and knows of no allergy."""
    who = {"family_name": "Okonjo", "given_names": "Marta", "birth_date": date(1960, 2, 9), "sex": "female"}
    marta = add_patient(person=who, by=SYSTEM)
    record_no_known_allergies(patient=marta, by=SYSTEM)
    weight = Observation(loinc="29463-7", value=Decimal(71), unit="kg", on=date(2026, 5, 4))
    record_fact(patient=marta, fact=weight, by=person("technician"))
    outside = OutsideMedicine(text="warfarin 5 mg oral tablet", directions="Take 1 tablet by mouth once daily")
    record_fact(patient=marta, fact=outside, by=person("technician"))
    return marta


@pytest.fixture
def prescriber(db: None) -> Prescriber:
    return actions.add_prescriber(family_name="Lindqvist", given_names="Ada", npi="1234567893", by=SYSTEM)


@pytest.fixture
def received(db: None) -> Callable[..., Prescription]:
    """`received()`: a prescription for ibuprofen as it came, nothing matched."""

    def make(**options: Any) -> Prescription:
        message = ReceivedPrescription(
            patient=ReceivedPatient(family_name="Okonjo", given_names="Marta", birth_date=date(1960, 2, 9)),
            prescriber=ReceivedPrescriber(family_name="Lindqvist", given_names="Ada", npi="1234567893"),
            medicine=ReceivedMedicine(text="Ibuprofen 600 mg tablet"),
            sig="1 tab po tid prn pain",
            quantity=ReceivedQuantity(Decimal(30), "tablet", "30 tablets"),
            written_on=date(2026, 6, 2),
            allergies=(ReceivedAllergy("Sulfa", "hives"),),
        )
        return actions.receive(received=message, by=SYSTEM, **options)

    return make


@pytest.fixture
def entry(patient: Patient, prescriber: Prescriber) -> Callable[..., Entry]:
    """`entry(product_id=…)`: what a technician types; ibuprofen, which does not go with her warfarin."""

    def make(**changes: Any) -> Entry:
        typed: dict[str, Any] = {
            "patient": patient,
            "prescriber": prescriber,
            "product_id": IBUPROFEN,
            "sig": "Take 1 tablet by mouth three times daily as needed for pain",
            "quantity": Decimal(30),
            "quantity_unit": "tablet",
            "days_supply": 10,
            "refills": 0,
            "written_on": date(2026, 6, 2),
        }
        return Entry(**typed | changes)

    return make


@pytest.fixture
def entered(
    received: Callable[..., Prescription], entry: Callable[..., Entry], person: Callable[[str], Any]
) -> Callable[..., Prescription]:
    """`entered(product_id=…)`: entered by a technician, screened, waiting for review."""

    def make(**changes: Any) -> Prescription:
        row = received()
        return actions.enter(prescription=row, version=row.version, entry=entry(**changes), by=person("technician"))

    return make


@pytest.fixture
def undecided() -> Callable[[Prescription], Finding]:
    """The gravest finding that waits for a decision."""

    def find(row: Prescription) -> Finding:
        return Finding.objects.filter(screening=row.screening_id, is_interruptive=True, decision=None)[0]

    return find


@pytest.fixture
def approved(entered: Callable[..., Prescription], person: Callable[[str], Any]) -> Callable[..., Prescription]:
    """`approved(product_id=…)`: every finding decided for it, and approved."""

    def make(**changes: Any) -> Prescription:
        row, by = entered(**changes), person("pharmacist")
        for finding in Finding.objects.filter(screening=row.screening_id, is_interruptive=True):
            row.refresh_from_db()
            said = {"outcome": "override-monitoring", "reason": "INR on Friday"}
            actions.decide(finding=finding, version=row.version, by=by, **said)
        row.refresh_from_db()
        return actions.approve(prescription=row, version=row.version, by=by)

    return make
