"""The same facts told in the other ways that systems have: nothing of them may be lost without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tallman.core.conditions import with_read_conditions
from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.unit.fhir.bundles import TESS, allergy, bundle, condition, measurement, observation, order, patient, sent

DRAFT = order("new", "warfarin 5 mg tablet", status="draft")


def told(knowledge: Knowledge, *resources: dict[str, Any], draft: dict[str, Any] = DRAFT) -> tuple[Case, set[str]]:
    """The case that resources make beside a patient and a draft, and the codes of the warnings."""
    case, warnings = read_case(sent(bundle(patient(), allergy("NKDA"), *resources, draft)), knowledge)
    return case, {w.code for w in warnings}


def codes(case: Case) -> list[str | None]:
    """The ICD-10-CM codes of the active problems."""
    return [c.code for c in case.patient.conditions if c.active]


# What another resource holds


INSIDE = {"resourceType": "Condition", "id": "in", "code": condition("I50.9")["code"]}


@pytest.mark.parametrize(
    "holder",
    [
        {"resourceType": "Encounter", "status": "in-progress", "diagnosis": [{"condition": {"reference": "#in"}}]},
        {"resourceType": "List", "status": "current", "entry": [{"item": {"reference": "#in"}}]},
        order("other", "aspirin 81 mg tablet", reasonReference=[{"reference": "#in"}]),
    ],
)
def test_a_problem_inside_another_resource(knowledge: Knowledge, holder: dict[str, Any]) -> None:
    case, _ = told(knowledge, {"id": "h", "subject": TESS, "contained": [INSIDE], **holder})
    assert codes(case) == ["I509"]


def test_what_is_inside_belongs_to_whom_its_holder_names(knowledge: Knowledge) -> None:
    theirs = {"resourceType": "Encounter", "id": "h", "status": "in-progress", "contained": [INSIDE]}
    case, warnings = told(knowledge, patient("omar"), theirs | {"subject": {"reference": "Patient/omar"}})
    assert (codes(case), "OTHER-PATIENT" in warnings) == ([], True)
    case, _ = told(knowledge, theirs | {"subject": TESS, "status": "entered-in-error"})
    assert codes(case) == []


def test_results_inside_a_report_have_its_day(knowledge: Knowledge) -> None:
    result = {k: v for k, v in measurement("6301-6", 5.2, "{INR}").items() if k not in ("subject", "effectiveDateTime")}
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "subject": TESS,
        "code": {"text": "INR"},
    }
    case, _ = told(knowledge, report | {"effectiveDateTime": "2026-11-23", "contained": [result]})
    assert [(o.loinc, o.value, o.on) for o in case.patient.observations] == [
        ("6301-6", Decimal("5.2"), date(2026, 11, 23))
    ]


def test_what_is_sent_twice_counts_once(knowledge: Knowledge) -> None:
    taken = order("m", "aspirin 81 mg tablet")
    case, warnings = told(knowledge, taken, taken, DRAFT)
    assert ([o.id for o in case.current], [o.id for o in case.proposed], warnings) == (["m"], ["new"], set())
    case, warnings = told(knowledge, taken, {**taken, "status": "on-hold"})
    assert (len(case.current), "DUPLICATE-ID" in warnings) == (2, True)


# Conditions


@pytest.mark.parametrize("status, is_active", [("in-progress", True), ("finished", False), ("cancelled", None)])
def test_what_a_stay_is_for(knowledge: Knowledge, status: str, *, is_active: bool | None) -> None:
    stay = {"resourceType": "Encounter", "id": "e", "status": status, "subject": TESS}
    case, _ = told(knowledge, stay | {"reasonCode": [condition("K92.2")["code"]]})
    assert [(c.code, c.active) for c in case.patient.conditions] == (
        [("K922", is_active)] if is_active is not None else []
    )


@pytest.mark.parametrize(
    "concept, code",
    [
        ({"coding": [{"system": "2.16.840.1.113883.6.90", "code": "I50.9"}]}, "I509"),
        ({"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm|2026", "code": "i509"}]}, "I509"),
        ({"coding": [{"system": "I10C", "code": "I50.9"}]}, "I509"),
        ({"coding": [{"code": "N10"}]}, "N10"),
        ({"coding": [{"system": "http://ehr.example.org/problems", "code": "4711"}]}, None),
        ([{"coding": [{"code": "I50.9"}]}], None),
    ],
)
def test_how_a_problem_is_coded(knowledge: Knowledge, concept: Any, code: str | None) -> None:
    case, _ = told(knowledge, condition("I10", id="c") | {"code": concept})
    assert codes(case) == [code]
    unread = [n for n in screen(case, knowledge).not_checked if n.check == "condition"]
    assert bool(unread) is (code is None)


@pytest.mark.parametrize("ends, is_active", [("2026-12-31", True), ("2026-11-20", False), ("2026", False)])
def test_a_day_to_come_is_no_end_yet(knowledge: Knowledge, ends: str, *, is_active: bool) -> None:
    case, _ = told(knowledge, condition("I50.9", abatementDateTime=ends))
    assert bool(codes(case)) is is_active


def test_a_reason_in_words(knowledge: Knowledge) -> None:
    draft = DRAFT | {"reasonCode": [{"text": "atrial fibrillation"}, condition("I10")["code"]]}
    case, _ = told(knowledge, draft=draft)
    assert {r[:3] for r in case.proposed[0].reasons} == {"I48", "I10"}


# Results


@pytest.mark.parametrize(
    "said, value, unit",
    [
        ("150 10*3/uL", "150", "10*3/uL"),
        ("1,200 /uL", "1200", "/uL"),
        ("5.9mmol/L", "5.9", "mmol/L"),
        ("< 0.5 ng/mL", "0.5", "ng/mL"),
        ("12", "12", None),
    ],
)
def test_a_result_as_a_text(knowledge: Knowledge, said: str, value: str, unit: str | None) -> None:
    case, _ = told(knowledge, observation("777-3", valueString=said))
    assert [(o.value, o.unit) for o in case.patient.observations] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "value, reason",
    [
        ({"valueQuantity": {"value": 6.4, "unit": "zorbs"}}, "its unit 'zorbs' is not known"),
        ({"valueQuantity": {"value": 6.4}}, "it has no unit"),
        ({"valueQuantity": {"value": "6.4", "unit": "mmol/L"}}, "no number"),
        ({"valueQuantity": {"value": 6.4, "unit": "mmol/L"}, "effectiveDateTime": "11/20/2026"}, "how old"),
    ],
)
def test_a_result_that_cannot_be_used_is_said(knowledge: Knowledge, value: dict[str, Any], reason: str) -> None:
    draft = order("new", "potassium chloride ER 20 mEq tablet", status="draft")
    case, _ = told(knowledge, observation("2823-3", **value), draft=draft)
    assert any(reason in n.reason for n in screen(case, knowledge).not_checked if n.check == "lab")


def test_tomorrow_elsewhere_is_today(knowledge: Knowledge) -> None:
    late = measurement("2823-3", 6.4, "mmol/L", effectiveDateTime="2026-11-25T02:10:00Z")
    case, warnings = told(knowledge, late)
    assert ([o.on for o in case.patient.observations], warnings) == ([date(2026, 11, 24)], set())


# What is taken


def given(on: str, **more: Any) -> dict[str, Any]:
    """A dose that somebody was given, on no order of the message."""
    found = {"resourceType": "MedicationAdministration", "id": "g", "status": "completed", "subject": TESS}
    return {**found, "medicationCodeableConcept": {"text": "aspirin 81 mg tablet"}, "effectiveDateTime": on, **more}


def test_a_dose_that_rests_on_no_order_is_taken(knowledge: Knowledge) -> None:
    case, _ = told(knowledge, given("2026-11-24T06:00:00-05:00"))
    assert [o.medicine.names for o in case.current] == [frozenset({"aspirin"})]
    case, _ = told(knowledge, given("2026-11-10"))
    assert (case.current, [o.ended for o in case.past]) == ((), [date(2026, 11, 10)])
    case, _ = told(knowledge, given("2026-11-24", status="not-done"))
    assert (case.current, case.past) == ((), ())
    ordered = given("2026-11-24", request={"reference": "MedicationRequest/m"})
    case, _ = told(knowledge, order("m", "aspirin 81 mg tablet"), ordered)
    assert [o.id for o in case.current] == ["m"]


def test_what_ended_today_counts_as_just_stopped(knowledge: Knowledge) -> None:
    statement = {
        "resourceType": "MedicationStatement", "id": "s", "status": "completed", "subject": TESS,
        "medicationCodeableConcept": {"text": "phenelzine 15 mg tablet"},
        "effectivePeriod": {"start": "2026-10-01", "end": "2026-11-24"},
    }  # fmt: skip
    case, _ = told(knowledge, statement, draft=order("new", "fluoxetine 20 mg capsule", status="draft"))
    assert [days for _, days in case.stopped] == [0]
    assert screen(case, knowledge).is_interruptive


def test_a_medicine_being_made_ready_is_taken(knowledge: Knowledge) -> None:
    ready = {"resourceType": "MedicationDispense", "id": "d", "status": "preparation", "subject": TESS}
    case, _ = told(knowledge, ready | {"medicationCodeableConcept": {"text": "aspirin 81 mg tablet"}})
    assert [o.id for o in case.current] == ["d"]


def test_the_draft_listed_again_is_no_medicine_taken(knowledge: Knowledge) -> None:
    moment = {"authoredOn": "2026-11-24T09:12:00-05:00"}
    listed = {**DRAFT, **moment, "id": "listed", "status": "active"}
    case, warnings = told(knowledge, listed, draft=DRAFT | moment)
    assert (case.current, warnings) == ((), {"DRAFT-ALSO-LISTED"})
    case, _ = told(knowledge, listed | {"authoredOn": "2026-11-20T09:12:00-05:00"}, draft=DRAFT | moment)
    assert [o.id for o in case.current] == ["listed"]


@pytest.mark.parametrize(
    "words, loinc",
    [("Serum Potassium", "2823-3"), ("Creatinine, serum", "2160-0"), ("WEIGHT", "29463-7"), ("Urine potassium", None)],
)
def test_a_result_under_a_code_of_the_house(knowledge: Knowledge, words: str, loinc: str | None) -> None:
    code = {"coding": [{"system": "http://ehr.example.org/labs", "code": "K", "display": words}]}
    case, warnings = told(knowledge, measurement("2823-3", 70, "kg") | {"code": code})
    assert [o.loinc for o in case.patient.observations] == ([loinc] if loinc else [])
    assert ("CODE-UNKNOWN" in warnings) is (loinc is None)


def test_a_code_for_the_ingredient_takes_no_strength_away(knowledge: Knowledge) -> None:
    named = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "2598", "display": "clonazepam"}
    concept = {"text": "clonazepam 0.5 mg", "coding": [named]}
    case, _ = told(knowledge, draft=DRAFT | {"medicationCodeableConcept": concept})
    assert [str(s) for s in case.proposed[0].medicine.strengths] == ["0.5 mg"]


def test_a_medicine_by_its_code_alone_is_called_by_its_name(knowledge: Knowledge) -> None:
    concept = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "855332"}]}
    case, _ = told(knowledge, draft=DRAFT | {"medicationCodeableConcept": concept})
    medicine = case.proposed[0].medicine
    assert medicine.text == f"{medicine.name} (RxNorm 855332)"


# Other versions of FHIR


@pytest.mark.parametrize(
    "said",
    [
        {"verificationStatus": "refuted"},
        {"verificationStatus": {"text": "Entered in error"}},
        {"clinicalStatus": "resolved"},
        {"abatementString": "in 2019"},
        {"abatementAge": {"value": 40, "code": "a"}},
        {"abatementPeriod": {"end": "2019-05"}},
        {"abatementBoolean": True},
    ],
)
def test_a_problem_that_is_none_any_more(knowledge: Knowledge, said: dict[str, Any]) -> None:
    case, _ = told(knowledge, condition("I50.9") | said)
    assert codes(case) == []


def test_an_allergy_withdrawn_in_the_way_of_stu3(knowledge: Knowledge) -> None:
    case, _ = told(knowledge, allergy("penicillin") | {"verificationStatus": "entered-in-error"})
    assert [a.refuted for a in case.patient.allergies or ()] == [True]


def test_a_denial_is_not_read_by_the_name_beside_it(knowledge: Knowledge) -> None:
    code = {"text": "no heart failure", "coding": [{"code": "1", "display": "Heart failure"}]}
    case, _ = told(knowledge, condition("I50.9") | {"code": code})
    assert codes(screen_read(case, knowledge)) == [None]
    case, _ = told(knowledge, condition("I50.9") | {"code": code | {"text": "see chart"}})
    assert codes(screen_read(case, knowledge)) == ["I509"]


def screen_read(case: Case, knowledge: Knowledge) -> Case:
    """The case with what the words of its problems mean."""
    return replace(case, patient=with_read_conditions(case.patient, knowledge.conditions, case.on))


def test_sex_at_birth_where_nothing_else_is_said(knowledge: Knowledge) -> None:
    url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
    somebody = {k: v for k, v in patient().items() if k != "gender"}
    found = bundle(somebody | {"extension": [{"url": url, "valueCode": "F"}]}, DRAFT)
    assert read_case(sent(found), knowledge)[0].patient.sex == "female"


def test_what_the_patient_is_told_is_held_against_the_directions(knowledge: Knowledge) -> None:
    text = "Take 1 tablet by mouth daily"
    for told_too, notes in (
        ("take 1 tablet by mouth daily.", ""),
        ("Take it on Mondays only", "Take it on Mondays only"),
    ):
        case, _ = told(knowledge, draft=DRAFT | {"dosageInstruction": [{"text": text, "patientInstruction": told_too}]})
        assert case.proposed[0].note == notes
