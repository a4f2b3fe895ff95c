"""A product entered for another than the message names, and put right, is told to those who keep look-alikes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tallman.server.medicines.mixups import SOURCES
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.mispicks import mispicks
from tallman.server.web import clock
from tests.integration.prescriptions.conftest import IBUPROFEN, LISINOPRIL, METFORMIN

pytestmark = pytest.mark.django_db


def seen() -> list[tuple[str, str, str]]:
    return [(m.intended, m.picked, m.where) for m in mispicks(clock.now() - timedelta(days=1))]


def test_a_corrected_slip_is_seen(entered, entry, person) -> None:
    row = entered(product_id=LISINOPRIL)
    said = {"entry": entry(product_id=IBUPROFEN), "reason": "Wrong product", "by": person("pharmacist")}
    actions.correct(prescription=row, version=row.version, **said)
    assert seen() == [(IBUPROFEN, LISINOPRIL, "entry")]
    assert mispicks in SOURCES


def test_a_slip_that_was_sent_back_is_seen(entered, entry, person) -> None:
    row = entered(product_id=LISINOPRIL)
    row = actions.send_back(prescription=row, version=row.version, reason="Read it again", by=person("pharmacist"))
    actions.enter(prescription=row, version=row.version, entry=entry(product_id=IBUPROFEN), by=person("technician"))
    assert seen() == [(IBUPROFEN, LISINOPRIL, "entry")]


def test_a_change_of_the_prescription_itself_is_none(entered, entry, person) -> None:
    row = entered(product_id=IBUPROFEN)
    said = {"entry": entry(product_id=METFORMIN), "reason": "Prescriber called", "by": person("pharmacist")}
    actions.correct(prescription=row, version=row.version, **said)
    assert seen() == []


def test_a_correction_of_something_else_is_none(entered, entry, person) -> None:
    row = entered(product_id=LISINOPRIL)
    said = {"entry": entry(product_id=LISINOPRIL, sig="1 tab po bid"), "reason": "Sig", "by": person("pharmacist")}
    actions.correct(prescription=row, version=row.version, **said)
    assert seen() == []
