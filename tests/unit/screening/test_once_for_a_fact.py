"""What two rules say of one order for the same condition is told once, the graver with the other as evidence."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("entry", "leads", "also"),
    [
        (ExampleEntry(new="methotrexate 2.5 mg tablet; take 6 tablets by mouth daily"), "DOSE-DAYS-A-WEEK",
         Category.DOSE_HIGH),
        (ExampleEntry(new="Ozempic 1 mg dose (4 mg/3 mL) pen; inject 1 mg subcutaneously daily"), "DOSE-INTERVAL",
         Category.DOSE_HIGH),
        (ExampleEntry(new="tramadol 50 mg tablet; take 1 tablet by mouth every 6 hours", conditions=["G40909"],
                      current=["bupropion XL 150 mg tablet; take 1 tablet by mouth daily"]), "BURDEN-SEIZURE",
         Category.CONDITION),
        (ExampleEntry(new="azithromycin 250 mg tablet; take 1 tablet by mouth daily for 5 days",
                      current=["citalopram 20 mg tablet; take 1 tablet by mouth daily"],
                      labs={"potassium": "2.8 mmol/L", "qtc": "515 ms"}), "INT-QT-KNOWN-PAIR-AT-RISK", Category.LAB),
    ],
)  # fmt: skip
def test_one_harm_of_several_kinds_is_one_finding(entry: ExampleEntry, leads: str, also: Category) -> None:
    found = screen(case_of(entry, load()), load()).findings
    (told,) = [f for f in found if f.severity.is_interruptive]
    assert (told.code, told.also) == (leads, (also,))
