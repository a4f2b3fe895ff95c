"""The rest of a schedule II prescription: why a part is given, and until when the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tallman.knowledge.load import load
from tallman.server.accounts.models import User
from tallman.server.dispensing import actions, rest
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import Refused
from tallman.server.web import clock
from tests.integration.dispensing.conftest import LISINOPRIL_10, matrix

HANDED = {"first_identifier": "name", "second_identifier": "birth-date", "counselling": "declined"}

Part = Callable[[str], Prescription]


@pytest.fixture
def technician(person: Callable[[str], User]) -> User:
    return person("technician")


@pytest.fixture
def part(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User, person: Callable[[str], User],
    monkeypatch: pytest.MonkeyPatch,
) -> Part:  # fmt: skip
    """`part("short")`: 20 of 30 tablets given, as if the medicine were in schedule II."""
    law = next(law for law in load().laws if law.jurisdiction == "US")
    monkeypatch.setattr(rest, "_rules", lambda row: [law.of("CII")])

    def give(reason: str) -> Prescription:
        row = to_fill()
        one = actions.scan(prescription=row, code=matrix(LISINOPRIL_10, shelf.late), by=technician)
        done = {"scans": [one], "quantity": Decimal(20), "part_reason": reason}
        actions.fill(prescription=row, version=row.version, by=technician, **done)
        do(actions.verify, row, person("pharmacist"))
        do(actions.shelve, row, technician, bin="A12")
        do(actions.hand_over, row, technician, **HANDED)
        return row

    return give


def do(action: Callable[..., Any], row: Prescription, by: User, **said: Any) -> None:
    row.refresh_from_db()
    action(prescription=row, version=row.version, by=by, **said)
    row.refresh_from_db()


def test_a_part_of_schedule_ii_needs_its_reason(part: Part) -> None:
    with pytest.raises(Refused, match="Say why only a part is given"):
        part("")


def test_the_rest_is_filled_in_time(part: Part, technician: User) -> None:
    row = part("short")
    assert rest.rest_until(row) == row.fills.get().filled_at + timedelta(hours=72)
    do(actions.complete_owed, row, technician)
    assert row.stage == "to-fill"


def test_a_rest_after_its_time_needs_a_new_prescription(
    part: Part, technician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = part("short")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=73))
    with pytest.raises(Refused, match="needs a new prescription"):
        do(actions.complete_owed, row, technician)


def test_what_was_asked_for_in_parts_has_thirty_days(
    part: Part, technician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = part("asked")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=20))
    do(actions.complete_owed, row, technician)
    assert row.stage == "to-fill"


def test_the_pages_ask_why_and_tell_until_when(
    client_as: Callable[[str], Client], to_fill: Callable[..., Prescription], shelf: SimpleNamespace, part: Part,
    technician: User,
) -> None:  # fmt: skip
    row, client = to_fill(), client_as("technician")
    one = actions.scan(prescription=row, code=matrix(LISINOPRIL_10, shelf.late), by=technician)
    page = client.get(f"/rx/{row.rx_number}/fill/").content.decode()
    assert "There is not enough in stock: the rest within 72 hours from the first part" in page
    said = {"version": row.version, "scan": one.pk, f"amount-{one.pk}": "20", "owe": "on"}
    assert client.post(f"/rx/{row.rx_number}/fill/", said).status_code == 422
    assert client.post(f"/rx/{row.rx_number}/fill/", said | {"part_reason": "asked"}).status_code == 302
    assert row.fills.get().part_reason == "asked"
    owed = client.get(f"/rx/{part('short').rx_number}/owed/").content.decode()
    assert "after that it needs a new prescription" in owed


def test_a_medicine_that_is_not_controlled_needs_no_reason(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, technician: User
) -> None:
    row = to_fill()
    assert rest.part_reasons(row) == []
    one = actions.scan(prescription=row, code=matrix(LISINOPRIL_10, shelf.late), by=technician)
    made = actions.fill(prescription=row, version=row.version, scans=[one], quantity=Decimal(20), by=technician)
    assert (made.part_reason, rest.rest_until(row)) == ("", None)
