from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tallman.core.drug import Certainty
from tallman.core.knowledge import Knowledge
from tallman.core.received import ReadWarning
from tallman.core.screening.case import Case
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import UnreadableBundle, read_case
from tests.unit.fhir.bundles import (
    BASE,
    TESS,
    allergy,
    bundle,
    condition,
    measurement,
    observation,
    order,
    patient,
    practitioner,
    sent,
    warfarin_and_tmp_smx,
)
from tests.unit.fhir.oracle import is_fhir

DRAFT = order("new", "lisinopril 10 mg tablet", status="draft")


def read(found: dict[str, Any], knowledge: Knowledge, on: date | None = None) -> tuple[Case, list[ReadWarning]]:
    return read_case(sent(found), knowledge, on)


def case_of(knowledge: Knowledge, *resources: dict[str, Any], is_valid: bool = True) -> tuple[Case, set[str]]:
    """The case of a Bundle of Tess, a draft and what else is given; and the codes of its warnings."""
    found = bundle(patient(), DRAFT, *resources)
    assert is_fhir(found) is is_valid
    case, warnings = read(found, knowledge)
    return case, {w.code for w in warnings}


def refusal(found: dict[str, Any], knowledge: Knowledge, on: date | None = None) -> str:
    with pytest.raises(UnreadableBundle) as caught:
        read(found, knowledge, on)
    return caught.value.code


def test_a_whole_bundle(knowledge: Knowledge) -> None:
    found = warfarin_and_tmp_smx()
    assert is_fhir(found)
    case, warnings = read(found, knowledge)
    assert warnings == []
    assert case.on == date(2026, 11, 24)
    assert [o.id for o in case.current] == ["warfarin", "metoprolol"]
    (new,) = case.proposed
    assert new.medicine.product is not None
    assert (new.id, str(new.quantity), new.days_supply, new.refills) == ("new", "14 tablets", 7, 0)
    assert (new.written, new.reasons, new.note) == (date(2026, 11, 24), ("N390",), "Culture pending")
    assert (new.prescriber_dea, new.setting, new.sig.is_read) == ("AB1234563", "community", True)
    tess = case.patient
    assert (tess.birth_date, tess.sex, str(tess.weight)) == (date(1951, 3, 4), "female", "69.85 kg")
    assert [(c.code, c.active) for c in tess.conditions] == [("I4891", True), ("N390", True)]
    assert tess.allergies is not None
    assert [(a.substance, a.kind, a.is_read) for a in tess.allergies] == [("codeine", "intolerance", True)]
    inr = tess.latest("6301-6")
    assert inr is not None
    assert (inr.value, inr.unit, inr.on) == (Decimal("2.9"), "{INR}", date(2026, 11, 20))
    assert screen(case, knowledge).is_interruptive


# The day


def test_the_day_asked_for_goes_before_the_timestamp(knowledge: Knowledge) -> None:
    assert read(bundle(patient(), DRAFT), knowledge, date(2025, 1, 2))[0].on == date(2025, 1, 2)


@pytest.mark.parametrize("timestamp", [None, "yesterday", "2026", "2026-13-45T00:00:00Z", 20261124])
def test_no_day_is_refused_and_says_what_to_do(knowledge: Knowledge, timestamp: Any) -> None:
    with pytest.raises(UnreadableBundle, match="--on YYYY-MM-DD") as caught:
        read(bundle(patient(), DRAFT, timestamp=timestamp), knowledge)
    assert caught.value.code == "NO-DATE"


