"""Every row of the chapter on going home, through the real program; the printed page is not stale."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.line import SourceKind
from tests.authored import load
from tests.spec.discharge.tables import Row, discharged, rows, told
from tests.spec.manual import FOLDER, pages
from tests.spec.reconciliation.tables import list_of

ROWS = [pytest.param(row, id=" + ".join([*row.taken, *row.hospital, "→", *row.home])) for row in rows()]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.mark.parametrize("row", ROWS)
def test_what_is_told_is_what_the_manual_says(row: Row, knowledge: Knowledge) -> None:
    found = discharged(row, knowledge)
    assert told(found) == row.told
    assert not row.en or [r.said("en") for r in found] == [row.en]
    assert not row.es or [r.said("es") for r in found] == [row.es]


@pytest.mark.parametrize("row", ROWS)
def test_no_medicine_is_lost(row: Row, knowledge: Knowledge) -> None:
    found = discharged(row, knowledge)
    told = [line for r in found for line in (*r.before, *r.hospital, *r.after)]
    taken = list_of("taken", SourceKind.INTERVIEW, row.taken, knowledge).lines
    assert {f"home {n}" for n in range(1, len(row.home) + 1)} <= {line.order.id for line in told}
    assert {line.order.id for line in taken if line.is_active} <= {line.order.id for line in told}
    assert {line.name for line in taken} <= {line.name for line in told}


def test_the_page_is_printed_anew() -> None:
    assert (FOLDER / "discharge.md").read_text(encoding="utf-8") == pages()["discharge.md"]
