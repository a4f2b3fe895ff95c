"""A note that a dose is raised or lowered, against what is ordered and what is on the list."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.core.screening.noted_change import change_that_does_not_fit
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import UNLESS_SAID, Situation

knowledge = lru_cache(maxsize=1)(load)
LISINOPRIL = {dose: f"lisinopril {dose} mg tab | 1 tab po daily" for dose in (10, 20, 40)}


def said(order: str, note: str, listed: str | None = None) -> str:
    row = UNLESS_SAID | {"order": f"{order} | 30 | 30 | note={note}"} | ({"current": [listed]} if listed else {})
    case = read_case(Situation("one", row).bundle(), knowledge())[0]
    return change_that_does_not_fit(case.proposed[0], case.current)


@pytest.mark.parametrize(
    ("ordered", "note", "listed"),
    [
        (20, "Dose increased to 40 mg daily, BP above goal", 20),
        (20, "Dose increased to 40 mg daily", None),
        (20, "increase to 40 mg", 20),
        (20, "Increase lisinopril dose to 40 mg", 20),
        (20, "BP 150/92, increase to 40 mg", 20),
        (20, "lisinopril was increased from 20 mg to 40 mg", 20),
        (40, "decrease dose from 20 mg", 20),
        (40, "dose decreased", 20),
        (10, "dose increase", 20),
        (10, "increased from 20 mg daily", None),
        (20, "dose reduced to 10 mg", 40),
        (20, "dose changed to 40 mg", 20),
    ],
)
def test_a_change_that_is_not_ordered(ordered: int, note: str, listed: int | None) -> None:
    assert said(LISINOPRIL[ordered], note, LISINOPRIL[listed] if listed else None)


@pytest.mark.parametrize(
    ("ordered", "note", "listed"),
    [
        (40, "Dose increased to 40 mg daily, BP above goal", 20),
        (40, "increase to 40 mg", 20),
        (40, "dose increase", 20),
        (20, "dose increased", 20),
        (20, "decrease dose from 40 mg", 40),
        (20, "increase to 40 mg in 2 weeks", 20),
        (20, "increase to 40 mg if BP above goal", 20),
        (20, "if BP above goal, increase to 40 mg", 20),
        (20, "may increase to 40 mg", 20),
        (20, "will increase to 40 mg", 20),
        (20, "increase to 40 mg", None),
        (10, "amlodipine increased to 10 mg", 20),
        (10, "increase fluids to 2 g", 20),
        (20, "started for reduced EF", 20),
        (20, "lisinopril for lowered kidney function", 20),
        (20, "increased to 40 mg daily last month, now 20 mg", 40),
        (20, "yesterday increased to 40 mg", 40),
        (20, "dose increased to 30 mg, take with the 10 mg tablet", 10),
        (20, "dose increased to 30 mg total", 10),
        (20, "dose increased to 20 mg once daily", 10),
        (20, "dose increased to 40 mg, then back to 20 mg", 20),
    ],
)
def test_a_change_that_is_ordered_or_is_none_of_now(ordered: int, note: str, listed: int | None) -> None:
    assert not said(LISINOPRIL[ordered], note, LISINOPRIL[listed] if listed else None)


def test_what_is_said_of_one_dose_or_of_a_day_both_count() -> None:
    twice = "metoprolol tartrate 50 mg tab | 1 tab po bid"
    assert not said(twice, "increased to 50 mg", "metoprolol tartrate 25 mg tab | 1 tab po bid")
    assert not said(twice, "increased to 100 mg a day", "metoprolol tartrate 25 mg tab | 1 tab po bid")
    assert not said(twice, "increased to 50 mg bid", "metoprolol tartrate 25 mg tab | 1 tab po bid")
    assert said(twice, "increased to 100 mg bid", "metoprolol tartrate 25 mg tab | 1 tab po bid")
    assert said(twice, "increased to 200 mg a day", "metoprolol tartrate 25 mg tab | 1 tab po bid")
    assert not said("furosemide 60 mg | 60 mg po daily", "decrease from 40 mg", "furosemide 40 mg tab | 1 tab po bid")
