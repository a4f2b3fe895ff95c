"""A reading is passed over in texts without what it needs, and would have taken nothing there."""

from __future__ import annotations

import pytest

from tallman.core.sig import parse, walking
from tests.generative.sig_report import directions

_WRITTEN = [
    "1 unit per 10 g of carbohydrate before meals",
    "1 patch weekly for 3 weeks, 1 week off",
    "5 mg 30 minutes before dialysis",
    "10 mg on Mon, Wed and Fri",
    "60-50-40-30-20-10 mg x 2 days each",
    "1 tab, Oral, BID, 20 tab",
    "day 1 and 15 of 28",
    "mix 17 g in 8 oz of water daily",
    "on the 1st and 15th of each month",
    "1 month on, 1 month off",
    "10 g weekly, 4 sites",
    "give half dose if NPO",
    "1 mg every 10 min, 4 hour limit 30 mg",
    "PCA 0.2 mg, lockout 10 min",
    "1-0-1",
    "repeat K in 4 h",
    "may give PR if unable to swallow 650 mg",
    "1 g IV en 1 hora",
    "leave on for 12 hours",
    "1 tab daily for 5 days, repeat monthly",
]


@pytest.mark.parametrize("said", [*_WRITTEN, *(meant.texts[0] for meant in directions(150))])
def test_a_text_reads_the_same_with_every_reading_tried(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = getattr(parse, "__wrapped__", parse)
    quickly = read(said)
    monkeypatch.setattr(walking, "_grammar", lambda said: walking._Grammar(frozenset()))
    assert read(said) == quickly
