"""What several rules say of one medicine for the same facts is one finding."""

from __future__ import annotations

from tallman.core.rule import Source
from tallman.core.screening.finding import Category, Finding, Severity
from tallman.core.screening.gather import gathered
from tallman.knowledge.load import load


def found(code: str, severity: Severity, summary: str, category: Category = Category.AGE, order: str = "o1") -> Finding:
    return Finding(
        code, category, severity, order, summary, "Ask.", (f"because of {code}",), sources=(Source(code),), rule=code
    )


def test_the_gravest_leads_and_the_others_stand_beneath_it() -> None:
    mild = found("A", Severity.MODERATE, "glyburide (82 years old): low sugars last long.")
    grave = found("B", Severity.HIGH, "glyburide (82 years old): at this dose they are to be expected.")
    (one,) = gathered([mild, grave], load())
    assert (one.code, one.severity) == ("B", Severity.HIGH)
    assert one.evidence == ("because of B", mild.summary, "because of A")
    assert [s.title for s in one.sources] == ["B", "A"]


def test_other_facts_other_orders_and_other_kinds_stay_apart() -> None:
    findings = [
        found("A", Severity.HIGH, "naproxen (K274): ulcers bleed.", Category.CONDITION),
        found("B", Severity.HIGH, "naproxen (I509): water stays.", Category.CONDITION),
        found("C", Severity.HIGH, "naproxen (K274): ulcers bleed.", Category.CONDITION, "o2"),
        found("D", Severity.HIGH, "naproxen: much.", Category.DOSE_HIGH),
        found("E", Severity.HIGH, "naproxen: often.", Category.DOSE_HIGH),
    ]
    assert gathered(findings, load()) == findings
