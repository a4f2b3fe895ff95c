"""ADT messages as events: who, which visit, where, when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tallman.core.patient import Condition
from tallman.core.received import Address, Code
from tallman.core.reconciliation.encounter import EncounterClass, EncounterEvent, EncounterKind, Location
from tallman.interchange.hl7v2.read import NOTHING_TO_DO, read
from tallman.interchange.hl7v2.warnings import Unreadable
from tests.unit.hl7v2.messages import adt

NEW_YORK = ZoneInfo("America/New_York")


def event(data: bytes) -> EncounterEvent:
    found = read(data, NEW_YORK).event
    assert found is not None
    return found


def said(found: EncounterEvent) -> set[tuple[str, str]]:
    return {(w.code, w.where) for w in found.warnings}


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read(data, NEW_YORK)
    return caught.value.code, str(caught.value.place)


def test_an_admission_is_read_whole() -> None:
    found = event(adt(happened="20261127083000"))
    assert found.kind is EncounterKind.ADMITTED
    assert found.class_ is EncounterClass.INPATIENT
    assert found.encounter == Code("MERCY", "V-100", "VN")
    assert found.accounts == (Code("MERCY", "A-9", "AN"),)
    assert (found.location, found.prior_location.unit) == (Location("4W", "412", "B", "MERCY"), "ED")
    assert str(found.location) == "4W 412 B"
    assert found.when == found.admitted_at == datetime(2026, 11, 27, 8, 30, tzinfo=NEW_YORK)
    assert found.recorded_at == datetime(2026, 11, 27, 8, 35, tzinfo=NEW_YORK)
    assert found.discharged_at is None
    assert (found.attending.name, found.attending.npi) == ("Ruiz, Ana", "1234567893")
    assert (found.facility, found.service, found.came_from) == ("MERCY", "MED", "Emergency")
    assert not found.warnings
    assert not found.is_test


def test_the_patient_is_read_and_their_social_security_number_is_not() -> None:
    who = event(adt()).patient
    assert who.name == "Okafor, Tess Marie, Jr"
    assert who.birth_date == date(1961, 3, 9)
    assert who.sex == "female"
    assert who.identifiers == (Code("MERCY", "70031", "MR"),)
    assert who.address == Address(("4 Elm St", "Apt 2"), "Albany", "NY", "12207", "USA")
    assert (who.phone, who.language) == ("5185550100", "Spanish")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("A01", "admitted"), ("A04", "admitted"), ("A06", "admitted"), ("A02", "transferred"), ("A12", "transferred"),
        ("A03", "discharged"), ("A08", "updated"), ("A07", "updated"), ("A31", "updated"), ("A60", "updated"),
        ("A11", "cancelled"), ("A13", "discharge-cancelled"),
    ],
)  # fmt: skip
def test_every_event_has_its_kind(code: str, kind: str) -> None:
    assert event(adt(code)).kind == kind


def test_a_merge_names_the_number_that_goes() -> None:
    found = event(adt("A40", "MRG|70099^^^MERCY^MR"))
    assert found.kind is EncounterKind.MERGED
    assert found.former == (Code("MERCY", "70099", "MR"),)
    assert found.patient.identifiers[0].code == "70031"
    assert refused(adt("A40")) == ("NO-FORMER-NUMBER", "MRG-1")


def test_events_of_no_concern_are_read_and_nothing_is_made_of_them() -> None:
    for code in NOTHING_TO_DO:
        assert read(adt(code)).event is None


def test_other_messages_and_events_are_refused_with_their_place() -> None:
    assert refused(adt("A99")) == ("EVENT-UNKNOWN", "MSH-9.2")
    assert refused(adt(msh={9: "ORU^R01"})) == ("NOT-ADT", "MSH-9")
    assert refused(adt().replace(b"PID|", b"ZID|")) == ("NO-PID", "PID")
    assert refused(adt(pid={3: "", 5: ""})) == ("NO-NAME-OR-NUMBER", "PID-3")


@pytest.mark.parametrize("kind", ["ADT", "ADT^A03", "ADT^A03^ADT_A03", "ADT_A03", "ADT^^ADT_A03", "adt^a03"])
def test_the_event_is_found_wherever_it_is_named(kind: str) -> None:
    assert event(adt("A03", msh={9: kind})).kind is EncounterKind.DISCHARGED


def test_the_header_counts_where_two_events_are_named() -> None:
    found = event(adt("A01", msh={9: "ADT^A03"}))
    assert found.kind is EncounterKind.DISCHARGED
    assert ("EVENT-DIFFERS", "EVN-1") in said(found)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20261127083000-0500", datetime(2026, 11, 27, 13, 30, tzinfo=UTC)),
        ("20261127083000.1234+0100", datetime(2026, 11, 27, 7, 30, 0, 123400, tzinfo=UTC)),
        ("202611270830", datetime(2026, 11, 27, 13, 30, tzinfo=UTC)),
        ("202607010830", datetime(2026, 7, 1, 12, 30, tzinfo=UTC)),
        ("2026112708", datetime(2026, 11, 27, 13, 0, tzinfo=UTC)),
        ("202611272400", datetime(2026, 11, 28, 5, 0, tzinfo=UTC)),
        ("2026-11-27T08:30:00Z", datetime(2026, 11, 27, 8, 30, tzinfo=UTC)),
        ("2026-11-27 08:30:00-05:00", datetime(2026, 11, 27, 13, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_moments_are_read_with_their_offset_and_to_their_precision(text: str, moment: datetime) -> None:
    found = event(adt(happened=text))
    assert found.when == moment
    assert not found.warnings


def test_the_offset_of_the_header_holds_for_the_message() -> None:
    found = event(adt(at="20261127083500+0900", happened="20261127083000"))
    assert found.when == datetime(2026, 11, 27, 8, 30, tzinfo=timezone(timedelta(hours=9)))


def test_a_day_without_a_time_is_its_beginning_and_said() -> None:
    found = event(adt(happened="20261127"))
    assert found.when == datetime(2026, 11, 27, tzinfo=NEW_YORK)
    assert said(found) == {("TIME-MISSING", "EVN-6.1")}


@pytest.mark.parametrize(
    "text", ["20261327", "202611", "yesterday", "20261127250000", "20261127083000+9900x", "00010101-2359"]
)
def test_a_time_that_cannot_be_read_is_said_and_the_next_one_counts(text: str) -> None:
    found = event(adt("A08", happened=text))
    assert found.when == datetime(2026, 11, 27, 8, 35, tzinfo=NEW_YORK)
    assert said(found) == {("DATE-UNREADABLE", "EVN-6.1")}


def test_the_time_of_an_admission_is_when_they_came_and_of_a_discharge_when_they_left() -> None:
    assert event(adt("A01")).when == datetime(2026, 11, 27, 8, 30, tzinfo=NEW_YORK)
    left = event(adt("A03", pv1={45: "20261128110000", 36: "03^Skilled nursing facility"}))
    assert left.when == left.discharged_at == datetime(2026, 11, 28, 11, 0, tzinfo=NEW_YORK)
    assert left.disposition == "Skilled nursing facility"


@pytest.mark.parametrize("code", ["A11", "A12", "A13"])
def test_what_takes_back_happened_when_it_was_entered(code: str) -> None:
    found = event(adt(code, happened="20261120080000"))
    assert found.when == datetime(2026, 11, 27, 8, 35, tzinfo=NEW_YORK)


def test_a_message_that_names_no_time_at_all_says_so() -> None:
    found = event(adt("A08", at=""))
    assert found.when is None
    assert ("EVENT-TIME-MISSING", "EVN-2") in said(found)


def test_a_visit_without_a_number_says_so_and_keeps_the_account() -> None:
    found = event(adt(pv1={19: "", 50: "ALT-5^^^MERCY"}))
    assert found.encounter is None
    assert [a.code for a in found.accounts] == ["ALT-5", "A-9"]
    assert ("NO-VISIT-NUMBER", "PV1-19") in said(found)


def test_what_is_deleted_is_named() -> None:
    assert event(adt("A13", pv1={45: '""', 7: '""'})).cleared == {"discharged_at", "attending"}
    assert event(adt("A13")).cleared == frozenset()


@pytest.mark.parametrize(
    ("sent", "class_"),
    [
        ("I", "inpatient"),
        ("E", "emergency"),
        ("O", "outpatient"),
        ("OBS", "observation"),
        ("P", "preadmission"),
        ("U", ""),
    ],
)
def test_classes_are_told_apart(sent: str, class_: str) -> None:
    assert event(adt(pv1={2: sent})).class_ == class_


def test_a_class_of_the_sender_is_said_and_not_guessed() -> None:
    found = event(adt(pv1={2: "ff"}))
    assert found.class_ is EncounterClass.UNKNOWN
    assert said(found) == {("CLASS-UNKNOWN", "PV1-2")}


@pytest.mark.parametrize(
    ("sent", "sex", "warned"),
    [("F", "female", False), ("M", "male", False), ("O", "other", False), ("U", "", False), ("female", "female", False),
     ("", "", False), ("9", "", True)],
)  # fmt: skip
def test_the_sex_is_hl7s(sent: str, sex: str, warned: bool) -> None:
    found = event(adt(pid={8: sent}))
    assert found.patient.sex == sex
    assert (("SEX-UNKNOWN", "PID-8") in said(found)) is warned


def test_the_name_somebody_goes_by_is_taken() -> None:
    who = event(adt(pid={5: "Stone^Tess^^^^^M~Okafor^Tess^^^^^L"})).patient
    assert who.family_name == "Okafor"
    assert event(adt(pid={5: "&van&Berg^An"})).patient.family_name == "van Berg"


@pytest.mark.parametrize(
    ("sent", "phone", "email"),
    [
        ("(518)555-0100", "(518)555-0100", ""), ("^PRN^PH^^1^518^5550100^12", "1 518 5550100 ext. 12", ""),
        ("^NET^Internet^a@example.org~^PRN^CP^^^518^5550100", "518 5550100", "a@example.org"),
        ("5550199^WPN^FX~5550100^PRN^PH", "5550100", ""), ("^PRN^PH^^^^^^^^^+15185550100", "+15185550100", ""),
    ],
)  # fmt: skip
def test_telephones_are_read_in_old_and_new_shapes(sent: str, phone: str, email: str) -> None:
    who = event(adt(pid={13: sent})).patient
    assert (who.phone, who.email) == (phone, email)


def test_a_doctors_number_is_an_npi_only_where_it_is_said_to_be() -> None:
    assert event(adt(pv1={7: "1234567893^Ruiz^Ana"})).attending.npi == ""
    assert event(adt(pv1={7: "1234567890^Ruiz^Ana^^^^MD^^NPI"})).attending.npi == ""
    assert event(adt(pv1={7: "1234567893^Ruiz^Ana^^^^^^CMS&2.16.840.1.113883.4.6&ISO"})).attending.npi == "1234567893"


def test_bare_numbers_beside_the_list_of_numbers_are_no_numbers() -> None:
    assert [i.code for i in event(adt(pid={2: "0010", 4: "55^^^MPI^PI"})).patient.identifiers] == ["70031", "55"]
    assert [i.code for i in event(adt(pid={2: "0010", 3: ""})).patient.identifiers] == ["0010"]


def test_allergies_of_both_segments_are_read() -> None:
    found = event(
        adt(
            "A08", "AL1|1|DA^Drug allergy|7980^Penicillin G^RXNORM|SV|Hives~Swelling", "AL1|2|DA|^Codeine|U",
            "AL1|3|DA|PEANUTS", "IAM|4|DA|^Sulfa|MO|^Rash|A|||||||||||C", "IAM|5|DA|^Latex|MI||D",
            "IAM|6|DA|^Aspirin|MI||A|||||||||||E",
        )
    )  # fmt: skip
    assert [(a.substance, a.severity, a.reaction) for a in found.allergies] == [
        ("Penicillin G", "severe", "Hives, Swelling"), ("Codeine", "", ""), ("PEANUTS", "", ""),
        ("Sulfa", "moderate", "Rash"),
    ]  # fmt: skip
    assert found.allergies[0].codes == (Code("rxnorm", "7980", "Penicillin G"),)


@pytest.mark.parametrize("words", ["NKDA", "^No known drug allergies", "NKA^No Known Allergies"])
def test_none_known_is_only_what_the_sender_says(words: str) -> None:
    found = event(adt("A08", f"AL1|1|DA|{words}"))
    assert found.no_known_allergies
    assert not found.allergies
    assert not event(adt("A08")).no_known_allergies
    assert not event(adt("A08", f"AL1|1|DA|{words}", "AL1|2|DA|^Codeine")).no_known_allergies
    assert not event(adt("A08", "AL1|1|FA|^No known food allergies")).no_known_allergies


def test_an_allergy_without_a_substance_is_said() -> None:
    assert said(event(adt("A08", "AL1|1|DA"))) == {("SUBSTANCE-MISSING", "AL1-3")}


@pytest.mark.parametrize(
    ("sent", "code", "text"),
    [
        ("DG1|1||I50.23^Acute on chronic heart failure^I10", "I5023", "Acute on chronic heart failure"),
        ("DG1|1|I10|J18.9^Pneumonia", "J189", "Pneumonia"),
        ("DG1|1||N39.3^Stress incontinence^ICD10", "N393", "Stress incontinence"),
        ("DG1|1||E11.9", "E119", ""), ("DG1|1|||Chest pain", None, "Chest pain"),
        ("DG1|1||V45.01^Pacemaker", None, "Pacemaker"),
        ("DG1|1||250.00^Diabetes^I9", None, "Diabetes"), ("DG1|1||10^Hip^L^M16.1^Hip arthritis^I10", "M161", "Hip"),
    ],
)  # fmt: skip
def test_diagnoses_have_a_code_where_it_is_one(sent: str, code: str | None, text: str) -> None:
    assert event(adt("A08", sent)).problems == (Condition(code, text),)


def test_a_code_that_is_none_is_said_and_its_words_are_kept() -> None:
    found = event(adt("A08", "DG1|1||X^Gout^I10"))
    assert found.problems == (Condition(None, "Gout"),)
    assert said(found) == {("CODE-MALFORMED", "DG1-3")}


def test_measurements_with_a_loinc_code_are_read() -> None:
    found = event(
        adt(
            "A08", "OBX|1|NM|29463-7^Body weight^LN||81.5|kg|||||F|||20261127", "OBX|2|NM|99^Own^L||5",
            "OBX|3|NM|8302-2^Height^LN||tall|cm", "OBX|4|NM|2160-0^Creatinine^LN||1.1|mg/dL|||||D",
        )
    )  # fmt: skip
    assert [(o.loinc, str(o.value), o.unit, o.on) for o in found.observations] == [
        ("29463-7", "81.5", "kg", date(2026, 11, 27))
    ]
    assert said(found) == {("VALUE-UNREADABLE", "OBX[3]-5")}


def test_training_messages_and_the_dead_are_marked() -> None:
    found = event(adt(msh={11: "T"}, pid={30: "Y"}))
    assert found.is_test
    assert found.died
    assert ("TEST-MESSAGE", "MSH-11") in said(found)


def test_warnings_hold_no_word_of_the_message() -> None:
    found = event(adt("A08", "OBX|1|NM|8302-2^H^LN||secret", pid={8: "secret", 7: "secret"}, pv1={2: "secret"}))
    assert len(found.warnings) == 4
    assert not any("secret" in f"{w}" for w in found.warnings)
