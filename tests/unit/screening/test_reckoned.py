"""An amount beside the dose by weight or surface that it was reckoned from: what the charted size comes to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallman.core.drug import Medicine
from tallman.core.identify import identify
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.screening.reckoned import Misreckoned, misreckoned
from tallman.core.sig import parse
from tallman.interchange.fhir.current import UNREAD
from tests.authored import load

SMALL = Patient(sex="female", weight=Amount(Decimal(62), "kg"), height=Amount(Decimal(160), "cm"))
LARGE = Patient(sex="male", weight=Amount(Decimal(120), "kg"), height=Amount(Decimal(175), "cm"))
CHILD = Patient(weight=Amount(Decimal(16), "kg"))


def reckoned(directions: str, patient: Patient, note: str = "", medicine: Medicine = UNREAD) -> Misreckoned | None:
    return misreckoned(Order("o1", medicine, parse(directions), note=note), patient, load())


def said(directions: str, patient: Patient, note: str = "") -> str:
    found = reckoned(directions, patient, note)
    return found.said if found else ""


@pytest.mark.parametrize(
    ("directions", "patient"),
    [
        ("75 mg/m2 (175 mg) IV over 1 hour", SMALL),
        ("75 mg/m2 = 175 mg IV every 21 days", SMALL),
        ("75 mg/m2 (BSA 1.66 m2) = 175 mg IV over 60 minutes day 1 every 21 days", SMALL),
        ("75 mg/m2 (BSA 1.66) 175 mg IV every 21 days", SMALL),
        ("75 mg/m2 x 1.66 m2 = 175 mg IV every 21 days", Patient()),
        ("1,000 mg/m2 (BSA 1.66 m2) = 2,660 mg IV days 1 and 8", SMALL),
        ("175 mg (75 mg/m2) IV once", SMALL),
        ("75 mg/m2 (80 mg) IV once", SMALL),
        ("10 mg/kg (350 mg = 17.5 mL) po q6h", CHILD),
        ("10 mg/kg (17.5 mL = 350 mg) po q6h", CHILD),
        ("10 mg/kg/dose (0.35 g) po q6h", CHILD),
        ("10 to 15 mg/kg (160 to 350 mg) po q6h", CHILD),
        ("10 mg/kg (350 mg, max 400 mg) po q6h", CHILD),
        ("20 mL/kg (640 mL) IV bolus", CHILD),
    ],
)
def test_an_amount_that_does_not_fit_is_told(directions: str, patient: Patient) -> None:
    assert said(directions, patient)


@pytest.mark.parametrize(
    ("directions", "patient"),
    [
        ("75 mg/m2 (125 mg) IV over 1 hour", SMALL),
        ("75 mg/m2 (130 mg) IV over 1 hour", SMALL),
        ("75 mg/m2 (100 mg, reduced by 20%) IV over 1 hour", SMALL),
        ("1.4 mg/m2 (max 2 mg) = 2 mg IV day 1", SMALL),
        ("75 mg/m2 x 1.66 m2 = 125 mg IV every 21 days", Patient()),
        ("75 mg/m2 (175 mg) IV over 1 hour", Patient()),
        ("AUC 5 (600 mg) IV over 1 hour", SMALL),
        ("10 mg/kg (160 mg = 8 mL) po q6h", CHILD),
        ("10 mg/kg (8 mL = 160 mg) po q6h", CHILD),
        ("10 mg/kg (8 mL) po q6h", CHILD),
        ("90 mg/kg/day (720 mg) po bid", CHILD),
        ("0.1 mg/kg/h (1.6 mg/h) IV", CHILD),
        ("10 to 15 mg/kg (160 mg) po q6h", CHILD),
        ("5 mg/kg (350 mg) IV q24h", LARGE),
        ("5 mg/kg (450 mg) IV q24h", LARGE),
        ("5 mg/kg (500 mg) IV q24h", LARGE),
        ("10 mg/kg (80 mg) po div bid", CHILD),
        ("10 mg/kg (80 mg) po in two doses", CHILD),
        ("10 mg/kg (wt 35 lb) = 160 mg po once", Patient()),
    ],
)
def test_an_amount_that_fits_or_may_be_less_is_not(directions: str, patient: Patient) -> None:
    assert not said(directions, patient)


def test_a_note_may_say_why_it_is_less() -> None:
    assert not said("75 mg/m2 (100 mg) IV once", SMALL, note="80 % for neuropathy")


@pytest.mark.parametrize(
    ("directions", "is_grave"),
    [
        ("10 mg/kg (350 mg) po q6h", True),
        ("10 mg/kg (60 mg) po q6h", True),
        ("10 mg/kg (120 mg) po q6h", False),
    ],
)
def test_too_much_and_less_than_half_are_grave(directions: str, is_grave: bool) -> None:
    found = reckoned(directions, CHILD)
    assert found
    assert found.is_grave is is_grave


def test_a_most_on_file_says_why_it_is_less() -> None:
    grown, gentamicin = Patient(weight=Amount(Decimal(120), "kg")), identify("gentamicin 40 mg/mL vial", load())
    acetaminophen = identify("acetaminophen 10 mg/mL IV solution", load())
    assert not reckoned("15 mg/kg (1000 mg) IV q6h", grown, medicine=acetaminophen)
    assert reckoned("15 mg/kg (900 mg) IV q6h", grown, medicine=acetaminophen)
    assert reckoned("15 mg/kg (900 mg) IV q24h", grown, medicine=gentamicin)
