"""What the dose and discrepancy checks say of rhythm, length, totals over several orders and written quantities."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.core.screening.screen import Screening, screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load
from tallman.knowledge.schema import ExampleEntry

knowledge = lru_cache(maxsize=1)(load)


def screened(**told: object) -> Screening:
    return screen(case_of(ExampleEntry(**told), knowledge()), knowledge())  # type: ignore[arg-type]


def codes(**told: object) -> set[str]:
    return {f.code for f in screened(**told).findings}


@pytest.mark.parametrize(
    "new, said",
    [
        ("methotrexate 2.5 mg tablet; take 1 tablet by mouth daily", {"DOSE-DAYS-A-WEEK"}),
        ("methotrexate 2.5 mg tablet; take 4 tablets by mouth once a week", set()),
        ("ketorolac 10 mg tablet; take 1 tablet by mouth every 6 hours for 14 days", {"DOSE-COURSE-MAX"}),
        ("ketorolac 10 mg tablet; take 1 tablet by mouth every 6 hours for 5 days", set()),
        ("diclofenac 10 mg/g topical gel; apply 4 g to knee four times a day", set()),
        ("omeprazole 40 mg capsule; take 1 capsule by mouth every morning before meals", set()),
    ],
)
def test_how_often_and_how_long(new: str, said: set[str]) -> None:
    found = codes(new=new, age=50)
    assert {c for c in found if c.startswith("DOSE")} == said


def test_the_same_medicine_over_two_orders_is_named_once() -> None:
    told = screened(
        new="metformin 1000 mg tablet; take 1 tablet by mouth twice a day",
        current=["metformin ER 500 mg tablet; take 2 tablets by mouth once a day"],
        age=50,
    )
    (total,) = [f for f in told.findings if f.code == "DOSE-DAILY-MAX"]
    assert "metformin over 2 orders" in total.summary
    assert len(total.others) == 1


def test_routes_add_up_only_where_as_much_is_allowed_by_each() -> None:
    mouth = ["acetaminophen 500 mg tablet; take 2 tablets by mouth four times a day"]
    assert "DOSE-DAILY-MAX" in codes(
        new="acetaminophen 650 mg suppository; insert 1 suppository rectally every 6 hours", current=mouth, age=50
    )
    patch = ["nicotine 21 mg/24 h patch; apply 1 patch daily"]
    gum = "nicotine 2 mg gum; chew 1 piece every 2 hours as needed, max 24 pieces per day"
    assert "DOSE-DAILY-MAX" not in codes(new=gum, current=patch, age=50)


@pytest.mark.parametrize("ordered, said", [("20 tablets", set()), ("200 tablets", {"DISCREPANCY-QUANTITY"})])
def test_a_quantity_in_the_directions_is_held_against_the_one_ordered(ordered: str, said: set[str]) -> None:
    new = "ciprofloxacin 500 mg tablet; 1 tab po bid x10d #20"
    found = codes(new=new, quantity=ordered, days_supply=10, age=50)
    assert {c for c in found if c.startswith("DISCREPANCY")} == said


def test_what_is_usual_by_weight_is_told_for_this_weight() -> None:
    new = "hydrocortisone 5 mg tablet; take 2 tablets by mouth three times a day"
    (total,) = [f for f in screened(new=new, age=3, weight="15 kg").findings if f.code == "DOSE-DAILY-MAX"]
    assert "1.5 mg/kg x 15 kg = 22.5 mg usually, 6 mg/kg x 15 kg" in total.summary
