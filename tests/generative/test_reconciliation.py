"""Whatever the lists: their order does not matter, the same list twice differs in nothing, no active line is lost."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import Reconciliation
from tallman.core.reconciliation.reconcile import reconcile
from tallman.interchange.fhir.lists import read_lists
from tests.authored import load
from tests.reconciliation_lists.__main__ import main
from tests.reconciliation_lists.measure import as_bundle
from tests.reconciliation_lists.page import PAGE, of_drawn, table
from tests.reconciliation_lists.patients import drawn

SEEDS = st.integers(0, 10**6)


@lru_cache(maxsize=1)
def _knowledge() -> Knowledge:
    return load()


def _reconciled(history: list[list[dict[str, Any]]], orders: list[dict[str, Any]]) -> Reconciliation:
    lists = [one for lines in history for one in read_lists(as_bundle(lines), _knowledge(), "history").lists]
    ordered = read_lists(as_bundle(orders), _knowledge(), "orders", is_orders=True).lists[0]
    return reconcile(lists, ordered, _knowledge(), on=date(2026, 3, 2))


def _said(result: Reconciliation) -> tuple[set[Any], set[Any]]:
    pairs = {(frozenset(x.ref for x in m.left), frozenset(x.ref for x in m.right)) for m in result.pairs}
    flags = {(d.type, frozenset(d.left_refs), frozenset(d.right_refs), d.explained) for d in result.differences}
    return pairs, flags


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_lines_does_not_matter(seed: int) -> None:
    case = drawn(1, Random(seed))
    turned = _reconciled([list(reversed(lines)) for lines in case.histories], list(reversed(case.orders)))
    assert _said(turned) == _said(_reconciled(case.histories, case.orders))


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_a_list_against_itself_differs_in_nothing(seed: int) -> None:
    lines = [r for r in drawn(1, Random(seed)).histories[0] if r["status" if "status" in r else "id"] != "stopped"]
    result = _reconciled([lines], lines)
    assert [d.summary for d in result.differences] == []


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_every_active_line_is_in_one_match(seed: int) -> None:
    case = drawn(1, Random(seed))
    result = _reconciled(case.histories, case.orders)
    matched = [line.ref for m in result.matches for line in (*m.left, *m.right) if line.is_active]
    assert len(matched) == len(set(matched))
    sources = (*result.history, result.orders)
    assert set(matched) == {line.ref for source in sources for line in source.lines if line.is_active}


def test_the_measured_page_is_not_stale() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert table(of_drawn(_knowledge())) in said, "run python -m tests.reconciliation_lists --keep"


@pytest.mark.parametrize("arguments", [["0"], ["ten"], ["10", "--keep"], ["--nothing"]])
def test_what_the_measure_cannot_be_asked_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: python -m tests.reconciliation_lists" in capsys.readouterr().err
