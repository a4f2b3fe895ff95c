"""The answers: Status and Error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tallman.interchange.ncpdp_script.document import document
from tallman.interchange.ncpdp_script.header import Header, read_header
from tallman.interchange.ncpdp_script.part import Part, Trace
from tallman.interchange.ncpdp_script.read import read
from tallman.interchange.ncpdp_script.write import error, status
from tests.unit.script.newrx import newrx

AT = datetime(2026, 5, 26, 7, 0, tzinfo=UTC)


def answered(data: bytes) -> tuple[Header, Part]:
    message = Part(document(data), Trace())
    kind = next(name for name, _ in message.part("Body").children())
    return read_header(message, kind), message.part(f"Body/{kind}")


def test_a_status_goes_back_to_the_sender() -> None:
    asked = read(newrx()).header
    header, body = answered(status(asked, message_id="A-1", sent_at=AT))
    assert (header.sender, header.sender_qualifier) == (asked.recipient, "P")
    assert (header.recipient, header.recipient_qualifier) == (asked.sender, "D")
    assert (header.relates_to, header.message_id, header.sent_at) == ("MSG-1", "A-1", AT)
    assert (header.transaction, body.text("Code"), header.version) == ("Status", "010", "2017071")
    assert header.order_number == "ORD-9"


def test_an_error_says_what_and_nothing_else() -> None:
    asked = read(newrx()).header
    header, body = answered(error(asked, code="900", description="Not so.", message_id="A-2", sent_at=AT))
    assert (header.transaction, body.text("Code"), body.text("Description")) == ("Error", "900", "Not so.")
    assert b"Okafor" not in error(asked, code="900", description="Not so.", message_id="A-2", sent_at=AT)


def test_the_answer_has_the_six_attributes_and_no_namespace() -> None:
    root = document(status(None, message_id="A-3", sent_at=AT))
    assert root.tag == "Message"
    assert len(root.attrib) == 6
    assert root.get("TransactionDomain") == "SCRIPT"
    assert root.get("TransactionVersion") == "20170715"


def test_the_answer_speaks_the_version_of_the_question() -> None:
    newer = read(newrx(version="20230115")).header
    assert document(status(newer, message_id="A", sent_at=AT)).get("TransactionVersion") == "20230115"
    older = document(status(Header(version="10.6"), message_id="A", sent_at=AT))
    assert (older.get("version"), older.get("release")) == ("010", "006")


def test_without_a_header_the_answer_still_stands() -> None:
    header, _ = answered(error(None, code="900", description="Not XML.", message_id="A-4", sent_at=AT))
    assert (header.recipient, header.relates_to) == ("UNKNOWN", "")


def test_an_unknown_status_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        status(None, message_id="A", sent_at=AT, code="999")
