"""Messages of another project's tests: each is read or refused with a reason, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallman.interchange.hl7v2.message import parse
from tallman.interchange.hl7v2.read import read
from tallman.interchange.hl7v2.warnings import Unreadable


@pytest.fixture
def messages(shared_data: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((shared_data / "hl7v2" / "pharmacy_messages.json").read_text())
    return found


def test_every_admission_is_read(messages: list[dict[str, str]]) -> None:
    admissions = [read(m["message"].encode()).event for m in messages if m["type"].startswith("ADT^A01")]
    assert len(admissions) >= 7
    for event in admissions:
        assert event is not None
        assert event.patient.name
        assert event.patient.identifiers
        assert event.allergies


def test_everything_else_is_taken_apart_and_refused(messages: list[dict[str, str]]) -> None:
    for sent in (m["message"] for m in messages if not m["type"].startswith("ADT")):
        lines = [line for line in sent.replace("\n", "\r").split("\r") if line.strip()]
        assert len(parse(sent.encode()).segments) == len(lines)
        with pytest.raises(Unreadable) as caught:
            read(sent.encode())
        assert caught.value.code == "NOT-ADT"
