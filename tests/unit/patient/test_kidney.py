"""Kidney function: the published equations, the weight that is used, and what cannot be worked out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from tallman.core.kidney import creatinine_clearance, egfr, ideal_weight
from tallman.core.lab import Lab
from tallman.core.patient import Observation, Patient
from tallman.core.quantity import Amount

TODAY = date(2026, 11, 24)
LABS = {
    "creatinine": Lab("creatinine", "creatinine", "mg/dL", ("2160-0",), (("umol/l", "1/88.42"),)),
    "egfr": Lab("egfr", "eGFR", "mL/min/1.73 m2", ("98979-8",)),
    "crcl": Lab("crcl", "creatinine clearance", "mL/min", ("35591-7",)),
}


def person(age: int, sex: str | None, creatinine: str | None, unit: str = "mg/dL", **more: object) -> Patient:
    """Somebody with a creatinine of ten days ago."""
    on = TODAY - timedelta(days=10)
    results = (Observation("2160-0", on, Decimal(creatinine), unit),) if creatinine else ()
    return Patient(birth_date=date(TODAY.year - age, 1, 1), sex=sex, observations=results, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "age, sex, creatinine, expected",
    [(50, "male", "1.0", 92), (50, "female", "1.0", 69), (70, "female", "2.6", 19), (30, "male", "0.6", 133)],
)
def test_egfr_after_ckd_epi_2021(age: int, sex: str, creatinine: str, expected: int) -> None:
    """Worked out by hand from the published coefficients."""
    assert round(egfr(person(age, sex, creatinine), LABS, TODAY).value or 0) == expected


def test_clearance_by_hand() -> None:
    patient = person(60, "male", "1.2", weight=Amount(Decimal(72), "kg"))
    function = creatinine_clearance(patient, LABS, TODAY)
    assert function.value == Fraction(80 * 72, 1) / (72 * Fraction("1.2"))
    assert "actual weight" in function.arithmetic
    assert "height is not on record" in function.arithmetic
    woman = person(60, "female", "1.2", weight=Amount(Decimal(72), "kg"))
    assert creatinine_clearance(woman, LABS, TODAY).value == function.value * Fraction("0.85")


@pytest.mark.parametrize(
    "kilograms, said", [("50", "actual weight"), ("75", "ideal weight"), ("120", "adjusted weight")]
)
def test_the_weight_that_is_used_is_shown(kilograms: str, said: str) -> None:
    patient = person(60, "male", "1.2", weight=Amount(Decimal(kilograms), "kg"), height=Amount(Decimal(175), "cm"))
    assert f"({said})" in creatinine_clearance(patient, LABS, TODAY).arithmetic


def test_ideal_weight_of_five_feet_and_of_six() -> None:
    assert ideal_weight(Decimal("152.4"), "male") == 50
    assert ideal_weight(Decimal("182.88"), "female") == Fraction("45.5") + 12 * Fraction("2.3")


def test_micromoles_are_converted() -> None:
    assert round(egfr(person(50, "male", "88.42", "umol/L"), LABS, TODAY).value or 0) == 92


@pytest.mark.parametrize(
    "patient, why",
    [
        (person(60, "male", None), "no creatinine"),
        (person(60, None, "1.0"), "sex"),
        (person(12, "male", "0.6"), "adults"),
        (person(60, "male", "1.0", "mmol/kg"), "its unit 'mmol/kg' is not known"),
    ],
)
def test_what_cannot_be_worked_out_says_why(patient: Patient, why: str) -> None:
    function = egfr(patient, LABS, TODAY)
    assert function.value is None
    assert why in function.why_not


def test_a_newer_report_of_the_laboratory_wins() -> None:
    patient = person(50, "male", "1.0")
    reported = Observation("98979-8", TODAY, Decimal(55), "mL/min/1.73 m2")
    with_report = Patient(birth_date=patient.birth_date, sex="male", observations=(*patient.observations, reported))
    assert egfr(with_report, LABS, TODAY).value == 55
