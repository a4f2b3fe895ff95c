"""A creatinine of somebody whose age or sex nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallman.core.screening.checks import kidney
from tallman.core.screening.finding import NotChecked
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

ORDER = "metformin 1000 mg tablet; take 1 tablet by mouth twice daily"


@pytest.mark.parametrize(
    ("change", "labs", "expected"),
    [
        ({"birth_date": None}, {"creatinine": "2.6 mg/dL"}, 1),
        ({"sex": None}, {"creatinine": "2.6 mg/dL"}, 1),
        ({"birth_date": None}, {}, 0),
    ],
)
def test_what_cannot_be_worked_out_is_not_all_clear(change: dict, labs: dict[str, str], expected: int) -> None:
    knowledge = load()
    case = case_of(ExampleEntry(new=ORDER, age=45, sex="female", labs=labs), knowledge)
    case = replace(case, patient=replace(case.patient, **change))
    said = [f for f in kidney.check(case, knowledge) if isinstance(f, NotChecked)]
    assert len(said) == expected
