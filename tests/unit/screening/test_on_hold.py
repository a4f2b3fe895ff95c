"""What is on hold on the medicine list: seen, and not counted as taken."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation


def told(order: str, current: str) -> dict[str, str]:
    """The severity of each code, for somebody with one medicine on the list."""
    knowledge = load()
    row = UNLESS_SAID | {"order": order, "current": [current], "weight": "80 kg"}
    found = screen(read_case(Situation("hold", row).bundle(), knowledge)[0], knowledge).findings
    return {f.code: str(f.severity) for f in found}


@pytest.mark.parametrize(
    ("order", "current"),
    [
        (
            "furosemide 10 mg/mL inj | 80 mg IV BID | | | category=inpatient",
            "furosemide 40 mg tab | 1 tab bid | 60 | 30",
        ),
        ("apixaban 5 mg tab | 1 tab po bid | 60 | 30", "warfarin 5 mg tab | 1 tab daily | 90 | 90"),
        ("metformin 500 mg tab | 1 tab po bid | 60 | 30", "metformin 500 mg tab | 1 tab bid | 60 | 30"),
    ],
)
def test_it_is_taken_no_second_time(order: str, current: str) -> None:
    found = told(order, f"{current} | status=on-hold")
    assert not [code for code in found if code.startswith("DUPLICATE")]
    assert found["RECORD-ON-HOLD"] == "low"
    assert "RECORD-ON-HOLD" not in told(order, current)


def test_a_pair_with_it_informs_for_the_day_it_goes_on_again() -> None:
    order = "nitroglycerin 0.4 mg SL tab | 1 tab sl q5min prn chest pain max 3 | 25 | 30"
    taken = "sildenafil 50 mg tab | 1 tab prn | 10 | 30"
    assert told(order, taken)["INT-NITRATE-PDE5"] == "critical"
    assert told(order, f"{taken} | status=on-hold")["INT-NITRATE-PDE5"] == "moderate"
    held = "warfarin 5 mg tab | 1 tab daily | 90 | 90 | status=on-hold"
    assert set(told("ibuprofen 600 mg tab | 1 tab tid | 90 | 30", held).values()) <= {"low"}


def test_what_works_for_weeks_after_the_last_dose_still_stops() -> None:
    held = "phenelzine 15 mg tab | 1 tab tid | 90 | 30 | status=on-hold"
    assert told("sertraline 50 mg tab | 1 tab daily | 30 | 30", held)["INT-MAOI-SEROTONERGIC"] == "critical"


def test_what_the_body_keeps_for_months_counts_in_full() -> None:
    order, kept = "simvastatin 40 mg tab | 1 tab daily | 30 | 30", "amiodarone 200 mg tab | 1 tab daily | 90 | 90"
    taken = {code: level for code, level in told(order, kept).items() if code.startswith("INT-")}
    held = {code: level for code, level in told(order, f"{kept} | status=on-hold").items() if code.startswith("INT-")}
    assert taken
    assert held == taken
