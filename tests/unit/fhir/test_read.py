from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tallman.core.received import Address, Code, Coverage, ReceivedPrescription
from tallman.interchange.fhir.answer import kept, refused
from tallman.interchange.fhir.read import read
from tallman.interchange.fhir.warnings import REFUSALS, WARNINGS, Unreadable, warning
from tests.unit.fhir.bundles import TESS, allergy, bundle, order, patient, sent, warfarin_and_tmp_smx
from tests.unit.fhir.oracle import is_fhir


def received(found: dict[str, Any], *, is_valid: bool = True) -> list[ReceivedPrescription]:
    assert is_fhir(found) is is_valid
    return read(sent(found))


def refusal(found: dict[str, Any]) -> str:
    with pytest.raises(Unreadable) as caught:
        read(sent(found))
    return caught.value.code


COVERAGE = {
    "resourceType": "Coverage",
    "id": "card",
    "status": "active",
    "beneficiary": TESS,
    "subscriberId": "M-1",
    "payor": [{"display": "Lakeshore Health"}],
    "class": [
        {"type": {"coding": [{"code": "rxbin"}]}, "value": "610011"},
        {"type": {"coding": [{"code": "rxpcn"}]}, "value": "LKS"},
        {"type": {"coding": [{"code": "group"}]}, "value": "G7"},
    ],
}


def test_a_draft_in_a_bundle() -> None:
    found = warfarin_and_tmp_smx()
    found["entry"].append({"resource": COVERAGE})
    found["entry"][0]["resource"] |= {
        "address": [{"use": "home", "line": ["1 Elm St"], "city": "Ames", "state": "IA", "postalCode": "50010"}],
        "telecom": [{"system": "email", "value": "t@example.org"}, {"system": "phone", "value": "515-555-0100"}],
        "identifier": [{"system": "urn:mrn", "value": "7"}],
    }
    draft = found["entry"][9]["resource"]
    draft |= {
        "identifier": [{"system": "urn:orders", "value": "RX-77"}],
        "priority": "stat",
        "substitution": {"allowedBoolean": False},
        "category": [{"text": "Outpatient"}],
        "priorPrescription": {"reference": "MedicationRequest/metoprolol"},
    }
    (one,) = received(found)
    assert one.patient.name == "Okafor, Tess Marie"
    assert one.patient.address == Address(("1 Elm St",), "Ames", "IA", "50010")
    assert (one.patient.birth_date, one.patient.sex) == (date(1951, 3, 4), "female")
    assert (one.patient.phone, one.patient.email) == ("515-555-0100", "t@example.org")
    assert one.patient.identifiers == (Code("urn:mrn", "7"),)
    assert (one.prescriber.name, one.prescriber.npi, one.prescriber.dea) == ("Brandt, Ada", "1234567893", "AB1234563")
    assert one.medicine.text == "sulfamethoxazole-trimethoprim 800-160 mg tablet"
    assert one.sig == "Take 1 tablet by mouth twice daily for 7 days"
    assert one.quantity is not None
    assert (str(one.quantity.amount), one.quantity.written) == ("14 tablets", "14 tablet")
    assert (one.days_supply, one.refills, one.written_on) == (7, 0, date(2026, 11, 24))
    assert (one.order_number, one.replaces, one.setting) == ("RX-77", "metoprolol", "outpatient")
    assert (one.urgent, one.substitution_allowed, one.signed) == (True, False, False)
    assert one.diagnoses == (Code("icd10", "N390", "Urinary tract infection"),)
    assert one.notes == ("Culture pending",)
    assert [(a.substance, a.reaction) for a in one.allergies] == [("codeine", "nausea")]
    assert not one.no_known_allergies
    assert [o.loinc for o in one.observations] == ["29463-7", "6301-6"]
    assert one.coverage == (Coverage("Lakeshore Health", "610011", "LKS", "G7", "M-1"),)
    assert one.warnings == ()


def test_drafts_go_before_active_orders() -> None:
    active, draft = order("a", "warfarin 5 mg"), order("d", "aspirin 81 mg", status="draft")
    assert [p.order_number for p in received(bundle(patient(), active, draft))] == ["d"]
    plan = {**order("p", "metformin 500 mg"), "intent": "plan"}
    assert [p.order_number for p in received(bundle(patient(), plan, active))] == ["a"]
    assert refusal(bundle(patient(), plan, order("s", "x", status="stopped"))) == "NO-ORDER"
    assert refusal(bundle(patient())) == "NO-ORDER"
    assert refusal(patient()) == "NOT-AN-ORDER"


