"""What was stopped lately still counts for some days or weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tallman.core.screening.finding import Severity
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation

FLUOXETINE = "fluoxetine 20 mg capsule; take 1 capsule by mouth daily"
PHENELZINE = "phenelzine 15 mg tablet; take 1 tablet by mouth three times a day"


@pytest.mark.parametrize(("days", "stops"), [(1, True), (34, True), (35, False)])
def test_fluoxetine_counts_for_five_weeks(days: int, stops: bool) -> None:
    found = screen(case_of(ExampleEntry(new=PHENELZINE, current=[FLUOXETINE], stopped=days), load()), load()).findings
    told = [f for f in found if f.code == "INT-MAOI-SEROTONERGIC"]
    assert bool(told) is stops
    if told:
        assert told[0].summary.startswith(f"phenelzine {days} day{'s' if days > 1 else ''} after fluoxetine ended: ")
        assert told[0].advice.endswith("35 days are waited after it.")


def test_what_is_taken_again_is_told_once_as_taken() -> None:
    case = case_of(ExampleEntry(new=PHENELZINE, current=[FLUOXETINE]), load())
    case = replace(case, past=(replace(case.current[0], id="old", ended=case.on - timedelta(days=3)),))
    assert [f.others for f in screen(case, load()).findings if f.category == "interaction"] == [("current-1",)]


@pytest.mark.parametrize(
    ("order", "severity"),
    [
        ("Entresto 24-26 mg | 1 tab po bid | 60 | 30 | replaces=1", Severity.MODERATE),
        ("Entresto 24-26 mg | 1 tab po bid | 60 | 30", Severity.CRITICAL),
    ],
)
def test_hours_to_wait_in_a_switch_are_advice(order: str, severity: Severity) -> None:
    told = UNLESS_SAID | {"order": order, "current": ["lisinopril 20 mg tab | 1 tab po daily | 90 | 90"]}
    case = read_case(Situation("switch", told).bundle(), load())[0]
    assert [f.severity for f in screen(case, load()).findings if f.code == "INT-ARNI-ACEI"] == [severity]


def test_the_day_a_stopped_supply_ran_out_is_worked_out() -> None:
    line = "fluoxetine 20 mg cap | 1 cap po daily | 30 | 30 | status=stopped written=2026-01-10"
    told = UNLESS_SAID | {"order": "phenelzine 15 mg tab | 1 tab po tid | 90 | 30", "current": [line]}
    case = read_case(Situation("past", told).bundle(), load())[0]
    assert [(str(o.ended), o.end_is_known) for o in case.past] == [("2026-02-09", True)]
    assert [f.severity for f in screen(case, load()).findings if f.rule == "INT-MAOI-SEROTONERGIC"] == [
        Severity.CRITICAL
    ]


def test_a_stop_on_a_day_that_nobody_says_is_told_as_advice() -> None:
    line = "phenelzine 15 mg tab | 1 tab po tid | 90 | 30 | status=stopped written=2026-02-16"
    told = UNLESS_SAID | {"order": "fluoxetine 20 mg cap | 1 cap po daily | 30 | 30", "current": [line]}
    found = screen(read_case(Situation("past", told).bundle(), load())[0], load()).findings
    (said,) = [f for f in found if f.rule == "INT-MAOI-SEROTONERGIC"]
    assert said.severity is Severity.MODERATE
    assert "the record does not say when phenelzine was last taken; it counts for 14 days" in said.evidence
