"""What an order is given for is a problem of the patient, whether or not the problem list says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallman.core.screening.finding import Severity
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load


def said(new: str, current: str, reason: str) -> set[str]:
    """The codes of the grave findings of a new order beside a medicine that is given for `reason`."""
    knowledge = load()
    case = case_of(ExampleEntry(new=new, current=[current], age=54, sex="female"), knowledge)
    (beside,) = case.current
    case = replace(case, current=(replace(beside, reasons=(reason,) if reason else ()),))
    found = screen(case, knowledge).findings
    return {f.code for f in found if f.severity in (Severity.CRITICAL, Severity.HIGH)}


@pytest.mark.parametrize(
    ("new", "current", "reason", "code"),
    [
        ("metformin 1000 mg tablet; take 1 tablet by mouth twice daily",
         "sevelamer carbonate 800 mg tablet; take 2 tablets by mouth 3 times daily with meals", "N185", "RENAL-AVOID"),
        ("propranolol 40 mg tablet; take 1 tablet by mouth twice daily",
         "fluticasone-salmeterol 250-50 mcg inhaler; inhale 1 puff twice daily", "J4550", "CONDITION"),
    ],
)  # fmt: skip
def test_the_reason_of_another_order_reaches_every_check(new: str, current: str, reason: str, code: str) -> None:
    with_reason, without = said(new, current, reason), said(new, current, "")
    found = {k for k in with_reason if k.startswith(code)}
    assert found
    assert not found & without
