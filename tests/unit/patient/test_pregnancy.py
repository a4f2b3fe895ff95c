"""Pregnancy and breastfeeding as the record tells them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tallman.core.lab import Lab
from tallman.core.patient import Condition, Observation, Patient
from tallman.core.pregnancy import is_lactating, may_be_pregnant, pregnancy_of

TODAY = date(2026, 11, 24)
LABS = {"gestational-age": Lab("gestational-age", "weeks of pregnancy", "wk", ("18185-9",))}


def woman(*codes: str, age: int = 30, **more: object) -> Patient:
    """A woman with these diagnoses."""
    conditions = tuple(Condition(code) for code in codes)
    return Patient(birth_date=date(TODAY.year - age, 1, 1), sex="female", conditions=conditions, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "codes, weeks", [(("Z3A22",), 22), (("O2441",), None), (("Z331",), None), (("Z3400", "Z3A08"), 8)]
)
def test_a_diagnosis_tells(codes: tuple[str, ...], weeks: int | None) -> None:
    found = pregnancy_of(woman(*codes), LABS, TODAY)
    assert found is not None
    assert found.weeks == weeks


@pytest.mark.parametrize("codes", [("O039",), ("Z332",), ("O9122",), ("E119",), ()])
def test_what_has_ended_or_never_was(codes: tuple[str, ...]) -> None:
    assert pregnancy_of(woman(*codes), LABS, TODAY) is None


def test_an_answer_wins_over_a_diagnosis() -> None:
    assert pregnancy_of(woman("Z3A22", pregnant=False), LABS, TODAY) is None


def test_a_pregnancy_noted_last_year_is_over() -> None:
    old = Patient(sex="female", conditions=(Condition("Z331", onset=TODAY - timedelta(days=320)),))
    assert pregnancy_of(old, LABS, TODAY) is None


def test_weeks_go_on_since_they_were_measured() -> None:
    measured = Observation("18185-9", TODAY - timedelta(days=15), Decimal(18), "wk")
    found = pregnancy_of(woman(pregnant=True, observations=(measured,)), LABS, TODAY)
    assert found is not None
    assert found.weeks == 20


@pytest.mark.parametrize(
    "patient, possible",
    [
        (woman(), True),
        (woman(age=60), False),
        (woman(age=8), False),
        (woman(pregnant=False), False),
        (Patient(), False),
    ],
)
def test_whether_nobody_has_asked_matters(patient: Patient, possible: bool) -> None:
    assert may_be_pregnant(patient, TODAY) is possible


def test_breastfeeding_by_answer_or_by_diagnosis() -> None:
    assert is_lactating(woman(lactating=True), TODAY)
    assert is_lactating(woman("Z391"), TODAY)
    assert not is_lactating(woman("Z391", lactating=False), TODAY)
    assert not is_lactating(woman(), TODAY)


def test_on_a_childs_record_it_is_the_child_that_was_carried_and_is_breastfed() -> None:
    assert pregnancy_of(woman("Z3490", age=0), LABS, TODAY) is None
    assert not is_lactating(woman("Z391", age=1), TODAY)


@pytest.mark.parametrize(
    ("codes", "age", "days", "counts"),
    [
        ((), 30, 15, True),
        ((), 30, 100, False),
        (("Z370",), 30, 15, False),
        ((), 1, 15, False),
        (("O039",), 30, 15, False),
    ],
)
def test_weeks_counted_of_late_tell(codes: tuple[str, ...], age: int, days: int, *, counts: bool) -> None:
    measured = Observation("18185-9", TODAY - timedelta(days=days), Decimal(18), "wk")
    found = pregnancy_of(woman(*codes, age=age, observations=(measured,)), LABS, TODAY)
    assert (found is not None) is counts
