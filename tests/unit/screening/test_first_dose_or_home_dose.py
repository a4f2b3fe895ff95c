"""Whether a dose is one to begin with: what directions and notes say of it, and who confirmed it."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.interchange.fhir.case import read_case
from tests.authored import load
from tests.deck.deck import UNLESS_SAID, Situation


def stops(order: str, **more: object) -> set[str]:
    row = UNLESS_SAID | {"order": order, "weight": "80 kg"} | more
    found = screen(read_case(Situation("one", row).bundle(), load())[0], load()).findings
    return {f.code for f in found if f.severity.is_interruptive}


METHADONE = "methadone 10 mg/mL concentrate | 100 mg po daily | | | category=inpatient note={}"


@pytest.mark.parametrize(
    ("note", "is_confirmed"),
    [
        ("dose verified with OTP", True),
        ("clinic confirmed 100 mg, last taken today", True),
        ("home dose", False),
        ("continue home methadone", False),
        ("OTP not yet verified", False),
        ("will call the clinic to confirm", False),
        ("patient says clinic confirmed", False),
        ("verified with OTP, missed the last 5 days", False),
        ("verified with clinic, last taken 6 days ago", False),
    ],
)
def test_a_programme_has_to_confirm_methadone(note: str, is_confirmed: bool) -> None:
    assert bool(stops(METHADONE.format(note), conditions=["F11.20"])) is not is_confirmed


LAMOTRIGINE = "lamotrigine 200 mg tab | 1 tab po daily | 30 | 30 | note={}"


@pytest.mark.parametrize(
    ("note", "begins"),
    [
        ("new start", True),
        ("new therapy, continue 30 days", True),
        ("patient naive to this", True),
        ("new medication", True),
        ("start today", True),
        ("never taken before; new to our pharmacy", True),
        ("new med to our pharmacy, transferred", False),
        ("first time filling at our pharmacy", False),
        ("new medication with us, stable on it for years", False),
        ("continue same dose, new prescription", False),
        ("newly diagnosed epilepsy in 2019", False),
        ("", False),
    ],
)
def test_whether_it_begins_now(note: str, begins: bool) -> None:
    assert bool(stops(LAMOTRIGINE.format(note), conditions=["G40.909"])) is begins


def test_what_a_child_has_taken_before_is_not_asked_about_again() -> None:
    order = "memantine 5 mg tab | 1 tab po daily | 30 | 30"
    child = {"born": "2018-01-01", "weight": "25 kg"}
    assert "AGE-DEMENTIA" in {c[:12] for c in stops(order, **child)}
    assert not stops(order, current=[f"{order} | written=2026-01-20"], **child)


def test_sex_against_a_diagnosis() -> None:
    order = "tamsulosin 0.4 mg cap | 1 cap po daily | 30 | 30"
    assert "RECORD-SEX-UNLIKELY" in stops(order, sex="female", conditions=["N40.1"])
    assert not stops(order, sex="female", conditions=["N46.9"])
    testosterone = "testosterone cypionate 200 mg/mL vial | 100 mg IM every 2 weeks | 1 | 28"
    assert "RECORD-SEX-UNLIKELY" not in stops(order, sex="female", conditions=["N40.1"], current=[testosterone])
