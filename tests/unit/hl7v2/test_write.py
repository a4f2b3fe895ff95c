"""The answer: what it echoes, and where it says that something is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tallman.interchange.hl7v2.message import parse
from tallman.interchange.hl7v2.place import Place
from tallman.interchange.hl7v2.read import read
from tallman.interchange.hl7v2.warnings import REFUSALS
from tallman.interchange.hl7v2.write import ERRORS, acknowledgement
from tests.unit.hl7v2.messages import adt

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def answer(data: bytes, code: str = "AA", **more: object) -> list[str]:
    header = read(data).header
    return acknowledgement(header, code=code, message_id="T-1", at=AT, **more).decode("latin-1").split("\r")  # type: ignore[arg-type]


def test_an_acceptance_goes_back_the_way_the_message_came() -> None:
    assert answer(adt()) == [
        "MSH|^~\\&|TALLMAN|PHARMACY|HIS|MERCY|20261128090000+0000||ACK^A01^ACK|T-1|P|2.5.1", "MSA|AA|M-1", "",
    ]  # fmt: skip


def test_an_error_names_its_place_as_the_version_has_it() -> None:
    place = Place("AL1", 2, 3, 1, 2)
    wrong = {"code": "AE", "error": "101", "text": "No substance | here", "place": place}
    assert answer(adt(), **wrong)[2] == (
        "ERR||AL1^2^3^1^2|101^Required field missing^HL70357|E||||No substance \\F\\ here"
    )
    old = answer(adt(msh={12: "2.3"}), **wrong)
    assert old[0].split("|")[8] == "ACK^A01"
    assert old[1:3] == ["MSA|AE|M-1|No substance \\F\\ here", "ERR|AL1^2^3^101&Required field missing&HL70357"]


def test_a_place_may_be_a_whole_segment() -> None:
    assert answer(adt(), "AE", error="101", place=Place("PID"))[2].split("|")[2] == "PID^1"
    assert answer(adt(), "AE", error="101", place=Place("PID", 1, 3))[2].split("|")[2] == "PID^1^3"


def test_the_answer_has_the_separators_and_the_character_set_of_the_message() -> None:
    other = adt(msh={3: "HÏS", 18: "8859/1"}).decode().translate(str.maketrans("|^~\\&", "#*!?%")).encode("latin-1")
    lines = answer(other, "AE", error="101", text="a#b")
    assert lines[0].startswith("MSH#*!?%#TALLMAN#PHARMACY#HÏS#MERCY#")
    assert lines[0].endswith("#8859/1")
    assert lines[2].endswith("#a?F?b")


def test_what_could_not_be_read_is_answered_too() -> None:
    found = parse(acknowledgement(None, code="AR", message_id="T-1", at=AT, error="100", text="No."))
    assert (found.first("MSA").text(1), found.first("MSA").text(2)) == ("AR", "")
    assert found.first("ERR").text(3) == "100"


@pytest.mark.parametrize("id", ["A\\F\\B", "x" * 900, "a\x07b", ""])
def test_the_id_is_echoed_as_sent_within_reason(id: str) -> None:
    assert answer(adt(id=id))[1] == f"MSA|AA|{id[:250]}".replace("\x07", "")


def test_every_refusal_has_a_code_of_the_table() -> None:
    assert {r.error for r in REFUSALS.values()} <= set(ERRORS)
    with pytest.raises(ValueError, match="unknown"):
        acknowledgement(None, code="XX", message_id="1", at=AT)
