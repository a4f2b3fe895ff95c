"""A limit for one brand, named by the order itself, is widened by no problem on the list; isotopes are told apart."""

from __future__ import annotations

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


@pytest.mark.parametrize(
    ("new", "stops"),
    [
        ("Ozempic 8 mg/3 mL pen; inject 2.4 mg subcut once weekly", True),
        ("Ozempic 8 mg/3 mL pen; inject 2 mg subcut once weekly", False),
        ("Wegovy 2.4 mg/0.75 mL pen; inject 2.4 mg subcut once weekly", False),
    ],
)
def test_no_problem_widens_the_limit_of_a_brand(new: str, stops: bool) -> None:
    found = screen(case_of(ExampleEntry(new=new, age=50, conditions=["E119"]), load()), load()).findings
    assert any(f.category == "dose-high" and f.severity.is_interruptive for f in found) is stops


@pytest.mark.parametrize(
    ("text", "ingredient"),
    [
        ("sodium iodide I-131 15 mCi capsule", "sodium iodide I-131"),
        ("Hicon 1000 mCi/mL solution", "sodium iodide I-131"),
        ("sodium iodide I-123 capsule", "sodium iodide I-123"),
        ("iobenguane I-123", "iobenguane I-123"),
    ],
)
def test_isotopes_are_told_apart(text: str, ingredient: str) -> None:
    medicine = case_of(ExampleEntry(new=f"{text}; 1 once"), load()).proposed[0].medicine
    assert [i.name for i in medicine.ingredients] == [ingredient]