# What is no Bundle of one patient


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "NOT-JSON"),
        (b"{", "CUT-OFF"),
        (b"} x", "NOT-JSON"),
        (b'{"resourceType": "Bundle"} x', "NOT-JSON"),
        (b"\xff\xfe{}", "NOT-UTF-8"),
        ('{"resourceType": "Bundle"}'.encode("utf-16"), "NOT-UTF-8"),
        ('{"resourceType": "Bundle", "language": "é"}'.encode("latin-1"), "NOT-UTF-8"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"status": "draft", "status": "active"}}]}', "NAME-TWICE"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "IS-XML"),
        (b"[]", "NOT-FHIR"),
        (b'{"resourceType": 5}', "NOT-FHIR"),
        (b'{"resourceType": "MedicationRequest"}', "NOT-A-BUNDLE"),
        (b"[" * 100_000, "TOO-DEEP"),
        (b'{"resourceType": "Bundle", "timestamp": "2026-11-24T00:00:00Z", "entry": {}}', "ENTRY-UNREADABLE"),
        (b'{"resourceType": "Bundle", "timestamp": "2026-11-24T00:00:00Z"}', "NO-PATIENT"),
    ],
)
def test_what_is_refused(knowledge: Knowledge, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableBundle) as caught:
        read_case(data, knowledge)
    assert caught.value.code == code


def test_a_byte_order_mark_and_nulls_are_no_obstacle(knowledge: Knowledge) -> None:
    found = bundle({**patient(), "maritalStatus": None, "birthDate": None}, DRAFT)
    case, warnings = read_case(b"\xef\xbb\xbf\n" + sent(found), knowledge)
    assert case.patient.birth_date is None
    assert warnings == []


def test_two_people_are_never_mixed(knowledge: Knowledge) -> None:
    omar = patient("omar", born="2020-01-01")
    his = {"subject": {"reference": "Patient/omar"}}
    found = bundle(
        omar, patient(), DRAFT, order("his", "warfarin 5 mg", **his), {**measurement("29463-7", 20, "kg"), **his}
    )
    case, warnings = read(found, knowledge)
    assert case.patient.birth_date == date(1951, 3, 4)
    assert case.current == ()
    assert case.patient.weight is None
    assert [w.code for w in warnings] == ["OTHER-PATIENT", "OTHER-PATIENT"]
    both = bundle(omar, patient(), DRAFT, order("his", "warfarin 5 mg", status="draft", **his))
    assert refusal(both, knowledge) == "SEVERAL-PATIENTS"
    assert refusal(bundle(omar, patient()), knowledge) == "SEVERAL-PATIENTS"
    nobodys = {k: v for k, v in DRAFT.items() if k != "subject"}
    assert refusal(bundle(omar, patient(), nobodys), knowledge) == "SEVERAL-PATIENTS"
    assert refusal(bundle(omar, DRAFT), knowledge) == "NOT-THE-PATIENT"


def test_what_may_be_somebody_elses_leaves_the_screening_open(knowledge: Knowledge) -> None:
    whose = {"reference": "Patient/nobody-here"}
    case, warnings = case_of(
        knowledge, {**allergy("penicillin"), "patient": whose}, order("m", "warfarin 5 mg", subject=whose)
    )
    assert warnings == {"WHOSE-UNCLEAR"}
    assert case.patient.allergies is not None
    assert not case.patient.allergies[0].is_read
    assert not case.current[0].medicine.is_known
    assert {n.check for n in screen(case, knowledge).not_checked} >= {"allergy", "interaction"}


@pytest.mark.parametrize(
    "subject, fits",
    [
        ({"reference": f"{BASE}/Patient/tess"}, True),
        ({"reference": "Patient/tess/_history/2"}, True),
        ({"identifier": {"system": "urn:mrn", "value": "7"}}, True),
        ({"display": "Okafor, Tess"}, True),
        (None, True),
        ({"identifier": {"system": "urn:mrn", "value": "8"}}, False),
        ({"reference": "http://elsewhere.example.org/Patient/tess"}, False),
        ({"reference": "Patient/omar"}, False),
    ],
)
def test_how_an_order_names_its_patient(knowledge: Knowledge, subject: dict[str, Any] | None, fits: bool) -> None:
    draft = {**DRAFT, "subject": subject} if subject else {k: v for k, v in DRAFT.items() if k != "subject"}
    found = bundle(patient(identifier=[{"system": "urn:mrn", "value": "7"}]), draft)
    if fits:
        assert [o.id for o in read(found, knowledge)[0].proposed] == ["new"]
    else:
        assert refusal(found, knowledge) == "NOT-THE-PATIENT"


