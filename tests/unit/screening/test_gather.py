"""What several rules say of one medicine for the same facts is one finding."""

from __future__ import annotations

from typing import Any

from tallman.core.rule import Source
from tallman.core.screening.finding import Category, Finding, Remedy, Severity
from tallman.core.screening.gather import gathered
from tests.authored import load


def found(
    code: str, severity: Severity, about: str, says: str, category: Category = Category.AGE, order: str = "o1",
    **more: Any,
) -> Finding:  # fmt: skip
    return Finding(
        code, category, severity, order, f"{about}: {says}", f"Ask about {code}.", (f"because of {code}",),
        sources=(Source(code),), rule=code, about=about, **more,
    )  # fmt: skip


def test_the_gravest_leads_and_the_others_stand_beneath_it() -> None:
    weekly = Remedy(once_a_week=True)
    mild = found("A", Severity.MODERATE, "glyburide (82 years old)", "low sugars last long.", remedy=weekly)
    grave = found(
        "B", Severity.HIGH, "glyburide (82 years old)", "at this dose they are to be expected.", reviewed=True
    )
    (one,) = gathered([mild, grave], load())
    assert (one.code, one.severity, one.advice) == ("B", Severity.HIGH, "Ask about B.")
    assert one.evidence == ("because of B", mild.summary, "Ask about A.", "because of A")
    assert [s.title for s in one.sources] == ["B", "A"]
    assert (one.remedy, one.reviewed) == (weekly, False), "signed only where every part of it is"


def test_what_two_rules_say_in_the_same_words_is_said_once() -> None:
    twice = [found(code, Severity.HIGH, "digoxin (I4901)", "it is contraindicated.") for code in ("A", "B")]
    (one,) = gathered(twice, load())
    assert one.evidence == ("because of A",)


def test_other_facts_other_orders_and_other_kinds_stay_apart() -> None:
    ulcer = ("naproxen (K274)", "ulcers bleed.")
    findings = [
        found("A", Severity.HIGH, *ulcer, Category.CONDITION),
        found("B", Severity.HIGH, "naproxen (I509)", "water stays.", Category.CONDITION),
        found("C", Severity.HIGH, *ulcer, Category.CONDITION, "o2"),
        found("D", Severity.HIGH, *ulcer, Category.AGE),
        Finding("E", Category.DOSE_HIGH, Severity.HIGH, "o1", "naproxen: much.", "Ask."),
        Finding("F", Category.DOSE_HIGH, Severity.HIGH, "o1", "naproxen: often.", "Ask."),
    ]
    assert gathered(findings, load()) == findings


def test_a_result_is_told_by_the_rule_about_results() -> None:
    """What interrupts already becomes no graver for the condition that the result is read as; what informs does."""
    fact = "naproxen (potassium 5.9 mmol/L)"
    condition = found("C", Severity.CRITICAL, fact, "the heart stops.", Category.CONDITION)
    for severity, told in ((Severity.HIGH, Severity.HIGH), (Severity.LOW, Severity.CRITICAL)):
        (one,) = gathered([condition, found("L", severity, fact, "it raises it.", Category.LAB)], load())
        assert (one.code, one.category, one.severity) == ("L", Category.LAB, told)
        assert any("the heart stops" in line for line in one.evidence)
