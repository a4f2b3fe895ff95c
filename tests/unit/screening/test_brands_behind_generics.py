"""Pairs of brands told by the reason though only the ingredient is written, and which of several was meant."""

from __future__ import annotations

import pytest

from tallman.core.screening.finding import Finding
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


@pytest.mark.parametrize(
    ("new", "reason", "meant"),
    [
        ("fluoxetine 20 mg cap; 1 cap po daily", "K21.9", "omeprazole"),
        ("omeprazole 20 mg cap; 1 cap po daily", "F33.1", "fluoxetine"),
        ("citalopram 20 mg tab; 1 tab po daily", "M17.11", "celecoxib"),
        ("olanzapine 10 mg tab; 1 tab po daily", "J30.9", "cetirizine"),
        ("ticagrelor 90 mg tab; 1 tab po bid", "F33.1", "vortioxetine"),
        ("warfarin 5 mg tab; 1 tab po daily", "E11.9", "sitagliptin"),
        ("Jantoven 5 mg tab; 1 tab po daily", "E11.9", "sitagliptin"),
        ("rabeprazole 20 mg tab; 1 tab po daily", "G30.9", "donepezil"),
        ("donepezil 10 mg tab; 1 tab po daily", "K21.9", "rabeprazole"),
        ("lamotrigine 200 mg tab; 1 tab po daily", "B35.1", "terbinafine"),
        ("topiramate 50 mg tab; 1 tab po bid", "I10", "metoprolol"),
        ("medroxyprogesterone 150 mg/mL vial; 80 mg IM once", "M17.11", "methylPREDNISolone"),
        ("Depo-Medrol 80 mg/mL vial; 80 mg IM every 3 months", "Z30.42", "medroxyPROGESTERone"),
    ],
)
def test_the_reason_tells_the_partner_of_the_brand(new: str, reason: str, meant: str) -> None:
    (found,) = _lookalikes(new, reason)
    assert f"may be meant for {meant}:" in found.summary


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("fluoxetine 20 mg cap; 1 cap po daily", "F50.2"),
        ("propranolol 40 mg tab; 1 tab po bid", "G25.0"),
        ("topiramate 50 mg tab; 1 tab po bid", "E66.9"),
        ("olanzapine 5 mg tab; 1 tab po at bedtime", "R11.0"),
        ("ticagrelor 90 mg tab; 1 tab po bid", "I63.9"),
        ("lisinopril 10 mg tab; 1 tab daily", "F33.1"),
    ],
)
def test_odd_reasons_and_codes_of_visits_are_quiet(new: str, reason: str) -> None:
    assert not _lookalikes(new, reason)


def _lookalikes(new: str, reason: str) -> list[Finding]:
    example = ExampleEntry(new=new, reasons=[reason.replace(".", "")], age=60, sex="female")
    found = screen(case_of(example, load()), load()).findings
    return [f for f in found if f.category == "lookalike" and f.severity.is_interruptive]
