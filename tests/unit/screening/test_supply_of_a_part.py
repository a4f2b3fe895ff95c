"""Quantities that are a part of a course, go on as somebody tells, or are counted in doses on a ward."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.core.screening.finding import Finding
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.load import load
from tests.deck.deck import UNLESS_SAID, Situation

knowledge = lru_cache(maxsize=1)(load)


def stops(order: str) -> list[Finding]:
    case = read_case(Situation("one", UNLESS_SAID | {"order": order}).bundle(), knowledge())[0]
    found = screen(case, knowledge()).findings
    return [f for f in found if f.category == "discrepancy" and f.severity.is_interruptive]


@pytest.mark.parametrize(
    "order",
    [
        "ampicillin 2 g vial | 2 g IV q4h x 6 weeks | 84 | 14 | category=inpatient",
        "ceftriaxone 2 g vial | 2 g IV q24h for 42 days | 1 | 1 | category=inpatient",
        "ceftriaxone 2 g vial | 2 g IV q24h x 6 weeks | 14 | 14",
        "vancomycin 50 mg/mL oral soln | 125 mg po q6h x 10 days | 40 | 10 | category=inpatient",
        "thiamine 100 mg/mL | 500 mg IV q8h x 3 days | 9 | 3 | category=inpatient",
        "propranolol 4 mg/mL soln | 0.8 mL po bid x 1 week, then as directed | 120 mL | 30",
    ],
)
def test_nothing_is_wrong_with_them(order: str) -> None:
    assert not stops(order)


@pytest.mark.parametrize(
    "order",
    [
        "ceftriaxone 2 g vial | 2 g IV q24h x 6 weeks | 14 | 42",
        "ampicillin 2 g vial | 2 g IV q4h x 6 weeks | 28 | 14 | category=inpatient",
        "penicillin V 500 mg tab | 1 tab po bid x 10 days | 10 | 5",
        "vancomycin 50 mg/mL oral soln | 125 mg po q6h x 10 days | 40 | 10",
        "thiamine 100 mg/mL | 500 mg IV q8h x 3 days | 9 | 30 | category=inpatient",
        "propranolol 4 mg/mL soln | 0.8 mL po bid x 1 week | 120 mL | 7",
    ],
)
def test_what_does_not_fit_still_stops(order: str) -> None:
    assert stops(order)
