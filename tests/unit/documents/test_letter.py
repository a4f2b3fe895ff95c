"""The letter to the next pharmacy and prescriber."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from tallman.core.reconciliation.discharge import Change
from tallman.documents.letter import UndecidedLetter, letter_pdf
from tests.unit.documents.cases import OPEN, discharge_of

PrintedBy = Callable[[Callable[[], bytes]], str]


def test_it_says_who_what_why_and_whom_to_ask(printed_by: PrintedBy) -> None:
    discharge = discharge_of()
    rows = tuple(
        replace(r, last_dose=datetime(2026, 3, 9, 8), next_dose=datetime(2026, 3, 9, 20)) if r.hospital else r
        for r in discharge.rows
    )
    text = printed_by(lambda: letter_pdf(replace(discharge, rows=rows)))
    for said in (
        "In hospital from March 2, 2026 to March 9, 2026",
        "Allergies: penicillin",
        "Decided by: Ana Ruiz, PharmD",
        "Was: metoprolol tartrate 25 mg oral tablet. 1 tablet by mouth twice daily",
        "Increased for rate control",
        "PAUSED until March 16, 2026",
        "kidney function; GI bleed",
        "03/09 08:00",
        "03/09 20:00",
        "not known",
        "ceftriaxone 1000 mg powder for injection.",
        "Marta Inés Okonjo-Hernández, born May 17, 1948. Questions: St. Brigid Hospital Pharmacy · 555-0100",
    ):
        assert said in text


def test_what_goes_on_is_never_among_what_stopped(printed_by: PrintedBy) -> None:
    text = printed_by(lambda: letter_pdf(discharge_of()))
    on, off = text.split("Stopped or paused: do not refill")
    assert "apixaban" in on
    assert "naproxen" in off
    assert "apixaban" not in off
    assert "naproxen" not in on


def test_fifteen_medicines_take_two_pages_at_most() -> None:
    discharge = discharge_of()
    goes_on = [r for r in discharge.rows if r.change is not Change.HOSPITAL_ONLY]
    document = letter_pdf(replace(discharge, rows=tuple((goes_on * 3)[:15])))
    assert len(re.findall(rb"/Type /Page\b", document)) <= 2


def test_nothing_undecided_is_written_to_others() -> None:
    with pytest.raises(UndecidedLetter):
        letter_pdf(discharge_of(OPEN))