def test_addresses_of_the_form_urn_uuid(knowledge: Knowledge) -> None:
    who, what = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "urn:uuid:2c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    medication = {"resourceType": "Medication", "code": {"text": "warfarin 5 mg tablet"}}
    draft = order("new", None, status="draft", subject={"reference": who}, medicationReference={"reference": what})
    person = {k: v for k, v in patient().items() if k != "id"}
    found = bundle(draft)
    found["entry"] += [{"fullUrl": who, "resource": person}, {"fullUrl": what, "resource": medication}]
    assert is_fhir(found)
    case, warnings = read(found, knowledge)
    assert warnings == []
    assert case.proposed[0].medicine.product is not None


def test_a_patient_inside_the_order(knowledge: Knowledge) -> None:
    inside = {"contained": [patient("p")], "subject": {"reference": "#p"}}
    case, warnings = read(bundle({**DRAFT, **inside}), knowledge)
    assert (case.patient.birth_date, warnings) == (date(1951, 3, 4), [])


@pytest.mark.parametrize(
    "resource, code",
    [
        ({"resourceType": "MedicationOrder", "id": "x"}, "TYPE-UNKNOWN"),
        ({"id": "x", "status": "draft"}, "TYPE-UNKNOWN"),
        ({"resourceType": "Bundle"}, "BUNDLE-INSIDE"),
        (5, "ENTRY-UNREADABLE"),
        (None, "ENTRY-UNREADABLE"),
    ],
)
def test_an_entry_that_might_be_an_order_is_not_passed_over(knowledge: Knowledge, resource: Any, code: str) -> None:
    found = bundle(patient(), DRAFT)
    found["entry"].append({"resource": resource} if resource is not None else {})
    with pytest.raises(UnreadableBundle, match=r"Bundle\.entry\[2\]") as caught:
        read(found, knowledge)
    assert caught.value.code == code


# The parts that cannot be read


def test_a_part_of_the_wrong_type_costs_that_part_only(knowledge: Knowledge) -> None:
    found = warfarin_and_tmp_smx()
    draft = found["entry"][-1]["resource"]
    draft["note"], draft["authoredOn"] = "Culture pending", 5
    draft["dispenseRequest"]["quantity"]["value"] = "many"
    case, warnings = read(found, knowledge)
    assert {w.where for w in warnings if w.code == "FIELD-UNREADABLE"} == {
        "Bundle.entry[9].resource.note[0]",
        "Bundle.entry[9].resource.authoredOn",
        "Bundle.entry[9].resource.dispenseRequest.quantity.value",
        "Bundle.entry[9].resource.note",
    }
    assert case.proposed[0].medicine.is_known
    assert case.proposed[0].quantity is None
    assert all("Culture" not in str(w) for w in warnings)


@pytest.mark.parametrize("field", ["medicationCodeableConcept", "dosageInstruction", "status"])
@pytest.mark.parametrize("value", [5, "text", [], None])
def test_a_draft_never_vanishes(knowledge: Knowledge, field: str, value: Any) -> None:
    case, warnings = read(bundle(patient(), allergy("NKDA"), {**DRAFT, field: value}), knowledge)
    assert [o.id for o in case.proposed] == ["new"]
    assert warnings
    if field != "status":
        assert screen(case, knowledge).not_checked


@pytest.mark.parametrize("status", [None, "Draft", "drafft", 7])
def test_an_order_of_unknown_status_is_screened(knowledge: Knowledge, status: Any) -> None:
    case, warnings = read(bundle(patient(), {**DRAFT, "status": status}), knowledge)
    assert [o.id for o in case.proposed] == ["new"]
    assert ("STATUS-MISSING" in {w.code for w in warnings}) is (status != "Draft")


def test_a_current_medicine_and_an_allergy_that_cannot_be_read_are_said(knowledge: Knowledge) -> None:
    case, warnings = case_of(knowledge, order("m", None), allergy(), is_valid=False)
    assert warnings == {"MEDICINE-MISSING", "ALLERGY-MISSING"}
    reasons = {n.check: n.reason for n in screen(case, knowledge).not_checked}
    assert "a medicine that could not be read" in reasons["interaction"]
    assert "an allergy that could not be read" in reasons["allergy"]


