"""What is said of the doses of one medicine and of what is ordered in its place."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import Difference
from tallman.core.reconciliation.line import SourceKind
from tallman.core.reconciliation.reconcile import reconcile
from tests.authored import load
from tests.spec.reconciliation.tables import list_of


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def differences(taken: str, ordered: str, knowledge: Knowledge) -> tuple[Difference, ...]:
    history = [list_of("taken", SourceKind.INTERVIEW, [taken], knowledge)]
    orders = list_of("ordered", SourceKind.HOSPITAL, [ordered], knowledge)
    return reconcile(history, orders, knowledge, on=date(2026, 3, 2)).differences


@pytest.mark.parametrize(
    ("taken", "ordered", "words"),
    [
        ("enalapril 10 mg; bid", "lisinopril 20 mg; daily", "both are a target dose for heart failure"),
        ("lisinopril 5 mg; daily", "enalapril 10 mg; bid", "a starting dose for heart failure becomes a target dose"),
        ("Symbicort 160/4.5; 2 puffs bid", "Advair Diskus 250/50; 1 puff bid", "both are a medium dose of inhaled"),
        ("Advair Diskus 500/50; 1 puff bid", "Symbicort 80/4.5; 2 puffs bid", "a high dose of inhaled corticosteroid"),
        ("Lantus; 40 units at bedtime", "Tresiba; 40 units daily", "as insulin glargine 40 units a day"),
        (
            "metoprolol tartrate 50 mg; bid",
            "metoprolol succinate ER 100 mg; daily",
            "as metoprolol 100 mg by mouth a day",
        ),
        ("Coreg CR 20 mg; daily", "carvedilol 6.25 mg; bid", "both are as much as carvedilol 12.5 mg by mouth a day"),
        ("furosemide 40 mg; bid", "bumetanide 1 mg tablet; bid", "both are as much as furosemide 80 mg by mouth a day"),
        (
            "levothyroxine 100 mcg tablet; 1 tablet by mouth daily",
            "levothyroxine 100 mcg injection; 75 mcg IV daily",
            "as levothyroxine 100 mcg by mouth",
        ),
        (
            "prednisone 10 mg; daily",
            "methylprednisolone 40 mg IV; 40 mg IV q12h",
            "becomes as much as prednisone 100 mg",
        ),
    ],
)
def test_what_the_tables_say_stands_in_the_sentence(taken: str, ordered: str, words: str, knowledge: Knowledge) -> None:
    (found,) = differences(taken, ordered, knowledge)
    assert words in found.summary


@pytest.mark.parametrize(
    ("taken", "ordered"),
    [
        ("Tresiba; 40 units daily", "insulin glargine 100 units/mL; 40 units daily"),
        ("torsemide 20 mg; daily", "furosemide 40 mg tablet; daily"),
        (
            "budesonide 0.5 mg/2 mL inhalation suspension; 1 vial by nebulizer bid",
            "ciclesonide 80 mcg inhaler; 2 puffs bid",
        ),
        ("benazepril 20 mg; daily", "losartan 50 mg; daily"),
    ],
)
def test_where_no_table_holds_nothing_is_said(taken: str, ordered: str, knowledge: Knowledge) -> None:
    assert not any(
        words in d.summary for d in differences(taken, ordered, knowledge) for words in ("as much as", "both are")
    )


def test_opioids_are_never_equal(knowledge: Knowledge) -> None:
    taken, ordered = "hydromorphone 2 mg tablet; q4h", "oxycodone 5 mg tablet; q4h; active; in place of hydromorphone"
    (found,) = differences(taken, ordered, knowledge)
    assert "never taken for equal" in found.summary
    assert "equal dose" not in found.because
