"""The coded directions of a message are held against its words when it is entered, and when it is screened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallman.server import knowledge_in_use
from tallman.server.prescriptions import actions, replay
from tallman.server.prescriptions.models import Finding, Prescription

Make = Callable[..., Any]


@pytest.fixture
def entered_beside(received: Make, entry: Make, person: Make) -> Callable[[str], Prescription]:
    """`entered_beside(coded)`: entered from a message that says three times daily in words, and `coded` beside them."""

    def make(coded: str) -> Prescription:
        row = received()
        row.received["structured_sig"] = coded
        row.save(update_fields=["received"])
        return actions.enter(prescription=row, version=row.version, entry=entry(), by=person("technician"))

    return make


def test_codes_that_say_something_else_are_a_finding(entered_beside: Callable[[str], Prescription]) -> None:
    row = entered_beside("take 2 tablet by mouth 3 times per day")
    found = Finding.objects.get(screening=row.screening_id, code="DISCREPANCY-CODED")
    assert "2 tablet" in found.summary
    again = replay.replay(row.screening.case, knowledge_in_use.current())
    assert "DISCREPANCY-CODED" in [f.code for f in again.findings]


@pytest.mark.parametrize("coded", ["", "take 1 tablet by mouth 3 times per day as needed", "C48542 8"])
def test_codes_that_agree_or_cannot_be_read_are_none(entered_beside: Callable[[str], Prescription], coded: str) -> None:
    row = entered_beside(coded)
    assert not Finding.objects.filter(screening=row.screening_id, code="DISCREPANCY-CODED").exists()