def test_no_draft_is_said(knowledge: Knowledge) -> None:
    case, warnings = read(bundle(patient(), order("m", "warfarin 5 mg")), knowledge)
    assert (case.proposed, [w.code for w in warnings]) == ((), ["NO-DRAFT"])


def test_a_modifier_extension_is_said(knowledge: Knowledge) -> None:
    extension = [{"url": "http://example.org/not-really", "valueBoolean": True}]
    assert case_of(knowledge, allergy("codeine", modifierExtension=extension))[1] == {"MODIFIER"}


# What is taken


@pytest.mark.parametrize(
    "status, is_taken, warned",
    [
        ("active", True, set()),
        ("on-hold", True, {"ON-HOLD"}),
        ("unknown", True, {"STATUS-UNKNOWN"}),
        ("completed", False, set()),
        ("stopped", False, set()),
        ("cancelled", False, set()),
        ("entered-in-error", False, set()),
    ],
)
def test_which_orders_are_taken(knowledge: Knowledge, status: str, is_taken: bool, warned: set[str]) -> None:
    case, warnings = case_of(knowledge, order("m", "warfarin 5 mg tablet", status=status))
    assert (bool(case.current), warnings) == (is_taken, warned)


def test_what_is_not_to_be_given_is_no_order(knowledge: Knowledge) -> None:
    case, warnings = case_of(knowledge, order("m", "warfarin 5 mg tablet", doNotPerform=True))
    assert (case.current, warnings) == ((), {"NOT-TO-BE-GIVEN"})


def statement(id: str, text: str, **more: Any) -> dict[str, Any]:
    found = {"resourceType": "MedicationStatement", "id": id, "status": "active", "subject": TESS}
    return {**found, "medicationCodeableConcept": {"text": text}, "dosage": [{"text": "1 tablet daily"}], **more}


def dispensing(id: str, text: str, on: str, days: int, **more: Any) -> dict[str, Any]:
    found = {"resourceType": "MedicationDispense", "id": id, "status": "completed", "subject": TESS}
    supply = {"whenHandedOver": on, "daysSupply": {"value": days, "unit": "d", "code": "d"}}
    return {**found, "medicationCodeableConcept": {"text": text}, **supply, **more}


def test_statements_and_dispensings_are_taken_once(knowledge: Knowledge) -> None:
    case, warnings = case_of(
        knowledge,
        order("w", "warfarin 5 mg tablet"),
        statement("s1", "aspirin 81 mg tablet", effectivePeriod={"start": "2024-01-01"}),
        statement("s2", "ibuprofen 200 mg tablet", status="completed"),
        statement("s3", "warfarin 5 mg tablet", basedOn=[{"reference": "MedicationRequest/w"}]),
        dispensing("d1", "warfarin 5 mg tablet", "2026-11-20", 30),
        dispensing("d2", "metformin 500 mg tablet", "2026-11-20", 30),
        dispensing("d3", "amlodipine 5 mg tablet", "2026-01-20", 30),
    )
    assert ([o.id for o in case.current], warnings) == (["w", "s1", "d2"], {"SIG-MISSING"})
    assert case.current[1].started == date(2024, 1, 1)


def test_a_renewal_names_what_it_replaces(knowledge: Knowledge) -> None:
    old = order("old", "lisinopril 5 mg tablet")
    for prior in ({"reference": "MedicationRequest/old"}, {"reference": f"{BASE}/MedicationRequest/old"}):
        found = bundle(patient(), old, {**DRAFT, "priorPrescription": prior})
        case, warnings = read(found, knowledge)
        assert (case.proposed[0].replaces, warnings) == (("old",), [])
        assert case.continuing == ()
    case, warnings = read(
        bundle(patient(), {**DRAFT, "priorPrescription": {"reference": "MedicationRequest/9"}}), knowledge
    )
    assert (case.proposed[0].replaces, [w.code for w in warnings]) == (("9",), ["REFERENCE-UNKNOWN"])


