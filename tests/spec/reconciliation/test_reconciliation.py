"""Every row of the chapters on reconciliation, through the real program; the printed page is not stale."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import Knowledge
from tests.authored import load
from tests.spec.manual import FOLDER, pages
from tests.spec.reconciliation.tables import Row, chapters, reconciled, said

ROWS = [
    pytest.param(row, id=f"{chapter.title}: {' + '.join(row.taken)} / {' + '.join(row.ordered)}")
    for chapter in chapters()
    for row in chapter.rows
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize("row", ROWS)
def test_what_is_said_is_what_the_manual_says(row: Row, knowledge: Knowledge) -> None:
    with_harm = any(text.count(",") == 2 for text in row.said)
    assert said(reconciled(row, knowledge), with_harm=with_harm) == sorted(row.said)


@pytest.mark.parametrize("row", ROWS)
def test_no_line_is_lost(row: Row, knowledge: Knowledge) -> None:
    result = reconciled(row, knowledge)
    active = {line.ref for line in (*result.history[0].lines, *result.orders.lines) if line.is_active}
    assert active <= {line.ref for m in result.matches for line in (*m.left, *m.right)}


def test_the_page_is_printed_anew() -> None:
    assert (FOLDER / "reconciliation.md").read_text(encoding="utf-8") == pages()["reconciliation.md"]
