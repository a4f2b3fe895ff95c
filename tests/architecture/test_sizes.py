"""Short files and short functions: the middle is held, and so is the tail."""

from __future__ import annotations

from statistics import median

import pytest

from tests.architecture.sizes import QUESTION, Size, files, functions


@pytest.mark.parametrize("sizes, middle, longest", [(files(), 120, 600), (functions(), 10, 60)], ids=list(QUESTION))
def test_lengths(sizes: list[Size], middle: int, longest: int) -> None:
    assert median(s.lines for s in sizes if s.lines > 1) <= middle
    assert [s for s in sizes if s.lines > longest] == [], "split it by what it does"