def test_orders_of_one_id_keep_apart(knowledge: Knowledge) -> None:
    case, _ = case_of(knowledge, statement("new", "warfarin 5 mg tablet"), order("a", "aspirin 81 mg tablet"))
    assert [o.id for o in (*case.proposed, *case.current)] == ["MedicationRequest/new", "a", "MedicationStatement/new"]
    case, warnings = case_of(knowledge, order("new", "warfarin 5 mg tablet"))
    assert len({o.id for o in (*case.proposed, *case.current)}) == 2
    assert warnings == {"DUPLICATE-ID"}


# The parts of an order


@pytest.mark.parametrize(
    "concept, certainty",
    [
        ({"text": "Lisinopril 10mg tab"}, Certainty.PRODUCT),
        ({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "314076"}]}, Certainty.PRODUCT),
        ({"coding": [{"display": "lisinopril 10 MG Oral Tablet", "code": "x"}], "text": "BP pill"}, Certainty.PRODUCT),
        ({"text": "zorblaxitol 5 mg"}, Certainty.UNKNOWN),
        (
            {
                "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "314076"}],
                "text": "warfarin 5 mg",
            },
            Certainty.AMBIGUOUS,
        ),
        ({"coding": [{"code": "x", "display": "metformin 500 mg"}], "text": "lisinopril 10 mg"}, Certainty.AMBIGUOUS),
    ],
)
def test_how_a_medicine_is_named(knowledge: Knowledge, concept: dict[str, Any], certainty: Certainty) -> None:
    draft = {**DRAFT, "medicationCodeableConcept": concept}
    case, warnings = read(bundle(patient(), draft), knowledge)
    assert case.proposed[0].medicine.certainty is certainty
    is_torn = certainty is Certainty.AMBIGUOUS
    assert ("CODE-AND-TEXT-DIFFER" in {w.code for w in warnings}) is is_torn
    assert any(f.code == "DISCREPANCY-CODE-TEXT" for f in screen(case, knowledge).findings) is is_torn


def test_another_strength_in_the_words_than_in_the_code(knowledge: Knowledge) -> None:
    draft = order("new", "lisinopril 20 mg tablet", status="draft", rxcui="314076")
    (finding,) = screen(read(bundle(patient(), draft), knowledge)[0], knowledge).findings
    assert (finding.code, finding.severity) == ("DISCREPANCY-CODE-TEXT", "high")
    assert "20 mg" in " ".join(finding.evidence)


def test_a_medication_that_is_pointed_at(knowledge: Knowledge) -> None:
    inside = {"resourceType": "Medication", "id": "m", "code": {"text": "lisinopril 10 mg"}, "form": {"text": "tablet"}}
    draft = order("new", None, status="draft", contained=[inside], medicationReference={"reference": "#m"})
    case, warnings = read(bundle(patient(), draft), knowledge)
    assert (case.proposed[0].medicine.certainty, warnings) == (Certainty.PRODUCT, [])
    lost = order("new", None, status="draft", medicationReference={"reference": "#m", "display": "lisinopril 10 mg"})
    case, warnings = read(bundle(patient(), lost), knowledge)
    assert case.proposed[0].medicine.is_known
    assert [w.code for w in warnings] == ["REFERENCE-UNKNOWN"]


