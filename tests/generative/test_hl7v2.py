"""ADT messages made at random: what is written is read, and what is broken is refused and nothing else happens."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tallman.interchange.hl7v2.frame import Deframer, framed
from tallman.interchange.hl7v2.message import parse
from tallman.interchange.hl7v2.read import read
from tallman.interchange.hl7v2.warnings import REFUSALS, WARNINGS, Unreadable
from tallman.interchange.hl7v2.write import acknowledgement
from tests.unit.hl7v2.messages import PERSON, VISIT, adt

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40).filter(lambda t: t != '""')
SIGNS = st.permutations("|^~\\&#$%*!?").map(lambda signs: signs[:5])


def escaped(text: str, signs: list[str]) -> str:
    field, component, repetition, escape, subcomponent = signs
    letters = {field: "F", component: "S", repetition: "R", escape: "E", subcomponent: "T"}
    return "".join(f"{escape}{letters[c]}{escape}" if c in letters else c for c in text)


def written(fields: dict[str, str], signs: list[str]) -> bytes:
    f, c, r, e, s = signs
    said = {name: escaped(text, signs) for name, text in fields.items()}
    return (
        f"MSH{f}{c}{r}{e}{s}{f}HIS{f}MERCY{f}{f}{f}20261127083500{f}{f}ADT{c}A08{f}{said['id']}{f}P{f}2.5"
        f"{f}{f}{f}{f}{f}{f}UNICODE UTF-8\rEVN{f}A08{f}20261127083500\r"
        f"PID{f}1{f}{f}{said['number']}{c}{c}{c}{said['authority']}{c}MR{f}{f}{said['family']}{c}{said['given']}\r"
        f"PV1{f}1{f}I{f}{said['ward']}{c}{said['room']}\rAL1{f}1{f}DA{f}{c}{said['allergen']}\r"
    ).encode()


FIELDS = st.fixed_dictionaries(dict.fromkeys("id number authority family given ward room allergen".split(), TEXT))


@given(FIELDS, SIGNS)
def test_what_is_written_is_read_whatever_the_separators(fields: dict[str, str], signs: list[str]) -> None:
    received = read(written(fields, signs))
    event = received.event
    assert event is not None
    assert received.header.control_id == fields["id"]
    number = event.patient.identifiers[0]
    assert (number.code, number.system) == (fields["number"], fields["authority"])
    assert (event.patient.family_name, event.patient.given_names) == (fields["family"], fields["given"])
    assert (event.location.unit, event.location.room) == (fields["ward"], fields["room"])
    assert [a.substance for a in event.allergies] == [fields["allergen"]] or event.no_known_allergies


@given(FIELDS, SIGNS)
def test_the_answer_echoes_the_id_and_can_be_read(fields: dict[str, str], signs: list[str]) -> None:
    received = read(written(fields, signs))
    answer = acknowledgement(received.header, code="AE", message_id="1", at=AT, error="101", text="No | ^ ~ \\ & #.")
    ack = parse(answer)
    assert ack.first("MSA").text(2) == fields["id"]
    assert ack.first("ERR").text(8) == "No | ^ ~ \\ & #."


def settled(data: bytes) -> None:
    """Any bytes come to a message or to a refusal with a code of the table, and either has an answer."""
    try:
        found = read(data)
    except Unreadable as error:
        is_answered(error)
        return
    acknowledgement(found.header, code="AA", message_id="1", at=AT)
    if found.event:
        assert {w.code for w in found.event.warnings} <= set(WARNINGS)
        assert all(m is None or m.tzinfo for m in (found.event.when, found.event.admitted_at))


def is_answered(refused: Unreadable) -> None:
    said, where = REFUSALS[refused.code], refused.place
    acknowledgement(refused.header, code="AR", message_id="1", at=AT, error=said.error, text=said.text, place=where)


@given(st.binary(max_size=400))
def test_noise_is_refused(data: bytes) -> None:
    settled(data)
    settled(b"MSH|^~\\&|" + data)


@given(st.integers(0, 2**32))
def test_a_broken_message_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(adt("A01", "AL1|1|DA|^Codeine|SV|Hives", "DG1|1||I10^High^I10", "OBX|1|NM|29463-7^W^LN||80|kg"))
    for _ in range(chance.choice([1, 3, 20])):
        at, to, length = chance.randrange(len(data)), chance.randrange(len(data)), chance.choice([1, 1, 9])
        if chance.random() < 0.4:
            data[at] = chance.choice([*b'|^~\\&\r\n"0', 0, chance.randrange(256)])
        elif chance.random() < 0.5 and len(data) > 40:
            del data[at : at + length]
        else:
            data[to:to] = data[at : at + length]
    settled(bytes(data))


@given(st.sampled_from(["pid", "pv1", "msh"]), st.integers(1, 50), st.text(max_size=60))
def test_any_field_may_hold_anything(segment: str, field: int, text: str) -> None:
    known = {"pid": PERSON, "pv1": VISIT, "msh": {}}[segment]
    said = text.encode("utf-8", "replace").decode()
    settled(adt(**{segment: {**known, field: said}}))  # type: ignore[arg-type]


@given(st.dates(date(1900, 1, 1)), TEXT)
def test_a_birth_date_is_the_day_that_was_written(born: date, name: str) -> None:
    found = read(adt(pid={7: f"{born:%Y%m%d}", 5: "Okafor"})).event
    assert found is not None
    assert found.patient.birth_date == born


@given(st.lists(st.binary(max_size=50)), st.integers(1, 20))
def test_frames_come_out_as_they_went_in(messages: list[bytes], size: int) -> None:
    clean = [m.translate(None, b"\x0b\x1c") for m in messages]
    stream = b"".join(map(framed, clean))
    deframer = Deframer(1000)
    assert [m for at in range(0, len(stream), size) for m in deframer.feed(stream[at : at + size])] == clean
