"""Directions read place by place, and quantity ÷ directions = days' supply."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tallman.core.quantity import Amount
from tallman.core.sig import parse
from tallman.server import knowledge_in_use
from tallman.server.prescriptions.arithmetic import Sum, sum_of
from tallman.server.prescriptions.matching.names import Likeness, family_likeness, given_likeness, suffix_of
from tallman.server.prescriptions.readings import reading_of


def worked(sig: str, quantity: str, days: int | None = None, product: str = "", sent: Any = None) -> Sum:
    value, unit = quantity.split()
    found = knowledge_in_use.current().products.get(product)
    return sum_of(parse(sig), Amount(Decimal(value), unit), days, found, sent or {})


@pytest.mark.parametrize(
    "sig, quantity, words, days",
    [
        ("1 tab po bid", "60 tablet", "60 tablets / 2 tablets a day = 30 days", 30),
        ("1-2 tabs po q6h prn", "40 tablet", "40 tablets / 4 to 8 tablets a day = 5 to 10 days", 5),
        ("1 tab po weekly", "4 tablet", "4 tablets / 1 tablet a week = 28 days", 28),
        ("1 patch transdermal q72h", "10 patch", "10 patches / 1 patch every 3 days = 30 days", 30),
        ("1 tab po qod", "15 tablet", "15 tablets / 0.5 tablets a day = 30 days", 30),
        ("7.5 mL po bid x 10 days", "150 mL", "150 mL / 15 mL a day = 10 days (the course ends after 10 days)", 10),
    ],
)
def test_the_arithmetic_is_shown(sig: str, quantity: str, words: str, days: int) -> None:
    assert worked(sig, quantity) == Sum(words, "", days)


def test_a_dose_in_milligrams_is_worked_out_through_the_strength() -> None:
    found = worked("take 500 mg po tid", "30 capsule", product="308191")  # amoxicillin 500 MG Oral Capsule
    assert found.words == "30 capsules of 500 mg = 15,000 mg; 15,000 mg / 1,500 mg a day = 10 days"
    assert found.days == 10


@pytest.mark.parametrize(
    "sig, quantity, product, words",
    [
        # latanoprost eye drops, insulin isophane/regular 70/30, nicotine gum, metronidazole vaginal gel
        ("1 drop both eyes qhs", "2.5 mL", "314072", "2.5 mL = 50 drops (20 a mL); 50 drops / 2 drops a day = 25 days"),
        ("inject 40 units bid", "10 mL", "311048",
         "10 mL of 70 units/mL and 30 units/mL = 1,000 units; 1,000 units / 80 units a day = 12 days"),
        ("chew 2 mg every 2 hours", "100 each", "314119",
         "100 gum of 2 mg = 200 mg; 200 mg / 24 mg a day = 8 days"),
        ("insert 1 applicatorful vaginally qhs", "70 g", "142046",
         "70 g = 14 applicatorfuls (5 g each); 14 applicatorfuls / 1 applicatorful a day = 14 days"),
    ],
)  # fmt: skip
def test_a_container_is_counted_as_the_directions_count(sig: str, quantity: str, product: str, words: str) -> None:
    assert worked(sig, quantity, product=product).words == words


@pytest.mark.parametrize(
    "sig, quantity, months, words",
    [
        ("apply to both hands twice daily", "60 g", None, "60 g / 1.6 to 2 g a day = 30 to 37 days"),
        ("apply a thin layer to both hands twice daily", "60 g", 60, None),  # Of a child a hand goes with its arm.
        ("apply a thin layer to arms and legs at bedtime", "60 g", 60, "60 g / 4 to 5 g a day = 12 to 15 days"),
        ("apply 1 ftu to left forearm daily", "15 g", None, "15 g / 0.4 to 0.5 g a day = 30 to 37 days"),
        ("apply to affected area twice daily", "60 g", None, None),
    ],
)
def test_a_cream_is_reckoned_by_fingertip_units(sig: str, quantity: str, months: int | None, words: str | None) -> None:
    value, unit = quantity.split()
    found = sum_of(parse(sig), Amount(Decimal(value), unit), 7, None, {}, months)
    assert found.words == (f"{words} (an estimate by fingertip units)" if words else "")
    assert found.differences == ()


@pytest.mark.parametrize(
    "sig, quantity, product, words",
    [
        # pens of insulin lispro 100 units/mL, of glargine 300 units/mL, and a vial of lispro, which is not primed
        ("inject 10 units tid with meals", "15 mL", "1652639",
         "15 mL of 100 units/mL = 1,500 units; 1,500 units / 30 units a day = 50 days, 41 days with 2 units "
         "to prime the pen each time"),
        ("inject 30 units daily", "4.5 mL", "1604539",
         "4.5 mL of 300 units/mL = 1,350 units; 1,350 units / 30 units a day = 45 days, 40 days with 3 units "
         "to prime the pen each time"),
        ("inject 10 units tid with meals", "10 mL", "242120",
         "10 mL of 100 units/mL = 1,000 units; 1,000 units / 30 units a day = 33 days"),
    ],
)  # fmt: skip
def test_a_pen_is_primed_before_each_injection(sig: str, quantity: str, product: str, words: str) -> None:
    assert worked(sig, quantity, product=product).words == words


def test_one_day_is_a_day() -> None:
    assert worked("1 tab po bid", "2 tablet").words == "2 tablets / 2 tablets a day = 1 day"


@pytest.mark.parametrize(
    "sig, why",
    [
        ("1 tab po bid zorble", "Not worked out: the directions are not read whole."),
        ("use as directed", "Not worked out: it is to be used as directed."),
        ("inject 10 units daily", "Not worked out: the unit of the quantity does not fit the directions."),
        ("", "Enter the directions."),
    ],
)
def test_what_cannot_be_worked_out_says_why(sig: str, why: str) -> None:
    found = worked(sig, "30 tablet")
    assert (found.words, found.why, found.days) == ("", why, None)


def test_without_a_quantity_nothing_is_worked_out() -> None:
    assert sum_of(parse("1 tab po bid"), None, None, None, {}).why.startswith("Enter quantity and unit")


@pytest.mark.parametrize(
    "days, sent, differences",
    [
        (30, {"days_supply": 30}, ()),
        (29, {}, ()),
        (15, {}, ("Typed 15 days; it works out at 30.",)),
        (90, {"days_supply": 90}, ("Typed, and in the message: 90 days; it works out at 30.",)),
        (30, {"days_supply": 90},
         ("Typed 30 days' supply; the message says 90.", "The message says 90 days; it works out at 30.")),
        (None, {"quantity": {"value": "90", "written": "#90"}}, ("Typed 60 tablets; the message says #90.",)),
    ],
)  # fmt: skip
def test_what_disagrees_is_said(days: int | None, sent: dict[str, object], differences: tuple[str, ...]) -> None:
    assert worked("1 tab po bid", "60 tablet", days, sent=sent).differences == differences


# --- directions


def test_every_character_is_in_a_piece_and_marks_are_in_place() -> None:
    text = "inject 10U sc qd zorble daily"
    reading = reading_of(text)
    assert "".join(p.text for p in reading.pieces) == text
    assert [p.text for p in reading.pieces if p.kind == "unread"] == ["zorble"]
    assert {"sc", "qd"} <= {p.text for p in reading.pieces if p.kind == "notation"}


def test_what_is_read_whole_is_said_and_what_is_not_keeps_its_text() -> None:
    assert reading_of("1 tab po daily").said == "Take 1 tablet by mouth once a day."
    assert reading_of("1 tab po daily zorble").why.startswith("Not all of it")
    assert reading_of("zorble").why.startswith("Not understood")
    assert (reading_of("").said, reading_of("").why) == ("", "")


# --- names


@pytest.mark.parametrize(
    "one, other, likeness",
    [
        ("Bob", "Robert James", Likeness.SHORT_FORM),
        ("Liz", "Beth", Likeness.SHORT_FORM),
        ("J", "James", Likeness.INITIAL),
        ("José", "Jose", Likeness.SAME),
        ("Jon", "John", Likeness.NEAR),
        ("Dr. Ann", "Ann", Likeness.SAME),
        ("Ann", "Robert", Likeness.OTHER),
        ("", "Robert", Likeness.OTHER),
    ],
)
def test_first_names(one: str, other: str, likeness: Likeness) -> None:
    assert given_likeness(one, other) is likeness
    assert given_likeness(other, one) is likeness


@pytest.mark.parametrize(
    "one, other, likeness",
    [
        ("O'Brien", "OBRIEN", Likeness.SAME),
        ("Van Dyke", "Vandyke", Likeness.SAME),
        ("García", "Garcia-Lopez", Likeness.PART),
        ("Hollis Jr", "Hollis", Likeness.SAME),
        ("Smyth", "Smith", Likeness.NEAR),
        ("Smith", "Jones", Likeness.OTHER),
    ],
)
def test_family_names(one: str, other: str, likeness: Likeness) -> None:
    assert family_likeness(one, other) is likeness


def test_suffixes() -> None:
    assert [suffix_of(n) for n in ("Hollis, Walter, Jr.", "Hollis III", "Ivan Ivanov", "Senior")] == [
        "Jr",
        "III",
        "",
        "",
    ]
