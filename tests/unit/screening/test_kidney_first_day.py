"""The larger dose of a first day, which weak kidneys are given whole."""

from __future__ import annotations

import pytest

from tallman.core.screening.checks import kidney
from tallman.core.screening.finding import Finding
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

TABLET = "levofloxacin 750 mg tablet"


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        ("take 1 tablet by mouth once, then 1 tablet every 48 hours", 0),
        ("take 1 tablet by mouth once, then 1 tablet daily", 1),
        ("take 1 tablet by mouth daily", 1),
        ("take 1 tablet by mouth daily for 2 days, then 1 tablet every 48 hours", 1),
    ],
)
def test_what_goes_on_after_the_first_day_counts(directions: str, expected: int) -> None:
    knowledge = load()
    entry = ExampleEntry(new=f"{TABLET}; {directions}", age=70, sex="female", labs={"crcl": "30 mL/min"})
    found = [f for f in kidney.check(case_of(entry, knowledge), knowledge) if isinstance(f, Finding)]
    assert len([f for f in found if f.code == "RENAL-DOSE"]) == expected
