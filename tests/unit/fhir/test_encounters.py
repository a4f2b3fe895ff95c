"""Encounters as events: what a state, a header and the places of a stay come to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tallman.core.received import Code
from tallman.core.reconciliation.encounter import EncounterClass, EncounterEvent, EncounterKind, Location
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.encounters import is_about_an_encounter, read_encounter
from tallman.interchange.fhir.warnings import Unreadable
from tests.unit.fhir.bundles import TESS, allergy, bundle, condition, measurement, order, patient, practitioner, sent

NEW_YORK = ZoneInfo("America/New_York")
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PLACE = "http://terminology.hl7.org/CodeSystem/location-physical-type"
Json = dict[str, Any]


def encounter(status: str = "in-progress", class_: str = "IMP", **more: Any) -> Json:
    return {
        "resourceType": "Encounter", "id": "e1", "status": status, "class": {"system": ACT, "code": class_},
        "subject": TESS, "identifier": [{"system": "urn:oid:1.2.3", "value": "V-100"}],
        "period": {"start": "2026-11-27T08:30:00-05:00"}, **more,
    }  # fmt: skip


def place(id: str, kind: str, name: str, within: str = "") -> Json:
    inside = {"partOf": {"reference": f"Location/{within}"}} if within else {}
    return {
        "resourceType": "Location", "id": id, "name": name, **inside,
        "physicalType": {"coding": [{"system": PLACE, "code": kind}]},
    }  # fmt: skip


def header(event: str, focus: str = "Encounter/e1") -> Json:
    return {
        "resourceType": "MessageHeader", "id": "h", "eventCoding": {"code": event}, "focus": [{"reference": focus}],
        "source": {"endpoint": "http://ehr.example.org"},
    }  # fmt: skip


def event(*resources: Json, timestamp: str = "2026-11-27T09:00:00-05:00") -> EncounterEvent:
    found = read_encounter(sent(bundle(*resources, timestamp=timestamp)), NEW_YORK)
    assert found is not None
    return found


def said(found: EncounterEvent) -> set[str]:
    return {w.code for w in found.warnings}


def refusal(*resources: Json) -> str:
    with pytest.raises(Unreadable) as caught:
        read_encounter(sent(bundle(*resources)), NEW_YORK)
    return caught.value.code


def test_a_stay_is_read_whole() -> None:
    attends = {"type": [{"coding": [{"code": "ATND"}]}], "individual": {"reference": "Practitioner/p1"}}
    refers = {"type": [{"coding": [{"code": "REF"}]}], "individual": {"display": "Somebody else"}}
    found = event(
        patient(identifier=[{"system": "urn:mercy", "value": "70031", "type": {"coding": [{"code": "MR"}]}}]),
        practitioner(id="p1"),
        encounter(
            participant=[refers, attends], location=[{"location": {"reference": "Location/b"}, "status": "active"}],
            reasonCode=[{"text": "Short of breath"}], serviceProvider={"display": "Mercy"},
            hospitalization={"admitSource": {"text": "Emergency"}},
        ),
        place("b", "bd", "B", "r"), place("r", "ro", "412", "w"), place("w", "wa", "4 West", "m"),
        place("m", "bu", "Mercy"),
    )  # fmt: skip
    assert (found.kind, found.class_) == (EncounterKind.ADMITTED, EncounterClass.INPATIENT)
    assert found.encounter == Code("urn:oid:1.2.3", "V-100")
    assert found.location == Location("4 West", "412", "B", "Mercy")
    assert found.patient.identifiers == (Code("urn:mercy", "70031", "MR"),)
    assert found.patient.name == "Okafor, Tess Marie"
    assert found.attending.family_name == practitioner()["name"][0]["family"]
    assert found.admitted_at == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert found.when == found.recorded_at == datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
    assert (found.reason, found.came_from, found.facility) == ("Short of breath", "Emergency", "Mercy")
    assert not found.warnings


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("arrived", "admitted"), ("in-progress", "admitted"), ("onleave", "updated"), ("finished", "discharged"),
        ("cancelled", "cancelled"), ("entered-in-error", "cancelled"), ("unknown", "updated"),
    ],
)  # fmt: skip
def test_the_status_says_what_happened(status: str, kind: str) -> None:
    found = event(patient(), encounter(status))
    assert found.kind == kind
    assert ("ENCOUNTER-STATUS" in said(found)) is (status == "unknown")


def test_what_is_only_planned_is_no_event() -> None:
    assert read_encounter(sent(bundle(patient(), encounter("planned"))), NEW_YORK) is None


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("notification-admit", "in-progress", "admitted"), ("notification-transfer", "in-progress", "transferred"),
        ("notification-discharge", "in-progress", "discharged"), ("notification-admit", "cancelled", "cancelled"),
        ("something-else", "finished", "discharged"),
    ],
)  # fmt: skip
def test_a_header_says_more_than_the_status(code: str, status: str, kind: str) -> None:
    assert event(header(code), patient(), encounter(status)).kind == kind


@pytest.mark.parametrize(
    ("code", "class_"),
    [("IMP", "inpatient"), ("EMER", "emergency"), ("AMB", "outpatient"), ("OBSENC", "observation"), ("ours", "")],
)
def test_classes_are_told_apart(code: str, class_: str) -> None:
    found = event(patient(), encounter(class_=code))
    assert found.class_ == class_
    assert ("ENCOUNTER-CLASS" in said(found)) is (class_ == "")


def test_a_discharge_is_when_it_ended_and_a_transfer_when_the_bed_was_taken() -> None:
    ended = {"start": "2026-11-27T08:30:00-05:00", "end": "2026-11-28T11:00:00-05:00"}
    left = event(patient(), encounter("finished", period=ended))
    assert left.when == left.discharged_at == datetime(2026, 11, 28, 16, 0, tzinfo=UTC)
    moved = [
        {"location": {"display": "ED"}, "status": "completed", "period": {"end": "2026-11-27T10:00:00-05:00"}},
        {"location": {"display": "ICU"}, "status": "active", "period": {"start": "2026-11-27T10:00:00-05:00"}},
    ]
    found = event(header("notification-transfer"), patient(), encounter(location=moved))
    assert (found.when, found.location.unit) == (datetime(2026, 11, 27, 15, 0, tzinfo=UTC), "ICU")


def test_facts_beside_it_are_read_for_the_patient() -> None:
    found = event(
        patient(), encounter(), allergy("Penicillin", "hives"), condition("I50.9", "Heart failure"),
        measurement("29463-7", 81.5, "kg"),
    )  # fmt: skip
    assert [a.substance for a in found.allergies] == ["Penicillin"]
    assert [(p.code, p.text) for p in found.problems] == [("I509", "Heart failure")]
    assert [str(o.value) for o in found.observations] == ["81.5"]


def test_an_encounter_alone_names_its_patient_by_number() -> None:
    alone = encounter(subject={"display": "Okafor, Tess", "identifier": {"system": "urn:mercy", "value": "70031"}})
    found = read_encounter(sent({**alone, "meta": {"lastUpdated": "2026-11-27T09:00:00Z"}}), NEW_YORK)
    assert found is not None
    assert found.patient.identifiers == (Code("urn:mercy", "70031"),)
    assert found.recorded_at == datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def test_without_an_identifier_the_address_names_it() -> None:
    bare = encounter()
    del bare["identifier"]
    entry = [{"fullUrl": "http://ehr.example.org/fhir/Encounter/e1", "resource": bare}, {"resource": patient()}]
    found = read_encounter(sent({"resourceType": "Bundle", "type": "collection", "entry": entry}), NEW_YORK)
    assert found is not None
    assert found.encounter == Code("http://ehr.example.org/fhir/Encounter", "e1")


def test_of_several_the_focus_or_the_one_that_goes_on_is_meant() -> None:
    old = encounter("finished", id="e0", identifier=[{"value": "V-1"}])
    assert event(patient(), old, encounter()).encounter == Code("urn:oid:1.2.3", "V-100")
    focused = event(header("notification-discharge", "Encounter/e0"), patient(), old, encounter())
    assert focused.encounter == Code("", "V-1")
    assert refusal(patient(), encounter(), encounter(id="e2")) == "SEVERAL-ENCOUNTERS"
    assert refusal(patient()) == "NO-ENCOUNTER"
    assert refusal(encounter()) == "NO-PATIENT"


def test_a_prescription_with_its_encounter_stays_a_prescription() -> None:
    def about(*resources: Json) -> bool:
        return is_about_an_encounter(document(sent(bundle(*resources))))

    assert about(patient(), encounter())
    assert about(header("notification-admit"), patient(), encounter(), order("o1", "lisinopril 10 mg"))
    assert not about(patient(), encounter(), order("o1", "lisinopril 10 mg"))
    assert not about(patient(), order("o1", "lisinopril 10 mg"))
    assert is_about_an_encounter(encounter())


def test_days_without_a_time_begin_where_the_reader_is() -> None:
    found = event(patient(), encounter(period={"start": "2026-11-27"}))
    assert found.admitted_at == datetime(2026, 11, 27, tzinfo=NEW_YORK)
    odd = event(patient(), encounter(period={"start": "2026-11"}))
    assert odd.admitted_at is None
    assert said(odd) == {"DATE-PARTIAL"}
