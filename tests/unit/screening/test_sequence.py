"""The first weeks of a medicine and what it goes on with, written as two prescriptions."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation

FIRST = "Xarelto 15 mg | 1 tab bid with food x 21 days | 42 | 21"


@pytest.mark.parametrize(
    ("then", "adds_up"),
    [
        ("1 tab daily with food", True),
        ("1 tab daily with food starting day 22", False),
        ("1 tab daily with food starting day 8", True),
        ("1 tab daily with food, start week 4", False),
        ("1 tab daily with food, begin after completing the starter dose", False),
        ("1 tab daily with food, start after 21 days", False),
    ],
)
def test_what_begins_when_the_other_is_over_does_not_add_to_it(then: str, adds_up: bool) -> None:
    told = UNLESS_SAID | {"orders": [FIRST, f"Xarelto 20 mg | {then} | 30 | 30"]}
    case = read_case(Situation("two", told).bundle(), load())[0]
    found = {f.category for f in screen(case, load()).findings if f.severity.is_interruptive}
    assert ({"dose-high", "duplicate"} <= found) is adds_up
    assert bool(found) is adds_up
