"""Doses by weight and surface come to an amount where the size is known, and are left alone where it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tallman.core.drug import Medicine
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.screening.sizing import is_child, large, of_size_one, sized, surface, unsized
from tallman.core.sig import parse
from tallman.interchange.fhir.current import UNREAD

ON = date(2026, 3, 2)
KNOWN = Patient(birth_date=date(1980, 1, 1), weight=Amount(Decimal(70), "kg"), height=Amount(Decimal(170), "cm"))
UNKNOWN = Patient(birth_date=date(1980, 1, 1))


def order(sig: str, medicine: Medicine = UNREAD) -> Order:
    return Order("o1", medicine, parse(sig))


@pytest.mark.parametrize(
    ("sig", "amount"),
    [("15 mg/kg IV every 12 hours", "1050"), ("60 mg/m2 IV once", "109.2"), ("500 mg IV once", "500")],
)
def test_what_a_dose_by_size_comes_to(sig: str, amount: str) -> None:
    dose = sized(order(sig), KNOWN).sig.steps[0].dose
    assert dose
    assert dose.per is None
    assert dose.high == Decimal(amount)


def test_a_size_that_is_not_known_is_not_guessed() -> None:
    left = sized(order("60 mg/m2 IV once"), UNKNOWN)
    assert unsized(left) == "m2"
    assert surface(UNKNOWN) is None
    assert surface(of_size_one(UNKNOWN)) == 1


def test_the_largest_person_stands_for_an_adult_and_never_for_a_child() -> None:
    person = large(UNKNOWN, ON)
    assert person
    assert person.weight == Amount(Decimal(150), "kg")
    child = replace(UNKNOWN, birth_date=date(2022, 1, 1))
    assert is_child(child, ON)
    assert large(child, ON) is None


def test_the_codes_beside_the_text_are_worked_out_with_it() -> None:
    both = replace(order("15 mg/kg IV every 12 hours"), coded=parse("15 mg/kg IV every 12 hours"))
    found = sized(both, KNOWN)
    assert found.coded
    assert found.coded.steps[0].dose == found.sig.steps[0].dose
    assert sized(both, UNKNOWN) == both


@pytest.mark.parametrize(
    "sig",
    [
        "10 mg/kg (160 mg = 8 mL) po q6h prn fever",
        "10 mg/kg (160 mg/8 mL) po q6h",
        "10 mg/kg/dose (160 mg = 8 mL) by mouth every 6 hours",
    ],
)
@pytest.mark.parametrize("weight", [None, Amount(Decimal(15), "kg")])
def test_a_volume_belongs_to_the_amount_beside_it_and_not_to_what_it_was_reckoned_from(
    sig: str, weight: Amount | None
) -> None:
    dose = sized(order(sig), Patient(weight=weight)).sig.steps[0].dose
    assert dose
    assert (dose.low, dose.unit, dose.per, dose.strength) == (160, "mg", None, Amount(Decimal(8), "mL"))
