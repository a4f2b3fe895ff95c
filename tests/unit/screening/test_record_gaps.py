"""What cannot be right of a person's size, and what is believed of those who are built small."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.patient import Condition, Patient
from tallman.core.quantity import parse_amount
from tallman.core.screening.record_gaps import person_gaps, size_gaps

ON = date(2026, 3, 2)


def codes(years: int, weight: str = "", height: str = "", *, code: str = "") -> list[str]:
    patient = Patient(
        birth_date=date(ON.year - years, 3, 2),
        sex="male",
        conditions=(Condition(code),) if code else (),
        weight=parse_amount(weight) if weight else None,
        height=parse_amount(height) if height else None,
    )
    return [gap.code.removeprefix("RECORD-").removesuffix("-UNLIKELY") for gap in size_gaps(patient, ON)]


@pytest.mark.parametrize(
    ("years", "weight", "height", "found"),
    [
        (50, "80 kg", "172 cm", []),
        (50, "24 kg", "", ["WEIGHT"]),
        (50, "360 kg", "", ["WEIGHT"]),
        (50, "8 kg", "68 cm", ["WEIGHT"]),
        (50, "", "68 cm", ["HEIGHT"]),
        (50, "", "230 cm", ["HEIGHT"]),
        (50, "330 kg", "180 cm", ["SIZE"]),
        (5, "18 kg", "109 cm", []),
        (5, "18 kg", "42 cm", ["HEIGHT"]),
        (5, "18 kg", "150 cm", ["HEIGHT"]),
        (10, "75 kg", "100 cm", ["SIZE"]),
    ],
)
def test_a_size_that_nobody_has_is_told_once(years: int, weight: str, height: str, found: list[str]) -> None:
    assert codes(years, weight, height) == found


def test_less_is_believed_of_those_who_are_built_small() -> None:
    assert codes(40, "21 kg", "105 cm", code="Q774") == []
    assert codes(40, "12 kg", code="Q774") == ["WEIGHT"]


@pytest.mark.parametrize(("sex", "years", "found"), [("male", 30, 1), ("female", 30, 0), ("female", 72, 1)])
def test_pregnant_against_the_record(sex: str, years: int, found: int) -> None:
    patient = Patient(birth_date=date(ON.year - years, 1, 1), sex=sex, pregnant=True)
    assert sum(g.code == "RECORD-STATE-UNLIKELY" for g in person_gaps(patient, ON)) == found


@pytest.mark.parametrize(
    ("sex", "codes", "found"),
    [
        ("female", ["N401"], 1),
        ("female", ["C61"], 1),
        ("male", ["N951"], 1),
        ("male", ["C569"], 1),
        ("male", ["N401", "C61"], 0),
        ("female", ["N951", "C569"], 0),
        ("male", ["C50921", "N62", "N971", "N760"], 0),
        ("female", ["C61", "F640"], 0),
        ("male", ["N920", "Z87890"], 0),
        ("other", ["C61"], 0),
        ("unknown", ["N951"], 0),
        (None, ["C61"], 0),
    ],
)
def test_a_diagnosis_of_the_other_sex(sex: str | None, codes: list[str], found: int) -> None:
    patient = Patient(birth_date=date(1960, 1, 1), sex=sex, conditions=tuple(Condition(c) for c in codes))
    assert sum(g.code == "RECORD-SEX-UNLIKELY" for g in person_gaps(patient, ON)) == found


def test_what_was_read_from_words_says_nothing_of_the_sex() -> None:
    read = Condition("N951", "hot flashes", is_read=True)
    patient = Patient(birth_date=date(1960, 1, 1), sex="male", conditions=(read,))
    assert [g.code for g in person_gaps(patient, ON)] == []
