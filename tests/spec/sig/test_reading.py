"""Every row of the chapters on reading, through the real reader; the printed page is not stale."""

from __future__ import annotations

import pytest

from tallman.core.sig import parse
from tests.spec.manual import FOLDER, pages
from tests.spec.sig.reading import Row, chapters, reading

ROWS = [pytest.param(row, id=row.written) for chapter in chapters() for row in chapter.rows]


@pytest.mark.parametrize("row", ROWS)
def test_the_direction_is_read_as_the_manual_says(row: Row) -> None:
    assert reading(parse(row.written)) == row.read


@pytest.mark.parametrize("row", ROWS)
def test_every_character_is_understood_or_named(row: Row) -> None:
    sig = parse(row.written)
    assert sig.text == row.written
    assert sig.is_read == (not sig.unread and not sig.doubts)


def test_the_page_is_printed_anew() -> None:
    assert (FOLDER / "reading.md").read_text(encoding="utf-8") == pages()["reading.md"]