@pytest.mark.parametrize(
    "quantity, expected",
    [
        ({"value": 30, "unit": "tablet"}, "30 tablets"),
        ({"value": 30, "unit": "tablet(s)"}, "30 tablets"),
        ({"value": 30, "unit": "TAB", "code": "TAB"}, "30 tablets"),
        ({"value": 30, "system": "http://unitsofmeasure.org", "code": "{tbl}"}, "30 tablets"),
        ({"value": 30, "code": "C48542"}, "30 tablets"),
        ({"value": 30}, "30 tablets"),
        ({"value": 150, "unit": "ml"}, "150 mL"),
        ({"value": 30, "unit": "zorbs"}, "None"),
        ({"value": -30, "unit": "tablet"}, "None"),
        ({"value": 1e300, "unit": "tablet"}, "None"),
        ({"value": "1e999999999", "unit": "tablet"}, "None"),
        ({"value": "30", "unit": "tablet"}, "None"),
    ],
)
def test_quantities(knowledge: Knowledge, quantity: dict[str, Any], expected: str) -> None:
    case, warnings = read(bundle(patient(), {**DRAFT, "dispenseRequest": {"quantity": quantity}}), knowledge)
    assert str(case.proposed[0].quantity) == expected
    assert bool(warnings) is (expected == "None" or set(quantity) == {"value"})


@pytest.mark.parametrize(
    "length, days",
    [
        ({"value": 30, "unit": "days"}, 30),
        ({"value": 30, "code": "d"}, 30),
        ({"value": 30}, 30),
        ({"value": 2, "unit": "weeks", "code": "wk"}, 14),
        ({"value": 3, "code": "mo"}, 90),
        ({"value": 1.5, "code": "d"}, None),
        ({"value": 5, "unit": "zorbs"}, None),
        ({"value": 99999999999, "code": "d"}, None),
    ],
)
def test_days_of_supply(knowledge: Knowledge, length: dict[str, Any], days: int | None) -> None:
    found = bundle(patient(), {**DRAFT, "dispenseRequest": {"expectedSupplyDuration": length}})
    case, warnings = read(found, knowledge)
    assert case.proposed[0].days_supply == days
    assert ([w.code for w in warnings] == ["DAYS-UNREADABLE"]) is (days is None)


def test_the_setting_and_the_prescriber_in_a_role(knowledge: Knowledge) -> None:
    role = {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/brandt"}}
    draft = {
        **DRAFT,
        "requester": {"reference": "PractitionerRole/r"},
        "category": [{"coding": [{"code": "inpatient"}]}],
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"}]}, {"text": "BP"}],
    }
    case, warnings = read(bundle(patient(), draft, role, practitioner()), knowledge)
    new = case.proposed[0]
    assert (new.setting, new.prescriber_dea, new.reasons, warnings) == ("inpatient", "AB1234563", ("I10",), [])


# The person


@pytest.mark.parametrize(
    "resource, expected",
    [
        (allergy("NKDA"), "none"),
        (allergy("No known drug allergies"), "none"),
        (allergy(code={"coding": [{"system": "http://snomed.info/sct", "code": "716186003"}]}), "none"),
        (allergy("No known food allergies"), "nobody asked"),
        (allergy(code={"coding": [{"system": "http://snomed.info/sct", "code": "716184000"}]}), "nobody asked"),
        (allergy("NKDA", verificationStatus={"coding": [{"code": "entered-in-error"}]}), "nobody asked"),
        (condition("I10"), "nobody asked"),
        (
            {
                "resourceType": "List",
                "id": "l",
                "status": "current",
                "mode": "working",
                "subject": TESS,
                "code": {"coding": [{"system": "http://loinc.org", "code": "48765-2"}]},
                "emptyReason": {"coding": [{"code": "nilknown"}]},
            },
            "none",
        ),
    ],
)
def test_no_known_allergies_is_not_silence(knowledge: Knowledge, resource: dict[str, Any], expected: str) -> None:
    case, _ = case_of(knowledge, resource)
    assert case.patient.allergies == (() if expected == "none" else None)


def test_an_empty_list_of_somebody_else_says_nothing(knowledge: Knowledge) -> None:
    found = {
        "resourceType": "List",
        "id": "l",
        "status": "current",
        "mode": "working",
        "subject": {"reference": "Patient/omar"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "48765-2"}]},
        "emptyReason": {"coding": [{"code": "nilknown"}]},
    }
    case, warnings = case_of(knowledge, patient("omar"), found)
    assert (case.patient.allergies, warnings) == (None, {"OTHER-PATIENT"})


