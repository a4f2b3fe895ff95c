"""A slip of the decimal point is named only where what was meant would be ordinary; opioids add up in oral morphine."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import pytest

from tallman.core.screening.opioid import morphine_in
from tallman.core.screening.slip import slip
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load
from tallman.knowledge.schema import ExampleEntry

knowledge = lru_cache(maxsize=1)(load)


@pytest.mark.parametrize(
    "given, most, words",
    [
        (50, 15, "ten times 5 mg"),
        (150, 15, "ten times 15 mg"),
        (500, 15, "a hundred times 5 mg"),
        (12500, 15, "a thousand times 12.5 mg"),
        (30, 15, ""),
        (10**6, 15, ""),
    ],
)
def test_a_slip(given: int, most: int, words: str) -> None:
    said, advice = slip(Fraction(given), Fraction(most), "mg")
    assert words in said
    assert bool(said) is bool(advice) is bool(words)


@pytest.mark.parametrize(
    "medicine, worth",
    [
        ("oxycodone 10 mg tablet; take 1 tablet by mouth every 6 hours", 60),
        ("hydromorphone 4 mg tablet; take 1 tablet by mouth every 6 hours", 80),
        ("methadone 10 mg tablet; take 1 tablet by mouth every 12 hours", 94),
        ("tramadol 50 mg tablet; take 1 tablet by mouth every 6 hours", 40),
        ("fentanyl 25 mcg/hr patch; apply 1 patch every 72 hours", 60),
    ],
)
def test_what_an_opioid_is_worth(medicine: str, worth: int) -> None:
    case = case_of(ExampleEntry(new=medicine), knowledge())
    assert morphine_in(case.proposed, knowledge()).total == worth


def test_buprenorphine_is_named_and_not_counted() -> None:
    case = case_of(
        ExampleEntry(new="buprenorphine 8 mg sublingual tablet; dissolve 1 tablet under the tongue daily"), knowledge()
    )
    found = morphine_in(case.proposed, knowledge())
    assert found.total == 0
    assert found.uncounted == ("buprenorphine",)
