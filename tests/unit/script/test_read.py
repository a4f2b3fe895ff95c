"""Element → field: what each part of a NewRx becomes."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tallman.core.patient import Observation
from tallman.core.received import (
    Address,
    Code,
    Coverage,
    ReceivedAllergy,
    ReceivedIngredient,
    ReceivedPatient,
    ReceivedPrescriber,
    ReceivedPrescription,
    ReceivedQuantity,
)
from tallman.interchange.ncpdp_script.read import Message, read
from tallman.interchange.ncpdp_script.warnings import REFUSALS, WARNINGS, Unreadable
from tests.unit.script.newrx import FULL, message, newrx

MED = "MedicationPrescribed"
NONE_KNOWN = {"DrugProductCoded": {"Text": "No Known Drug Allergies"}}
UNSPECIFIED = {"Value": "30", "QuantityUnitOfMeasure": {"Code": "C38046"}}


def received(changes: dict[str, Any] | None = None, **header: str | None) -> ReceivedPrescription:
    return read(newrx(changes, **header)).prescription


def warned(changes: dict[str, Any] | None = None, **header: str | None) -> list[tuple[str, str]]:
    return [(w.code, w.where) for w in received(changes, **header).warnings]


def test_the_header() -> None:
    header = read(newrx(RelatesToMessageID="MSG-0")).header
    assert (header.sender, header.sender_qualifier) == ("9258399725001", "D")
    assert (header.recipient, header.recipient_qualifier) == ("5656559", "P")
    assert (header.message_id, header.relates_to, header.order_number) == ("MSG-1", "MSG-0", "ORD-9")
    assert header.sent_at == datetime(2026, 5, 26, 6, 20, 35, 530485, tzinfo=UTC)
    assert (header.version, header.transaction, header.signed) == ("2017071", "NewRx", False)


@pytest.mark.parametrize(
    "field, expected",
    [
        (
            "patient",
            ReceivedPatient(
                "Okafor", "Tess Marie", "Jr", date(1961, 3, 9), "female",
                Address(("4 Elm St", "Apt 2"), "Albany", "NY", "12207", "US"),
                "5185550100 ext. 12", "tess@example.org", "es",
                (Code("MedicalRecordIdentificationNumberEHR", "MRN-77"),),
            ),
        ),
        (
            "prescriber",
            ReceivedPrescriber(
                "Ruiz", "Ana", "", "1234567893", "AB1234563", "NY-5512", "Elm Street Family Practice",
                Address(("9 Oak Ave",), "Troy", "NY", "12180"), "5185550111", "5185550112", "Cho, Min",
            ),
        ),
        ("sig", "Take 1 tablet by mouth at bedtime for 30 days"),
        ("structured_sig", "Take 1 tablet oral route at bedtime for 30 day"),
        ("quantity", ReceivedQuantity(Decimal("30"), "tablet", "30 tablets (C48542)")),
        ("days_supply", 30),
        ("refills", 2),
        ("written_on", date(2026, 5, 26)),
        ("not_before", date(2026, 5, 28)),
        ("expires_on", date(2026, 11, 26)),
        ("substitution_allowed", False),
        ("diagnoses", (Code("icd10", "F5109", "Other insomnia"), Code("icd10", "G4700"))),
        ("notes", ("Please call when ready.",)),
        ("allergies", (ReceivedAllergy("Penicillin G", "Hives", "severe", (Code("rxnorm", "7980"),)),)),
        ("no_known_allergies", False),
        ("observations", (Observation("29463-7", date(2026, 4, 1), Decimal("154.3"), "[lb_av]"),)),
        ("coverage", (Coverage("Empire Plan", "610591", "PCN9", "G-7", "M-001"),)),
        ("order_number", "ORD-9"),
        ("signed", False),
        ("warnings", ()),
    ],
)  # fmt: skip
def test_each_part_becomes_its_field(field: str, expected: object) -> None:
    assert getattr(received(), field) == expected


def test_the_medicine() -> None:
    medicine = received().medicine
    assert medicine.text == "Zolpidem ER 6.25 mg tablet"
    assert medicine.codes == (Code("ndc", "00024550131"), Code("rxnorm", "854876"))
    assert (medicine.strength, medicine.form, medicine.schedule) == ("6.25 mg", "tablet", "CIV")


def test_a_compound() -> None:
    parts = [
        {
            "CompoundIngredient": {
                "CompoundIngredientItemDescription": name,
                "ItemNumber": {"Code": ndc, "Qualifier": "ND"},
                "Strength": {"StrengthValue": "1", "StrengthUnitOfMeasure": {"Code": "C25613"}},
            },
            "Quantity": {"Value": amount, "CodeListQualifier": "38", "QuantityUnitOfMeasure": {"Code": "C48155"}},
        }
        for name, ndc, amount in (("Hydrocortisone", "00000111122", "0.3"), ("Clotrimazole", "00000333344", "29.7"))
    ]
    compound = {"FinalCompoundPharmaceuticalDosageForm": "C28944", "CompoundIngredientsLotNotUsed": parts}
    medicine = received({f"{MED}/CompoundInformation": compound, f"{MED}/DrugCoded": None}).medicine
    assert medicine.form == "cream"
    assert medicine.ingredients == (
        ReceivedIngredient("Hydrocortisone", (Code("ndc", "00000111122"),), "1 %, 0.3 g"),
        ReceivedIngredient("Clotrimazole", (Code("ndc", "00000333344"),), "1 %, 29.7 g"),
    )


@pytest.mark.parametrize(
    "path, value, field, expected",
    [
        (f"{MED}/WrittenDate", {"Date": "2026-05-25"}, "written_on", date(2026, 5, 25)),
        (f"{MED}/WrittenDate", "2026-03-01", "written_on", date(2026, 3, 1)),
        (f"{MED}/WrittenDate", {"Date": "20260301"}, "written_on", date(2026, 3, 1)),
        (f"{MED}/Substitutions", "0", "substitution_allowed", True),
        (f"{MED}/Substitutions", None, "substitution_allowed", None),
        (f"{MED}/NumberOfRefills", "0", "refills", 0),
        (f"{MED}/NumberOfRefills", None, "refills", None),
        (
            f"{MED}/Quantity/Value",
            "2.5",
            "quantity",
            ReceivedQuantity(Decimal("2.5"), "tablet", "2.5 tablets (C48542)"),
        ),
        (f"{MED}/Quantity/QuantityUnitOfMeasure", "each", "quantity", ReceivedQuantity(Decimal(30), "each", "30 each")),
        (f"{MED}/Note", ["One.", "Two."], "notes", ("One.", "Two.")),
        ("AllergyOrAdverseEvent", {"NoKnownAllergies": "Y"}, "no_known_allergies", True),
        ("AllergyOrAdverseEvent", None, "no_known_allergies", False),
        ("AllergyOrAdverseEvent", {"Allergies": NONE_KNOWN}, "no_known_allergies", True),
        ("AllergyOrAdverseEvent", {"Allergies": NONE_KNOWN}, "allergies", ()),
        (f"{MED}/Quantity", UNSPECIFIED, "quantity", ReceivedQuantity(Decimal(30), "", "30")),
        ("Supervisor", None, "structured_sig", "Take 1 tablet oral route at bedtime for 30 day"),
    ],
)
def test_other_ways_to_say_it(path: str, value: Any, field: str, expected: object) -> None:
    assert getattr(received({path: value}), field) == expected


@pytest.mark.parametrize(
    "moment, zone, expected",
    [
        ("2026-05-27T02:30:00Z", "America/New_York", date(2026, 5, 26)),
        ("2026-05-27T02:30:00Z", "UTC", date(2026, 5, 27)),
        ("2026-05-26T22:30:00-04:00", "Asia/Tokyo", date(2026, 5, 26)),
        ("2026-05-26T22:30:00", "Asia/Tokyo", date(2026, 5, 26)),
    ],
)
def test_a_moment_in_utc_is_a_day_where_it_is_read(moment: str, zone: str, expected: date) -> None:
    data = newrx({f"{MED}/WrittenDate": {"DateTime": moment}})
    assert read(data, ZoneInfo(zone)).prescription.written_on == expected


@pytest.mark.parametrize(
    "modifier, expected",
    [
        ("THEN", "Take 2 tablet, then Take 1 tablet"),
        ("AND", "Take 2 tablet, and Take 1 tablet"),
        ("", "Take 2 tablet, Take 1 tablet"),
    ],
)
def test_several_instructions_keep_what_joins_them(modifier: str, expected: str) -> None:
    def step(amount: str) -> str:
        return (
            "<Instruction><DoseAdministration><DoseDeliveryMethod><Text>Take</Text></DoseDeliveryMethod><Dosage>"
            f"<DoseQuantity>{amount}</DoseQuantity><DoseUnitOfMeasure><Code>C48542</Code></DoseUnitOfMeasure></Dosage>"
            "</DoseAdministration></Instruction>"
        )

    between = f"<MultipleInstructionModifier>{modifier}</MultipleInstructionModifier>"
    data = newrx({f"{MED}/Sig": {"SigText": "2 then 1", "Here": "x"}})
    data = data.replace(b"<Here>x</Here>", f"{step('2')}{between}{step('1')}".encode())
    assert read(data).prescription.structured_sig == expected


def test_older_and_flatter_shapes_are_read() -> None:
    old = {
        "Patient": {
            "Name": {"LastName": "Old", "FirstName": "Shape"}, "Gender": "M", "DateOfBirth": {"Date": "1950-01-02"},
            "CommunicationNumbers": {"Communication": [{"Number": "5550001", "Qualifier": "TE"}]},
        },
        "Prescriber": {"Identification": {"NPI": "1234567893"}, "ClinicName": "West", "Name": {"LastName": "Doc"}},
        MED: {
            "DrugDescription": "Lisinopril 10 mg tablet",
            "DrugCoded": {"ProductCode": "00185010201", "ProductCodeQualifier": "ND"},
            "Quantity": {"Value": "90", "CodeListQualifier": "38", "PotencyUnitCode": "C48542"},
            "Directions": "1 tab po qd",
            "Refills": {"Qualifier": "R", "Value": "3"},
            "WrittenDate": {"Date": "2026-02-01"},
        },
    }  # fmt: skip
    got = read(message({"NewRx": old})).prescription
    assert (got.patient.name, got.patient.sex, got.patient.phone) == ("Old, Shape", "male", "5550001")
    assert (got.prescriber.npi, got.prescriber.practice) == ("1234567893", "West")
    assert (got.medicine.codes, got.sig, got.refills) == ((Code("ndc", "00185010201"),), "1 tab po qd", 3)
    assert got.quantity == ReceivedQuantity(Decimal(90), "tablet", "90 tablets (C48542)")


def test_a_namespace_changes_nothing() -> None:
    plain = newrx()
    assert read(plain.replace(b"<Message ", b'<Message xmlns="urn:x" ')).prescription == read(plain).prescription


@pytest.mark.parametrize(
    "changes, code, where",
    [
        ({"Patient/HumanPatient/DateOfBirth": {"Date": "1961-13-09"}}, "date-unreadable", "DateOfBirth/Date"),
        ({"Patient/HumanPatient/Gender": "U"}, "sex-unknown", "Patient/HumanPatient/Gender"),
        ({"Patient": None}, "patient-missing", "Patient"),
        ({"Prescriber": None}, "prescriber-missing", "Prescriber"),
        ({f"{MED}/DrugDescription": None}, "medicine-not-described", MED),
        ({f"{MED}/Sig": None}, "sig-missing", f"{MED}/Sig"),
        ({f"{MED}/Sig/SigText": "Take 2 tablets by mouth at bedtime"}, "sig-differs", f"{MED}/Sig/Instruction"),
        ({f"{MED}/Quantity": None}, "quantity-missing", f"{MED}/Quantity"),
        ({f"{MED}/Quantity/Value": "0"}, "quantity-unreadable", f"{MED}/Quantity"),
        ({f"{MED}/Quantity/Value": "1e9"}, "quantity-unreadable", f"{MED}/Quantity"),
        ({f"{MED}/Quantity/QuantityUnitOfMeasure/Code": "C48494"}, "unit-unknown", f"{MED}/Quantity"),
        ({f"{MED}/Quantity/QuantityUnitOfMeasure/Code": "C38046"}, "unit-unspecified", f"{MED}/Quantity"),
        ({f"{MED}/Quantity/CodeListQualifier": "QS"}, "quantity-sufficient", f"{MED}/Quantity"),
        ({f"{MED}/DaysSupply": "a month"}, "number-unreadable", f"{MED}/DaysSupply"),
        ({f"{MED}/NumberOfRefills": "-1"}, "number-unreadable", f"{MED}/NumberOfRefills"),
        ({f"{MED}/Refills": {"Qualifier": "PRN"}}, "refills-as-needed", f"{MED}/Refills"),
        ({f"{MED}/Substitutions": "3"}, "substitution-unknown", f"{MED}/Substitutions"),
        ({f"{MED}/DrugCoded/DEASchedule/Code": "C1"}, "schedule-unknown", f"{MED}/DrugCoded/DEASchedule"),
        ({f"{MED}/Diagnosis/Primary/Qualifier": "LD"}, "diagnosis-not-icd10", f"{MED}/Diagnosis/Primary"),
        ({f"{MED}/DoNotFill": "H"}, "do-not-fill", f"{MED}/DoNotFill"),
        ({f"{MED}/PriorAuthorization": "PA-1"}, "not-read", f"{MED}/PriorAuthorization"),
        ({f"{MED}/PrivateWord": "x"}, "not-read", f"{MED}/*"),
        ({f"{MED}/DrugDescription": ["A", "B"]}, "said-twice", f"{MED}/DrugDescription[2]"),
        ({"AllergyOrAdverseEvent/Allergies/DrugProductCoded": None}, "allergy-without-substance", "Allergies"),
        ({"Observation/Measurement/Value": "heavy"}, "measurement-unreadable", "Observation/Measurement"),
        ({"Prescriber": {"Veterinarian": {"Name": {"LastName": "Vet"}}}}, "animal-prescriber", "Prescriber"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_warned_of(changes: dict[str, Any], code: str, where: str) -> None:
    found = warned(changes)
    assert code in dict(found)
    assert dict(found)[code].endswith(where)


def test_a_header_that_says_too_little_is_warned_of() -> None:
    found = warned(MessageID=None, From=None, version="19990101")
    assert {code for code, _ in found} == {"no-message-id", "no-sender", "version-unknown"}


def test_every_code_of_the_tables_is_seen_in_a_test() -> None:
    text = "".join(p.read_text() for p in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in {*WARNINGS, *REFUSALS} if f'"{code}"' not in text] == []


def test_words_inside_markup_are_not_lost() -> None:
    text = newrx().replace(b"Take 1 tablet by", b"Take <b>2</b> tablets by")
    got = read(text).prescription
    assert got.sig == "Take 2 tablets by mouth at bedtime for 30 days"
    assert "mixed-content" in {w.code for w in got.warnings}


def test_coded_directions_are_kept_beside_the_text_and_never_instead() -> None:
    got = received({f"{MED}/Sig/SigText": "Take 2 tablets by mouth in the morning"})
    assert got.sig == "Take 2 tablets by mouth in the morning"
    assert got.structured_sig == "Take 1 tablet oral route at bedtime for 30 day"
    without = received({f"{MED}/Sig/SigText": None})
    assert (without.sig, without.structured_sig) == ("", got.structured_sig)


def test_warnings_hold_nothing_of_the_content() -> None:
    secret = "Zanzibar"
    changes = {
        "Patient/HumanPatient/Gender": secret, f"{MED}/Quantity/Value": secret, f"{MED}/DaysSupply": secret,
        f"{MED}/{secret}": secret, f"{MED}/WrittenDate": {"Date": secret}, f"{MED}/Substitutions": secret,
        "Observation/Measurement/Value": secret, f"{MED}/Diagnosis/Primary/Code": secret,
    }  # fmt: skip
    found = received(changes).warnings
    assert len(found) >= 8
    assert not [w for w in found if secret in f"{w.code}{w.text}{w.where}"]


@pytest.mark.parametrize(
    "data, code",
    [
        (message({"CancelRx": {"MessageRequestCode": "x"}}), "cancel-request"),
        (message({"RxRenewalResponse": {"Response": "x"}}), "renewal-response"),
        (message({"RxChangeResponse": {"Response": "x"}}), "change-response"),
        (message({"RxFill": {"FillStatus": "x"}}), "unsupported-transaction"),
        (message({"Status": {"Code": "010"}}), "answer-only"),
        (message({}), "no-transaction"),
        (message({"NewRx": {}}), "no-medicine"),
        (newrx({f"{MED}": {"Note": "nothing"}}), "no-medicine"),
        (message({"NewRx": {**FULL, MED: [FULL[MED], FULL[MED]]}}), "several-medicines"),
        (newrx({"Patient": {"NonHumanPatient": {"Name": {"FirstName": "Rex"}}}}), "animal"),
        (b"<Bundle/>", "not-script"),
        (b"", "not-xml"),
        (b"{}", "not-xml"),
    ],
)
def test_what_is_no_prescription_is_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code == code


def test_a_refusal_knows_what_it_answers() -> None:
    with pytest.raises(Unreadable) as caught:
        read(message({"CancelRx": {}}, MessageID="MSG-77"))
    assert caught.value.header.message_id == "MSG-77"
    with pytest.raises(Unreadable) as caught:
        read(newrx(MessageID="MSG-78")[:-20])
    assert (caught.value.code, caught.value.header.message_id) == ("not-xml", "MSG-78")


def test_every_field_of_a_received_prescription_is_either_read_or_never_said_in_script() -> None:
    full, empty = received(), ReceivedPrescription()
    silent = {f.name for f in fields(full) if getattr(full, f.name) == getattr(empty, f.name)}
    assert silent == {"no_known_allergies", "reasons", "replaces", "setting", "urgent", "signed", "warnings"}


def test_a_signed_message_says_so() -> None:
    signed = newrx().replace(
        b"</Header>",
        b'<DigitalSignature Version="1.1"><DigitalSignatureIndicator>true</DigitalSignatureIndicator>'
        b"</DigitalSignature></Header>",
    )
    assert read(signed).prescription.signed


def outcome(data: bytes) -> Message | Unreadable:
    try:
        return read(data)
    except Unreadable as refused:
        return refused


def test_every_message_of_the_shared_data_is_read_or_refused(shared_data: Path) -> None:
    files = sorted((shared_data / "script").glob("*.xml"))
    assert len(files) >= 31
    read_files = {path.stem for path in files if isinstance(outcome(path.read_bytes()), Message)}
    assert all(outcome(path.read_bytes()).header.message_id for path in files)
    new = {p.stem for p in files if p.stem.startswith(("newrx-", "surescripts-"))}
    assert read_files == new
