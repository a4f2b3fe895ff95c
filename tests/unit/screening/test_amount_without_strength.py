"""Directions that give the medicine itself need no strength: "cefazolin, 20 g IV q8h" as a ward writes it."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("cefazolin; 20 g intravenously every 8 hours", "cefazolin 20 g x 3 a day = 60 g a day"),
        ("levothyroxine; take 100 mg by mouth daily", "levothyroxine 100 mg x 1 a day = 100 mg a day"),
        ("enoxaparin; inject 600 mg subcutaneously every 12 hours", "enoxaparin 600 mg x 2 a day = 1,200 mg a day"),
    ],
)
def test_an_amount_of_the_medicine_itself_is_compared(new: str, said: str) -> None:
    result = screen(case_of(ExampleEntry(new=new), load()), load())
    assert said in [line for f in result.findings if f.category == "dose-high" for line in f.evidence]


@pytest.mark.parametrize(
    "new", ["diclofenac gel; apply 4 g to the knee 4 times daily", "lisinopril; take 1 tablet daily"]
)
def test_grams_of_a_gel_and_counted_pieces_are_not_the_medicine_itself(new: str) -> None:
    result = screen(case_of(ExampleEntry(new=new), load()), load())
    assert any(n.check == "dose" for n in result.not_checked)
    assert not [f for f in result.findings if f.category == "dose-high"]
