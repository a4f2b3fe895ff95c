"""Directions that name an amount of a second substance: the dose of the one ordered is judged all the same."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

_INSULIN, _MORPHINE = "insulin regular 100 units/mL vial", "morphine 10 mg/mL vial"
_DIGOXIN, _HALOPERIDOL = "digoxin 0.25 mg/mL ampule", "haloperidol 5 mg/mL vial"


@pytest.mark.parametrize(
    ("medicine", "directions", "too_much", "usual"),
    [
        (_INSULIN, "{} units IV push once with dextrose 50% 50 mL", 100, 10),
        (_INSULIN, "{} units IV push once with D50W 50 mL", 100, 10),
        (_INSULIN, "{} units IV push once, followed by dextrose 50% 50 mL IV", 100, 10),
        (_INSULIN, "{} units IV push once, give with 1 amp D50", 100, 10),
        (_INSULIN, "{} units IV once and 1 amp D50 IV", 100, 10),
        (_INSULIN, "{} units IV now and dextrose 25 g IV", 100, 10),
        (_INSULIN, "{} units in 50 mL D50W IV over 15 minutes once", 100, 10),
        (_INSULIN, "{} units IV once, xyzzy 5 plugh", 100, 10),
        (_MORPHINE, "{} mg IV push once with ondansetron 4 mg IV", 100, 4),
        (_MORPHINE, "{} mg IV push once with 4 mg ondansetron", 100, 4),
        (_DIGOXIN, "{} mg IV once with potassium 20 mEq po", 5, "0.5"),
        (_HALOPERIDOL, "{} mg IM once, lorazepam 2 mg IM once", 50, 5),
        (_HALOPERIDOL, "{} mg IM once ; lorazepam 2 mg IM", 50, 5),
        (_HALOPERIDOL, "{} mg IM + diphenhydramine 50 mg IM once", 50, 5),
        (_HALOPERIDOL, "{} mg IM once with lorazepam 2 mg IM and diphenhydramine 50 mg IM", 50, 5),
        ("insulin lispro 100 units/mL vial", "{} units IV push once", 100, 10),
        ("insulin aspart 100 units/mL vial", "{} units IV push once", 100, 10),
    ],
)
def test_the_dose_of_the_one_ordered_is_judged(medicine: str, directions: str, too_much: object, usual: object) -> None:
    assert _stops(f"{medicine}; {directions.format(too_much)}")
    assert not _stops(f"{medicine}; {directions.format(usual)}")


def _stops(new: str) -> bool:
    example = ExampleEntry(new=new, age=50, weight="80 kg")
    found = screen(case_of(example, load()), load()).findings
    return any(f.category == "dose-high" and f.severity.is_interruptive for f in found)
