"""Results that are an illness by themselves: read as the condition, told once, compared by the laboratory's limit."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

import pytest

from tallman.core.measured_conditions import with_measured_conditions
from tallman.core.patient import Condition, Observation, Patient
from tallman.core.screening.finding import Category
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load
from tallman.knowledge.schema import ExampleEntry

TODAY = date(2026, 3, 2)
CREATININE, POTASSIUM, LVEF = "2160-0", "2823-3", "10230-1"
knowledge = lru_cache(maxsize=1)(load)


def _codes(*measured: tuple[str, str, str, int], conditions: tuple[Condition, ...] = ()) -> tuple[str, ...]:
    observations = tuple(Observation(c, TODAY - timedelta(days=d), Decimal(v), u) for c, v, u, d in measured)
    patient = Patient(birth_date=date(1960, 1, 1), sex="male", observations=observations, conditions=conditions)
    return with_measured_conditions(patient, knowledge().labs, TODAY).codes


@pytest.mark.parametrize(
    ("measured", "codes"),
    [
        ([(POTASSIUM, "5.9", "mmol/L", 2)], ("E875",)),
        ([(POTASSIUM, "5.9", "mmol/L", 60)], ()),
        ([(POTASSIUM, "5.4", "mmol/L", 0)], ()),
        ([(LVEF, "40", "%", 200)], ("I5022",)),
        ([(LVEF, "55", "%", 2), (LVEF, "25", "%", 200)], ()),
        ([(CREATININE, "2.0", "mg/dL", 0), (CREATININE, "1.0", "mg/dL", 4)], ("N179",)),
        ([(CREATININE, "2.0", "mg/dL", 0), (CREATININE, "1.0", "mg/dL", 40)], ()),
        ([(CREATININE, "0.9", "mg/dL", 0), (CREATININE, "0.6", "mg/dL", 3)], ()),
        ([(CREATININE, "1.0", "mg/dL", 0), (CREATININE, "2.0", "mg/dL", 4)], ()),
    ],
)
def test_what_results_are_read_as(measured: list[tuple[str, str, str, int]], codes: tuple[str, ...]) -> None:
    assert _codes(*measured) == codes


def test_what_the_list_says_is_not_said_again() -> None:
    assert _codes((POTASSIUM, "5.9", "mmol/L", 2), conditions=(Condition("E875"),)) == ("E875",)


def test_a_result_is_told_once() -> None:
    entry = ExampleEntry(
        new="spironolactone 25 mg tablet; take 1 tablet by mouth daily", labs={"potassium": "5.9 mmol/L"}
    )
    found = [f for f in screen(case_of(entry, knowledge()), knowledge()).findings if "5.9" in f.summary]
    assert [f.category for f in found] == [Category.LAB]


@pytest.mark.parametrize(("most", "stops"), [(None, True), (56, False), (500, True)])
def test_the_laboratorys_own_limit_counts(most: int | None, stops: bool) -> None:
    """ALT of 140 U/L is more than three times 40 and less than three times 56; a limit of 500 is none."""
    loinc = {"coding": [{"system": "http://loinc.org", "code": "1742-6"}]}
    alt = {
        "resourceType": "Observation", "id": "a", "status": "final", "code": loinc,
        "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-03-01",
        "valueQuantity": {"value": 140, "unit": "U/L", "code": "U/L"},
        "referenceRange": [{"high": {"value": most, "unit": "U/L", "code": "U/L"}}] if most else [],
    }  # fmt: skip
    order = {
        "resourceType": "MedicationRequest", "id": "o", "status": "draft", "intent": "order",
        "subject": {"reference": "Patient/p"}, "medicationCodeableConcept": {"text": "bosentan 62.5 mg tablet"},
        "dosageInstruction": [{"text": "take 1 tablet by mouth twice daily"}], "authoredOn": "2026-03-02",
    }  # fmt: skip
    person = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01", "gender": "male"}
    sent = {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-02T09:30:00-05:00"}
    bundle = json.dumps(sent | {"entry": [{"resource": r} for r in (person, alt, order)]}).encode()
    findings = screen(read_case(bundle, knowledge())[0], knowledge()).findings
    assert any(f.severity.is_interruptive and "ALT 140" in f.summary for f in findings) is stops
