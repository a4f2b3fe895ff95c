"""Directions that say "increase to" and leave open from what: the list may say it."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import Screening, screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation

TAKEN = "labetalol 100 mg tab | 1 tab bid | 60 | 30 | written=2026-02-01"


def told(directions: str, current: list[str]) -> Screening:
    knowledge = load()
    row = UNLESS_SAID | {"order": f"labetalol 200 mg tab | {directions} | 60 | 30", "current": current}
    return screen(read_case(Situation("changed", row).bundle(), knowledge)[0], knowledge)


def test_the_new_dose_is_checked_where_the_list_has_the_old_one() -> None:
    result = told("increase to 1 tab po bid", [TAKEN])
    assert "dose" not in {n.check for n in result.not_checked}
    assert "DOSE-DAILY-MAX" in {f.code for f in told("increase to 10 tabs po bid", [TAKEN]).findings}


@pytest.mark.parametrize("current", [[], ["lisinopril 10 mg tab | 1 tab daily | 90 | 90"]])
def test_without_the_old_one_nobody_knows(current: list[str]) -> None:
    assert "dose" in {n.check for n in told("increase to 1 tab po bid", current).not_checked}
