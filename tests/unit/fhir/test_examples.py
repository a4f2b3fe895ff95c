"""HL7's own examples: each is read, or refused with a sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tallman.interchange.fhir.read import read
from tallman.interchange.fhir.warnings import REFUSALS, Unreadable
from tests.unit.fhir.bundles import DRAFT_KINDS, as_draft, bundle, order, patient, sent

ON = date(2026, 11, 24)


def examples(folder: Path, *kinds: str) -> list[dict[str, object]]:
    found = [p for kind in kinds for p in sorted((folder / "fhir" / "r4-examples").glob(f"{kind}-*.json"))]
    assert found
    return [json.loads(p.read_bytes()) for p in found]


def test_every_prescription_is_screened(shared_data: Path, knowledge: Knowledge) -> None:
    for example in examples(shared_data, "MedicationRequest"):
        case, _ = read_case(sent(bundle(patient(), as_draft(example))), knowledge)
        (draft,) = case.proposed
        assert draft.id == example["id"]
        assert draft.medicine.text
        result = screen(case, knowledge)
        assert result.failed == ()
        assert draft.medicine.is_known or any(n.order == draft.id for n in result.not_checked)


def test_every_prescription_is_received(shared_data: Path) -> None:
    statuses = ("active", "draft")
    for example in examples(shared_data, "MedicationRequest"):
        if example["status"] not in statuses:
            with pytest.raises(Unreadable, match="no draft or active"):
                read(json.dumps(example).encode())
            continue
        (one,) = read(json.dumps(example).encode())
        assert one.medicine.text
        assert one.sig
        assert one.prescriber.name


def test_every_fact_about_a_patient_is_taken(shared_data: Path, knowledge: Knowledge) -> None:
    draft = order("new", "lisinopril 10 mg tablet", status="draft")
    for example in examples(shared_data, *DRAFT_KINDS):
        found = as_draft(example)
        case, warnings = read_case(sent(bundle(patient(), draft, found)), knowledge)
        kind, status = found["resourceType"], found.get("status")
        if kind == "AllergyIntolerance":
            assert case.patient.allergies is not None or "latex" in json.dumps(found).lower()
        elif kind == "MedicationStatement" and status in ("active", "intended"):
            assert case.current
        assert {w.code for w in warnings} <= {
            "REFERENCE-UNKNOWN", "DATE-PARTIAL", "SIG-MISSING", "SIG-FROM-STRUCTURE", "SIG-DIFFERS", "SIG-COMPLETED",
            "STATUS-UNKNOWN", "QUANTITY-UNREADABLE", "QUANTITY-BARE", "DISPENSE-ON-HOLD", "NOT-USED", "DAYS-UNREADABLE",
        }  # fmt: skip


def test_every_patient_is_taken(shared_data: Path, knowledge: Knowledge) -> None:
    for example in examples(shared_data, "Patient"):
        draft = order("new", "lisinopril 10 mg", status="draft", subject={"reference": f"Patient/{example['id']}"})
        case, warnings = read_case(sent(bundle(example, draft)), knowledge, ON)
        assert [o.id for o in case.proposed] == ["new"]
        assert {w.code for w in warnings} <= {"DATE-PARTIAL", "DECEASED", "MODIFIER"}


def test_every_bundle_is_read_or_refused(shared_data: Path, knowledge: Knowledge) -> None:
    outcomes = [_outcome(json.dumps(e).encode(), knowledge) for e in examples(shared_data, "Bundle")]
    assert {"read", "NO-DRAFT"} & set(outcomes)
    assert set(outcomes) & set(REFUSALS)


def _outcome(data: bytes, knowledge: Knowledge) -> str:
    try:
        case, warnings = read_case(data, knowledge, ON)
    except Unreadable as error:
        return error.code
    return "read" if case.proposed else next(w.code for w in warnings if w.code == "NO-DRAFT")