def test_allergies_as_people_write_them(knowledge: Knowledge) -> None:
    case, warnings = case_of(
        knowledge,
        allergy("PCN - hives", id="1"),
        allergy("Allergy to penicillin (disorder)", "Anaphylaxis", id="2"),
        allergy("codeine", "nausea", id="3", type="intolerance"),
        allergy("ibuprofen", id="4", criticality="high", note=[{"text": "lip swelling in 2019"}]),
        allergy("aspirin", id="5", clinicalStatus={"coding": [{"code": "resolved"}]}),
        allergy("cashew nut", id="6", category=["food"]),
        allergy("a red pill", id="7"),
        allergy(id="8", code={"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "2670"}]}),
    )
    found = case.patient.allergies
    assert found is not None
    said = [(a.is_read, bool(a.groups), a.reaction, a.kind, a.severity, a.refuted) for a in found]
    assert said == [
        (True, True, "hives", "allergy", None, False),
        (True, True, "Anaphylaxis", "allergy", None, False),
        (True, False, "nausea", "intolerance", None, False),
        (True, False, "lip swelling in 2019", "allergy", "severe", False),
        (True, False, "", "allergy", None, True),
        (True, False, "", "allergy", None, False),
        (False, False, "", "allergy", None, False),
        (True, False, "", "allergy", None, False),
    ]
    assert found[5].ignorable
    assert [i.name for i in found[7].ingredients] == ["codeine"]
    assert warnings == set()


def test_the_gravest_reaction_decides(knowledge: Knowledge) -> None:
    reactions = [
        {"manifestation": [{"text": "rash"}], "severity": "mild"},
        {"manifestation": [{"coding": [{"display": "Wheezing"}]}], "severity": "severe", "description": "needed epi"},
    ]
    case, _ = case_of(
        knowledge, allergy("codeine", reaction=None, reaction_=None) | {"reaction": reactions}, is_valid=False
    )
    assert case.patient.allergies is not None
    assert (case.patient.allergies[0].reaction, case.patient.allergies[0].severity) == (
        "rash, Wheezing, needed epi",
        "severe",
    )


@pytest.mark.parametrize(
    "status, active",
    [(None, True), ("active", True), ("recurrence", True), ("remission", False), ("resolved", False)],
)
def test_conditions(knowledge: Knowledge, status: str | None, active: bool) -> None:
    more = {"clinicalStatus": {"coding": [{"code": status}]}} if status else {}
    case, _ = case_of(knowledge, condition("M06.9", **more))
    assert [(c.code, c.active) for c in case.patient.conditions] == [("M069", active)]


@pytest.mark.parametrize(
    "system", ["http://hl7.org/fhir/sid/icd-10-cm/", "ICD-10-CM", "urn:oid:2.16.840.1.113883.6.90", ""]
)
def test_code_systems_with_a_slip_in_their_address(knowledge: Knowledge, system: str) -> None:
    coding = {"code": "M06.9", **({"system": system} if system else {})}
    case, _ = case_of(knowledge, {**condition("M06.9"), "code": {"coding": [coding]}})
    assert [c.code for c in case.patient.conditions] == ["M069"]


def test_conditions_that_are_no_more_or_have_no_code(knowledge: Knowledge) -> None:
    withdrawn = {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    text_alone = {"resourceType": "Condition", "id": "t", "subject": TESS, "code": {"text": "bad kidneys"}}
    case, warnings = case_of(knowledge, condition("I10", **withdrawn), text_alone, condition("250.00"))
    assert [(c.code, c.text) for c in case.patient.conditions] == [(None, "bad kidneys"), (None, "ICD-10-CM 250.00")]
    assert warnings == {"CODE-UNKNOWN", "CODE-MALFORMED"}


@pytest.mark.parametrize(
    "value, unit, expected",
    [
        (70, "kg", "70 kg"),
        (3200, "g", "3.2 kg"),
        (154, "lb", "69.85 kg"),
        (154, "[lb_av]", "69.85 kg"),
        (70, "stone", "None"),
        (0, "kg", "None"),
    ],
)
def test_weights(knowledge: Knowledge, value: float, unit: str, expected: str) -> None:
    case, warnings = case_of(knowledge, measurement("29463-7", value, unit))
    assert str(case.patient.weight) == expected
    assert warnings == ({"UNIT-UNKNOWN"} if expected == "None" else set())


def test_the_latest_measurement_up_to_the_day_counts(knowledge: Knowledge) -> None:
    case, warnings = case_of(
        knowledge,
        measurement("29463-7", 60, "kg", id="1", on="2026-01-05"),
        measurement("29463-7", 62, "kg", id="2", on="2026-11-24T08:00:00Z"),
        measurement("29463-7", 64, "kg", id="3", on="2026-11-24T16:00:00Z"),
        measurement("29463-7", 66, "kg", id="4", on="2026-12-01"),
        measurement("29463-7", 68, "kg", id="5", on="2026-11-24T20:00:00Z", status="entered-in-error"),
        measurement("8302-2", 64, "[in_i]"),
    )
    assert (str(case.patient.weight), case.patient.weight_on) == ("64 kg", date(2026, 11, 24))
    assert str(case.patient.height) == "162.56 cm"
    assert warnings == {"IN-THE-FUTURE"}


@pytest.mark.parametrize(
    "value, expected",
    [
        ({"valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "77386006"}]}}, True),
        ({"valueCodeableConcept": {"coding": [{"system": "http://loinc.org", "code": "LA26683-5"}]}}, False),
        ({"valueCodeableConcept": {"text": "Pregnant"}}, True),
        ({"valueCodeableConcept": {"text": "Unknown"}}, None),
        ({"valueString": "not pregnant"}, False),
        ({"valueString": "Patient is pregnant"}, True),
        ({"valueString": "Non-pregnant"}, False),
        ({"valueString": "pregnancy status unknown"}, None),
        ({"valueString": "Not asked"}, None),
        ({"valueCodeableConcept": {"text": "Possible pregnancy"}}, None),
        ({"valueString": "Y"}, True),
        ({"valueBoolean": True}, True),
        ({}, None),
    ],
)
def test_pregnancy_and_lactation(knowledge: Knowledge, value: dict[str, Any], expected: bool | None) -> None:
    case, _ = case_of(knowledge, observation("82810-3", **value), observation("63895-7", **value))
    assert (case.patient.pregnant, case.patient.lactating) == (expected, True if expected else expected)


def test_values_in_words_and_limits(knowledge: Knowledge) -> None:
    quantity = {"value": 8, "unit": "{INR}", "comparator": ">"}
    case, warnings = case_of(
        knowledge, observation("2823-3", valueString="5.8 mmol/L"), observation("6301-6", valueQuantity=quantity)
    )
    potassium, inr = case.patient.latest("2823-3"), case.patient.latest("6301-6")
    assert potassium is not None
    assert inr is not None
    assert (potassium.value, potassium.unit, inr.value) == (Decimal("5.8"), "mmol/L", Decimal(8))
    assert warnings == {"VALUE-IS-A-LIMIT"}


def test_who_the_patient_is(knowledge: Knowledge) -> None:
    found = bundle(patient(born="1951", gender="F", deceasedBoolean=True), DRAFT)
    case, warnings = read(found, knowledge)
    assert (case.patient.birth_date, case.patient.sex) == (date(1951, 7, 1), "female")
    assert {w.code for w in warnings} == {"BORN-ABOUT", "DECEASED"}


@pytest.mark.parametrize(
    ("born", "day", "code"),
    [
        ("1950-04", date(1950, 4, 15), "BORN-ABOUT"),
        ("2025", None, "DATE-PARTIAL"),
        ("2025-11", None, "DATE-PARTIAL"),
        ("1950-14", None, "DATE-PARTIAL"),
    ],
)
def test_a_birth_date_without_its_day(knowledge: Knowledge, born: str, day: date | None, code: str) -> None:
    case, warnings = read(bundle(patient(born=born), DRAFT), knowledge)
    assert case.patient.birth_date == day
    assert code in {w.code for w in warnings}
