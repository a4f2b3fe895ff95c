"""NewRx messages made at random: what is written is read, and what is broken is refused and nothing else happens."""

from __future__ import annotations

import random
import string
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallman.core.quantity import UNITS
from tallman.core.received import ReceivedPrescription, ReceivedQuantity
from tallman.interchange.ncpdp_script.codes import UNITS as NCI
from tallman.interchange.ncpdp_script.read import Message, read
from tallman.interchange.ncpdp_script.warnings import REFUSALS, WARNINGS, Unreadable
from tests.unit.script.newrx import newrx

MED, PERSON = "MedicationPrescribed", "Patient/HumanPatient"
LETTERS = st.characters(exclude_categories=("C",), include_characters="\t\n")
TEXT = st.text(LETTERS, min_size=1, max_size=80).map(str.strip).filter(bool)
AMOUNT = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal("99999999"), places=4)
SAID = st.fixed_dictionaries(
    {
        "family": TEXT, "given": TEXT, "drug": TEXT, "sig": TEXT, "note": TEXT, "npi": TEXT,
        "born": st.dates(date(1900, 1, 1)), "written": st.dates(date(1900, 1, 1)),
        "quantity": AMOUNT, "unit": st.sampled_from(sorted(NCI)),
        "days": st.integers(0, 999), "refills": st.integers(0, 99), "substitution": st.booleans(),
    }
)  # fmt: skip


def written(said: dict[str, Any]) -> bytes:
    return newrx(
        {
            f"{PERSON}/Name": {"LastName": said["family"], "FirstName": said["given"]},
            f"{PERSON}/DateOfBirth": {"Date": said["born"].isoformat()},
            "Prescriber/NonVeterinarian/Identification/NPI": said["npi"],
            f"{MED}/DrugDescription": said["drug"],
            f"{MED}/Sig": {"SigText": said["sig"]},
            f"{MED}/Note": said["note"],
            f"{MED}/WrittenDate": {"DateTime": f"{said['written'].isoformat()}T23:59:59Z"},
            f"{MED}/Quantity": {
                "Value": f"{said['quantity']:f}", "QuantityUnitOfMeasure": {"Code": said["unit"]},
            },
            f"{MED}/DaysSupply": str(said["days"]),
            f"{MED}/NumberOfRefills": str(said["refills"]),
            f"{MED}/Substitutions": "0" if said["substitution"] else "1",
        }
    )  # fmt: skip


@given(SAID)
def test_what_is_written_is_read(said: dict[str, Any]) -> None:
    got = read(written(said)).prescription
    assert (got.patient.family_name, got.patient.given_names) == (said["family"], said["given"])
    assert (got.patient.birth_date, got.written_on) == (said["born"], said["written"])
    assert (got.medicine.text, got.sig, got.notes) == (said["drug"], said["sig"], (said["note"],))
    assert got.prescriber.npi == said["npi"]
    assert got.quantity == ReceivedQuantity(said["quantity"], NCI[said["unit"]], got.quantity.written)
    assert (got.days_supply, got.refills) == (said["days"], said["refills"])
    assert got.substitution_allowed is said["substitution"]
    assert got.warnings == ()


@given(SAID, st.sampled_from(["utf-8", "utf-16"]))
def test_the_encoding_changes_nothing(said: dict[str, Any], encoding: str) -> None:
    text = written(said).decode()
    again = text.replace("encoding='UTF-8'", f"encoding='{encoding}'").encode(encoding)
    assert read(again) == read(text.encode())


def test_every_unit_code_names_a_unit_there_is() -> None:
    assert set(NCI.values()) <= set(UNITS)


def broken(seed: int) -> bytes:
    """A sound message with some bytes changed, dropped, doubled or put elsewhere."""
    chance = random.Random(seed)
    data = bytearray(newrx())
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        at = chance.randrange(len(data))
        length = chance.choice([1, 1, 1, 8, 200])
        piece = data[at : at + length]
        to = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[to:to] = piece
            case _:
                data[at : at + 1] = chance.choice(string.printable).encode()
    return bytes(data)


def outcome(data: bytes) -> Message | Unreadable:
    try:
        return read(data)
    except Unreadable as refused:
        return refused


@given(st.integers(0, 2**32))
def test_a_broken_message_is_read_or_refused_and_nothing_else(seed: int) -> None:
    got = outcome(broken(seed))
    if isinstance(got, Unreadable):
        assert got.code in REFUSALS
    else:
        assert isinstance(got.prescription, ReceivedPrescription)
        assert {w.code for w in got.prescription.warnings} <= set(WARNINGS)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert isinstance(outcome(data), Message | Unreadable)


@given(st.integers(0, 2**32))
def test_places_name_nothing_that_a_stranger_could_have_put_there(seed: int) -> None:
    """Whatever becomes of names, a warning's place is made of known names, numbers and stars."""
    chance = random.Random(seed)
    name = "".join(chance.choices(string.ascii_letters, k=8))
    parts = (
        "LastName",
        "DrugDescription",
        "Quantity",
        "Sig",
        "Note",
        "Allergies",
        "Measurement",
        "Diagnosis",
        "Gender",
    )
    data = newrx()
    for part in chance.sample(parts, 3):
        data = data.replace(b"<" + part.encode() + b">", f"<{name}>".encode())
        data = data.replace(b"</" + part.encode() + b">", f"</{name}>".encode())
    got = outcome(data)
    warnings = got.prescription.warnings if isinstance(got, Message) else ()
    assert not [w for w in warnings if name in w.where]
