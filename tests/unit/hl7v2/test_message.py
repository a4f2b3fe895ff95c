"""Segments, separators, escapes, character sets and frames."""

from __future__ import annotations

import pytest

from tallman.interchange.hl7v2.frame import Deframer, framed
from tallman.interchange.hl7v2.message import LARGEST, Message, parse
from tallman.interchange.hl7v2.warnings import Unreadable
from tests.unit.hl7v2.messages import adt


def said(message: Message) -> set[tuple[str, str]]:
    return {(w.code, w.where) for w in message.warnings}


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        parse(data)
    return caught.value.code


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r", "\r\n\r\n"])
def test_segments_end_in_any_way(end: str) -> None:
    message = parse(adt("A01", "ZXX|1|own").replace(b"\r", end.encode()))
    assert [s.name for s in message.segments] == ["MSH", "EVN", "PID", "PV1", "ZXX"]
    assert message.first("PID").text(5) == "Okafor"
    assert not message.warnings


def test_a_message_has_its_own_separators() -> None:
    other = adt().decode().translate(str.maketrans("|^~\\&", "#*!?%")).encode()
    assert parse(other).first("PID").text(3, 4) == "MERCY"
    assert [p.text() for p in parse(other).first("PID").parts(3)] == ["70031", "000-00-0000"]


@pytest.mark.parametrize("encoding", ["^~\\&", "^~\\&#", "^~\\\\&", "^~\\", "^~", "^"])
def test_fewer_and_more_separators_are_understood(encoding: str) -> None:
    assert parse(adt(msh={2: encoding})).first("PID").text(5, 2) == "Tess"


@pytest.mark.parametrize("encoding", ["", "^^\\&", "abcd", "^~\\&#!", "é~\\&"])
def test_separators_that_cannot_be_told_apart_are_refused(encoding: str) -> None:
    assert refusal(adt(msh={2: encoding})) == "BAD-SEPARATORS"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (r"Smith \T\ Wesson", "Smith & Wesson"), (r"a\F\b\S\c\R\d\E\e", "a|b^c~d\\e"), (r"O\X27\Hara", "O'Hara"),
        (r"Ren\XC3A9\e", "Renée"), (r"one\.br\two", "one\ntwo"), (r"\H\loud\N\ quiet", "loud quiet"), (r"\P\1", "#1"),
    ],
)  # fmt: skip
def test_escape_sequences_are_read(sent: str, meant: str) -> None:
    message = parse(adt(pid={5: sent}))
    assert message.first("PID").text(5) == meant
    assert not message.warnings


@pytest.mark.parametrize("sent", [r"C:\dir", r"50\Z12\ %", r"\XZZ\ ", r"\X4\ ", "lone\\", r"\C2842\ "])
def test_what_is_no_escape_sequence_is_kept_and_said(sent: str) -> None:
    message = parse(adt(pid={5: sent}))
    assert message.first("PID").text(5) == sent.strip()
    assert said(message) == {("ESCAPE-UNKNOWN", "PID-5.1")}


def test_an_escaped_separator_parts_nothing() -> None:
    pid = parse(adt(pid={5: r"St\S\John^Ann\R\e~Other"})).first("PID")
    assert (pid.text(5), pid.text(5, 2)) == ("St^John", "Ann~e")


def test_deleted_and_not_sent_are_told_apart() -> None:
    pid = parse(adt(pid={13: '""', 14: "", 5: 'Okafor^""'})).first("PID")
    assert pid.part(13).is_deleted
    assert not pid.part(14).is_deleted
    assert not pid.part(13)
    assert pid.text(13) == pid.text(14) == pid.text(5, 2) == ""


def test_subcomponents_are_read() -> None:
    assert parse(adt(pid={3: "7^^^MERCY&2.16.840.1&ISO"})).first("PID").text(3, 4, 2) == "2.16.840.1"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("", "utf-8"), ("UNICODE UTF-8", "utf-8"), ("8859/1", "latin-1"), ("8859/15", "iso8859-15"),
        ("ISO 8859-1", "latin-1"),
    ],
)  # fmt: skip
def test_names_are_read_in_the_character_set_that_is_named(charset: str, codec: str) -> None:
    message = parse(adt(pid={5: "Müller^Zoë"}, msh={18: charset}).decode().encode(codec))
    assert message.first("PID").text(5, 2) == "Zoë"
    assert said(message) == (set() if charset else {("CHARSET-GUESSED", "MSH-18")})


@pytest.mark.parametrize(
    ("charset", "codec", "warning"),
    [
        ("ASCII", "utf-8", "CHARSET-WRONG"), ("UNICODE UTF-8", "cp1252", "CHARSET-WRONG"),
        ("", "cp1252", "CHARSET-GUESSED"), ("OURS", "utf-8", "CHARSET-UNKNOWN"),
    ],
)  # fmt: skip
def test_a_character_set_that_does_not_fit_is_said(charset: str, codec: str, warning: str) -> None:
    message = parse(adt(pid={5: "Müller^Zoë"}, msh={18: charset}).decode().encode(codec))
    assert message.first("PID").text(5, 2) == "Zoë"
    assert said(message) == {(warning, "MSH-18")}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_wide_characters_are_understood(codec: str) -> None:
    assert parse(adt(pid={5: "Müller"}).decode().encode(codec)).first("PID").text(5) == "Müller"


def test_a_line_break_inside_a_text_loses_nothing() -> None:
    message = parse(adt("A01", "NTE|1||first line\nsecond line", "DG1|1||I10"))
    assert message.first("NTE").text(3) == "first line\nsecond line"
    assert message.first("DG1").text(3) == "I10"
    assert said(message) == {("LINE-CONTINUED", "NTE")}


def test_a_batch_of_one_is_a_message_and_one_of_two_is_refused() -> None:
    assert parse(b"FHS|^~\\&\rBHS|^~\\&\r" + adt() + b"BTS|1\rFTS|1\r").first("PID")
    assert refusal(adt() + adt()) == "SEVERAL-MESSAGES"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"MSH", b"MSH|", b"MSH|^", b"PID|1", b"\x00" * 50, b"<Message/>", b"\xff\xfe"]
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    assert refusal(data) in {"NOT-HL7", "BAD-SEPARATORS"}


def test_a_field_of_endless_repetitions_is_cut_and_said() -> None:
    message = parse(adt(pid={3: "~".join(["1^^^X^MR"] * 50_000)}))
    assert len(message.first("PID").parts(3)) == 200
    assert said(message) == {("TOO-MANY", "PID-3")}


def test_frames_are_taken_apart_however_they_arrive() -> None:
    stream = b"noise" + framed(b"one") + b"\n" + framed(b"two") + b"junk" + b"\x0bbroken off" + framed(b"three")
    for size in (1, 2, 3, 1000):
        deframer, found = Deframer(LARGEST), []
        for at in range(0, len(stream), size):
            found += list(deframer.feed(stream[at : at + size]))
        assert found == [b"one", b"two", b"three"]


def test_a_frame_that_is_too_long_is_told_and_the_next_one_is_read() -> None:
    deframer = Deframer(10)
    assert list(deframer.feed(framed(b"x" * 100) + framed(b"short"))) == [None, b"short"]


def test_a_frame_left_on_a_message_is_no_part_of_it() -> None:
    assert parse(framed(adt())).segments[-1].name == "PV1"
