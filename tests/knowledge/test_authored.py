"""What is authored stands up to every check of it."""

from __future__ import annotations

from datetime import date

import pytest

from tallman.knowledge.checking import CHECKS, Book, read, words
from tallman.knowledge.load import HERE

WRITTEN = date(2026, 11, 28)
"""A day on which no review is due: that only time has passed is no fault."""


@pytest.fixture(scope="module")
def book() -> Book:
    """The authored files."""
    found = read(HERE, WRITTEN)
    assert isinstance(found, Book), "\n".join(map(str, found))
    return found


def test_every_word_is_known(book: Book) -> None:
    assert [str(p) for p in words.check(book)] == []


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_is_wrong(book: Book, name: str) -> None:
    assert [str(p) for p in CHECKS[name](book) if not p.is_warning] == []
