"""What two rules say of one order for the same condition is told once, the graver with the other as evidence."""

from __future__ import annotations

from tallman.core.screening.finding import Category, Severity
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

HALOPERIDOL = "haloperidol 5 mg tablet; take 1 tablet by mouth twice a day"


def test_two_rules_of_one_condition_are_one_finding() -> None:
    found = screen(case_of(ExampleEntry(new=HALOPERIDOL, conditions=["I4581"]), load()), load()).findings
    (told,) = [f for f in found if f.category is Category.CONDITION]
    assert told.severity is Severity.CRITICAL
    assert any("it can lengthen the QT interval" in line for line in told.evidence)


def test_two_conditions_stay_two_findings() -> None:
    entry = ExampleEntry(new=HALOPERIDOL, conditions=["I4581", "G20A1"])
    found = screen(case_of(entry, load()), load()).findings
    assert len([f for f in found if f.category is Category.CONDITION]) == 2
