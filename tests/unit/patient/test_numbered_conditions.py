"""Stages, functions and weeks on a problem list."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.conditions import codes_read
from tallman.core.patient import Condition, Patient
from tallman.core.pregnancy import pregnancy_of
from tests.authored import load


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CKD, stage 4", "N184"), ("Chronic kidney disease, stage 4 (severe)", "N184"), ("stage V CKD", "N185"),
        ("CKD stage IIIb", "N1832"), ("CKD 3a", "N1831"), ("CKD3b", "N1832"), ("CKD G3bA2", "N1832"),
        ("CKD (stage 4)", "N184"), ("Type 2 diabetes with diabetic nephropathy, stage 4", "N184"),
        ("CKD stage 4, not on dialysis", "N184"), ("h/o CKD 4", "N184"), ("eGFR 22", "N184"),
        ("CrCl <15 mL/min", "N185"), ("creatinine clearance of 38", "N1832"), ("severe renal impairment", "N184"),
        ("8 weeks gestation", "Z3490"), ("GA 22w3d", "Z3490"), ("G2P1 @ 32 wks", "Z3490"), ("third trimester", "Z3490"),
        ("LVEF 30%", "I5022"), ("s/p CABG 5 days ago", "Z48812"), ("CABG POD 3", "Z48812"),
        ("70% TBSA burn, day 5", "T3170"), ("burns, TBSA 35%", "T3130"), ("burned over 8% of the body", "T3100"),
        ("currently nursing", "Z391"), ("Child-Turcotte-Pugh class B", "K7460"),
    ],
)  # fmt: skip
def test_what_is_said_with_a_number_is_read(text: str, code: str) -> None:
    assert code in codes_read(Condition(None, text), load().conditions)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("glaucoma, angle closure", "H4020"), ("AV block, third degree", "I442"), ("Heart failure, systolic", "I5022"),
        ("hepatitis, autoimmune", "K754"), ("Atrioventricular block, complete", "I442"), ("SLE", "M329"),
    ],
)  # fmt: skip
def test_what_an_index_turns_around_is_read(text: str, code: str) -> None:
    assert code in codes_read(Condition(None, text), load().conditions)


def test_a_denied_kind_is_not_turned_around() -> None:
    assert "J4550" not in codes_read(Condition(None, "asthma, not severe persistent"), load().conditions)


@pytest.mark.parametrize(
    "text",
    ["CKD, DM 2", "eGFR > 60", "eGFR 30-45", "no CKD stage 4", "mother with CKD 4", "G2P2, 6 weeks postpartum",
     "LVEF 60%", "h/o LVEF 30%", "nursing home resident", "fibrosis stage 2", "CKD"],
)  # fmt: skip
def test_what_is_no_stage_is_not(text: str) -> None:
    read = codes_read(Condition(None, text), load().conditions)
    assert not {c for c in read if c[:4] in ("N181", "N182", "N183", "N184", "N185", "Z349", "Z391", "I502", "K746")}


@pytest.mark.parametrize(("text", "weeks"), [("GA 22w3d", 22), ("G2P1 @ 32 wks", 32), ("IUP at 14+2 weeks", 14)])
def test_the_weeks_are_those_said(text: str, weeks: int) -> None:
    (code,) = codes_read(Condition(None, text), load().conditions)
    woman = Patient(birth_date=date(1996, 1, 1), sex="female", conditions=(Condition(code, text, is_read=True),))
    found = pregnancy_of(woman, {}, date(2026, 11, 24))
    assert found is not None
    assert found.weeks == weeks


@pytest.mark.parametrize("text", ["psoriasis, 10% BSA", "history of burns, 30% TBSA", "heartburn, weight loss 10%"])
def test_a_share_of_the_skin_is_no_burn_of_today(text: str) -> None:
    assert not any(code.startswith("T31") for code in codes_read(Condition(None, text), load().conditions))