def test_each_prescription_has_its_own_warnings() -> None:
    one, two = order("1", None, status="draft"), order("2", "aspirin 81 mg", None, status="draft")
    first, second = received(bundle(patient(), one, two), is_valid=False)
    assert [w.code for w in first.warnings] == ["MEDICINE-MISSING"]
    assert [w.code for w in second.warnings] == ["SIG-MISSING"]


@pytest.mark.parametrize(
    "found, substances, none_known",
    [
        ([allergy("NKDA")], [], True),
        ([allergy("NKDA"), allergy("penicillin", id="2")], ["penicillin"], False),
        ([allergy("penicillin", clinicalStatus={"coding": [{"code": "inactive"}]})], [], False),
        ([allergy("NKFA")], [], False),
        ([allergy("NKDA, no known food allergies")], [], True),
        ([allergy("NKDA", verificationStatus={"coding": [{"code": "refuted"}]})], [], False),
        ([], [], False),
    ],
)
def test_allergies(found: list[dict[str, Any]], substances: list[str], none_known: bool) -> None:
    (one,) = received(bundle(patient(), order("d", "aspirin 81 mg", status="draft"), *found))
    assert ([a.substance for a in one.allergies], one.no_known_allergies) == (substances, none_known)


def test_an_order_sent_alone() -> None:
    inside = order("d", "aspirin 81 mg", contained=[patient("p")], subject={"reference": "#p"})
    (one,) = received(inside)
    assert (one.patient.family_name, one.warnings) == ("Okafor", ())
    number = {"system": "urn:mrn", "value": "7"}
    (one,) = received(order("d", "aspirin 81 mg", subject={"display": "Tess Okafor", "identifier": number}))
    assert (one.patient.family_name, one.patient.identifiers) == ("Tess Okafor", (Code("urn:mrn", "7"),))
    assert [w.code for w in one.warnings] == ["REFERENCE-UNKNOWN"]
    assert one.observations == ()


def test_a_compound_lists_its_parts() -> None:
    def part(text: str, value: int) -> dict[str, Any]:
        strength = {"numerator": {"value": value, "unit": "mg"}, "denominator": {"value": 1, "unit": "mL"}}
        return {"itemCodeableConcept": {"text": text}, "strength": strength}

    inside = {
        "resourceType": "Medication",
        "id": "m",
        "form": {"text": "oral suspension"},
        "ingredient": [part("omeprazole", 2), part("sodium bicarbonate", 84)],
    }
    draft = order("d", None, status="draft", contained=[inside], medicationReference={"reference": "#m"})
    (one,) = received(bundle(patient(), draft))
    assert one.medicine.text == "omeprazole 2 mg/mL / sodium bicarbonate 84 mg/mL oral suspension"
    assert [(i.text, i.strength) for i in one.medicine.ingredients] == [
        ("omeprazole", "2 mg/mL"),
        ("sodium bicarbonate", "84 mg/mL"),
    ]


# Answers


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_why_and_where(code: str) -> None:
    answer = json.loads(refused(Unreadable(code, "Bundle.entry[1]")))
    assert is_fhir(answer)
    (issue,) = answer["issue"]
    assert (issue["severity"], issue["details"]["text"]) == ("error", REFUSALS[code])
    assert issue["expression"] == ["Bundle.entry[1]"]


def test_what_was_kept_and_what_was_not_understood() -> None:
    answer = json.loads(kept(2, [warning("SIG-MISSING", "Bundle.entry[3]"), warning("SIG-MISSING", "Bundle.entry[3]")]))
    assert is_fhir(answer)
    first, second = answer["issue"]
    assert (first["severity"], first["details"]["text"]) == ("information", "2 prescriptions were received")
    assert (second["severity"], second["details"]["text"]) == ("warning", WARNINGS["SIG-MISSING"])
    again = json.loads(kept(1, before=True))
    assert again["issue"][0]["details"]["text"].startswith("1 prescription was received with this message before")


@pytest.mark.parametrize(
    "moment, zone, expected",
    [
        ("2026-11-29T01:30:00Z", "America/New_York", date(2026, 11, 28)),
        ("2026-11-29T05:30:00.1234567Z", "America/New_York", date(2026, 11, 29)),
        ("2026-11-29T01:30:00Z", "UTC", date(2026, 11, 29)),
        ("2026-11-28T23:30:00-05:00", "Asia/Tokyo", date(2026, 11, 28)),
        ("2026-11-28", "America/New_York", date(2026, 11, 28)),
    ],
)
def test_a_moment_in_utc_is_on_the_day_of_the_pharmacy(moment: str, zone: str, expected: date) -> None:
    found = bundle(patient(), order("d", "aspirin 81 mg", status="draft", authoredOn=moment))
    (one,) = read(sent(found), ZoneInfo(zone))
    assert one.written_on == expected
