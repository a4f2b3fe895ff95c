"""A week of a course on which something is injected is one dose; what is swallowed or injected daily is every day."""

from __future__ import annotations

import pytest

from tallman.core.prescription import Order
from tallman.core.screening.single_week import once_in_its_week
from tallman.core.sig import DayRange, parse
from tallman.interchange.fhir.current import UNREAD


def days(directions: str) -> DayRange | None:
    return once_in_its_week(Order("o1", UNREAD, parse(directions))).sig.steps[0].days


@pytest.mark.parametrize(
    ("directions", "day"),
    [
        ("600 mg IV week 1", 1),
        ("400 mg/m2 (782 mg) IV over 2 hours week 1", 1),
        ("160 mg SC week 3", 15),
    ],
)
def test_an_injection_of_a_week_is_one_dose(directions: str, day: int) -> None:
    assert days(directions) == DayRange(day, day)


@pytest.mark.parametrize(
    "directions",
    ["40 mg SC daily week 1", "40 mg SC every 12 hours week 1", "1 tablet by mouth week 1", "20 mg po daily week 1"],
)
def test_what_is_taken_on_its_days_is_left(directions: str) -> None:
    assert days(directions) == DayRange(1, 1, "wk")
