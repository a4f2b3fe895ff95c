"""Pieces that are counted without a strength, doses once, refills of what has an end, and what to drink."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallman.core.screening.finding import Finding
from tallman.core.screening.screen import screen
from tallman.core.screening.slip import slip
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


def _stops(new: str) -> list[Finding]:
    return [f for f in screen(case_of(ExampleEntry(new=new), load()), load()).findings if f.severity.is_interruptive]


def test_too_many_of_the_weakest_are_too_many_of_any() -> None:
    (found,) = _stops("metformin; take 6 tablets by mouth twice daily")
    assert found.category == "dose-high"
    assert "the strength is not said: reckoned with the weakest that is made" in found.evidence


@pytest.mark.parametrize("new", ["metformin; take 2 tablets by mouth twice daily", "lisinopril; take 1 tablet daily"])
def test_what_the_weakest_allows_is_not_called_too_much(new: str) -> None:
    assert not _stops(new)


@pytest.mark.parametrize(
    ("new", "stops"),
    [
        ("Truvada; take 1 tablet by mouth daily", True),
        ("valacyclovir; take 1 tablet by mouth three times daily", True),
        ("gabapentin; take 1 capsule by mouth daily", False),
    ],
)
def test_what_weak_kidneys_forbid_of_the_weakest_they_forbid_of_any(new: str, stops: bool) -> None:
    example = ExampleEntry(new=new, age=66, weight="58 kg", labs={"creatinine": "2.9 mg/dL"}, sex="male")
    found = screen(case_of(example, load()), load()).findings
    assert any(f.category == "renal" and f.severity.is_interruptive for f in found) is stops


def test_a_dose_once_is_on_no_day_of_a_month() -> None:
    assert not _stops("sumatriptan 6 mg/0.5 mL injection; inject 6 mg under the skin once")


@pytest.mark.parametrize(
    ("new", "stops"),
    [
        ("albuterol 2.5 mg/3 mL inhalation solution; drink 3 mL every 6 hours", True),
        ("albuterol 2.5 mg/3 mL inhalation solution; inhale 3 mL every 6 hours", False),
        ("Flomax 0.4 mg; 1 capsule by g tube daily", True),
        ("chlorhexidine 0.12% oral rinse; 15 mL IV twice daily", True),
        ("ondansetron ODT 4 mg; 1 suppository rectally every 8 hours as needed", True),
        ("nitroglycerin 0.4 mg SL; apply 1 patch daily", True),
    ],
)
def test_ways_that_cannot_be_meant(new: str, stops: bool) -> None:
    assert bool(_stops(new)) is stops


@pytest.mark.parametrize(("new", "stops"), [("daily x5 q21d", True), ("once every 21 days", False)])
def test_days_of_a_round_are_counted_where_the_word_days_is_left_out(new: str, stops: bool) -> None:
    assert any(f.category == "frequency" for f in _stops(f"docetaxel 80 mg/4 mL; 130 mg IV {new}")) is stops


def test_ten_times_an_ordinary_dose_is_said_of_what_is_near_the_most_by_size() -> None:
    assert slip(Fraction(800), Fraction(88), "mg", by_size=True)[0] == ": ten times 80 mg, which would be ordinary"
    assert slip(Fraction(240), Fraction(88), "mg", by_size=True) == ("", None)
    assert slip(Fraction(240), Fraction(88), "mg")[0] == ": ten times 24 mg, which would be ordinary"
