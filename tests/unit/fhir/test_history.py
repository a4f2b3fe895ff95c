"""What was done to the patient and what relatives have: read as history, in words, and never as more."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import pytest

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load

knowledge = lru_cache(maxsize=1)(load)
SUBJECT = {"reference": "Patient/p"}


def found(born: str, medicine: str, sig: str, *more: dict[str, Any]) -> set[str]:
    """The codes of what stops for a prescription with these resources beside it."""
    patient = {"resourceType": "Patient", "id": "p", "birthDate": born, "gender": "female"}
    order = {
        "resourceType": "MedicationRequest", "id": "o", "status": "draft", "intent": "order", "subject": SUBJECT,
        "medicationCodeableConcept": {"text": medicine}, "dosageInstruction": [{"text": sig}],
        "authoredOn": "2026-03-02T09:00:00-05:00",
    }  # fmt: skip
    entries = [{"resource": r} for r in (patient, order, *more)]
    sent = {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-02T09:30:00-05:00", "entry": entries}
    case, _ = read_case(json.dumps(sent).encode(), knowledge())
    return {f.code for f in screen(case, knowledge()).findings if f.severity.is_interruptive}


def procedure(text: str, day: str, status: str = "completed") -> dict[str, Any]:
    """Something done on a day."""
    done = {"resourceType": "Procedure", "id": "d", "status": status, "subject": SUBJECT, "code": {"text": text}}
    return done | {"performedDateTime": day}


@pytest.mark.parametrize(
    ("done", "stops"),
    [
        (procedure("Tonsillectomy", "2026-02-26"), True),
        (procedure("Tonsillectomy", "2018-02-26"), False),
        (procedure("Tonsillectomy", "2026-02-26", "not-done"), False),
        (procedure("Appendectomy", "2026-02-26"), False),
    ],
)
def test_an_operation_counts_while_it_matters(done: dict[str, Any], stops: bool) -> None:
    codes = found("2011-05-05", "tramadol 50 mg tablet", "take 1 tablet by mouth every 6 hours as needed", done)
    assert ("AGE-CODEINE-TRAMADOL-TONSILS" in codes) is stops


@pytest.mark.parametrize(("text", "stops"), [("Medullary thyroid carcinoma", True), ("Breast cancer", False)])
def test_relatives_count_where_a_rule_asks_for_them(text: str, stops: bool) -> None:
    history = {"resourceType": "FamilyMemberHistory", "id": "f", "status": "completed", "patient": SUBJECT}
    history |= {"condition": [{"code": {"text": text}}]}
    codes = found(
        "1980-05-05", "Ozempic 0.25 mg or 0.5 mg/dose pen", "inject 0.25 mg subcutaneously once weekly", history
    )
    assert ("CONDITION-GLP1-THYROID-CANCER" in codes) is stops
    assert "CONDITION-ESTROGEN-BREAST-CANCER" not in codes
