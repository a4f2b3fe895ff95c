"""A reading is passed over in texts without what it needs, and would have taken nothing there."""

from __future__ import annotations

import pytest

from tallman.core.sig import grammar, needed, parse, walking
from tests.generative.sig_report import directions

_WRITTEN = {
    "wearing": "Apply from neck to toes, leave on for 8 to 14 hours then wash off",
    "timed_maximum": "PCA: demand 0.2 mg, 8 min lockout, no basal, 4 hr limit 4.5 mg",
    "patient_pump": "morphine PCA 1 mg demand, lockout 10 min, max 6 mg/hr",
    "mixed_with": "17 g in 8 oz of water daily",
    "cycle": "1 patch weekly for 3 weeks then 1 week patch free",
    "rest": "2 tabs bid days 1-14, then 7 days off",
    "weekly_round": "1 patch q wk x3, 1 wk off",
    "round_anew": "1 tablet daily x 5 days. Repeat monthly x 3 months",
    "month_round": "1 vial nebulized twice a day, month on/month off",
    "weekday": "1 tab po Monday-Wednesday-Friday",
    "month_day": "1 tab on the 1st and 15th of the month",
    "day_range": "1 tablet 6 days a week and 1 1/2 tablets on the 7th day",
    "goes_on": "Week 4: 50 mg bid and continue",
    "lasting_after": "1 tablet weekly starting 2 weeks prior to travel, weekly during, and for 4 weeks after return",
    "trigger": "use new pen needle with each injection, up to 4 times daily",
    "hours_after": "mesna 240 mg/m2 IV at 0, 4 and 8 hrs after ifosfamide",
    "in_sites": "10 g SC weekly over 2 h in 4 sites",
    "part_of_dose": "20 units SC nightly; give half dose if NPO",
    "lessened": "Take 1 tablet at bedtime, may take half if too drowsy",
    "tested": "30 g po x1 now, repeat K in 4 h",
    "infused_in": "Hartmann 1000 ml IV para 8 horas",
    "moved_if": "Take one tab daily. Take at night if drowsy",
    "ladder": "6 day taper: 6-5-4-3-2-1",
    "other_way": "morphine ER 30 mg PO q12h atc, may give PR if unable to swallow",
    "parts_of_day": "metformin 500 mg 1-0-1",
    "day_by_day": "prednisone 10mg 4,4,4,3,3,3,2,2,2,1,1,1",
    "packed": "1 tab, Oral, BID, 20 tab",
    "given_apart": "1 tablet daily but not on dialysis days",
    "drunk_with": "1 weekly 8oz water, sit up 30 min",
    "more_often": "2.5 mg neb q6h prn wheeze, may give q20min x3 if severe",
    "once_again": "1 cap po x1, repeat 1 wk",
    "hurts": "Tome 1 tableta cada 8 horas cuando le duela la cabeza",
    "and_a_half": "Tome pastilla y media cada noche",
}
"""Of each reading that is passed over at times one text that it takes part in."""


def test_every_reading_that_is_passed_over_has_a_text() -> None:
    assert sorted(_WRITTEN) == sorted(reading.__name__ for reading in needed._NEEDED)


@pytest.mark.parametrize("name", _WRITTEN)
def test_its_text_reads_otherwise_without_the_reading(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = getattr(parse, "__wrapped__", parse)
    whole = read(_WRITTEN[name])
    without = frozenset(r for r, _ in grammar._READINGS if r.__name__ == name)
    monkeypatch.setattr(walking, "grammar_of", lambda said: grammar._Grammar(without))
    assert read(_WRITTEN[name]) != whole


@pytest.mark.parametrize("said", [*_WRITTEN.values(), *(meant.texts[0] for meant in directions(150))])
def test_a_text_reads_the_same_with_every_reading_tried(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = getattr(parse, "__wrapped__", parse)
    quickly = read(said)
    monkeypatch.setattr(walking, "grammar_of", lambda said: grammar._Grammar(frozenset()))
    assert read(said) == quickly
