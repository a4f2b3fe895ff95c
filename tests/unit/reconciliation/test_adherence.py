"""Evidence from fills: last filled when, due when, how many days are covered."""

from __future__ import annotations

from datetime import date

from tallman.core.drug import Certainty, Medicine
from tallman.core.prescription import Order
from tallman.core.reconciliation.adherence import adherence_of
from tallman.core.reconciliation.line import Fill, Line
from tallman.core.sig import parse


def _line(*fills: Fill) -> Line:
    return Line("1", Order("1", Medicine("", Certainty.UNKNOWN), parse("")), fills=fills)


def test_days_left_over_are_used_up_first() -> None:
    found = adherence_of([_line(Fill(date(2026, 1, 1), 30), Fill(date(2026, 1, 26), 30))], date(2026, 2, 20))
    assert found is not None
    assert (found.last_filled, found.due) == (date(2026, 1, 26), date(2026, 3, 2))
    assert (found.covered, found.days, found.is_late) == (51, 51, False)


def test_a_gap_is_not_covered_and_a_long_one_is_late() -> None:
    found = adherence_of([_line(Fill(date(2026, 1, 1), 30))], date(2026, 3, 2))
    assert found is not None
    assert (found.covered, found.days, found.is_late) == (30, 61, True)
    assert found.words == "last filled 2026-01-01, ran out 2026-01-31; 30 of 61 days covered"


def test_a_supply_of_unknown_length_has_no_due_day() -> None:
    found = adherence_of([_line(Fill(date(2026, 1, 1)))], date(2026, 3, 2))
    assert found is not None
    assert (found.due, found.covered, found.is_late) == (None, None, False)


def test_without_fills_there_is_no_evidence() -> None:
    assert adherence_of([_line()], date(2026, 3, 2)) is None
