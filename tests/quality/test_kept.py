"""The figures that are shown are those of the knowledge, give or take what a new situation moves."""

from __future__ import annotations

import pytest

from tallman.knowledge.load import load
from tallman.knowledge.measured import measured
from tests.quality.figures import figures
from tests.quality.page import PAGE

STALE = 0.02


def test_the_figures_that_are_shown_are_what_is_measured() -> None:
    kept = measured()
    assert kept is not None
    found = list(figures(load()))
    assert [(f.subject, f.what) for f in kept.figures] == [(f.subject, f.what) for f in found]
    for shown, now in zip(kept.figures, found, strict=True):
        assert shown.share == pytest.approx(now.rate.share, abs=STALE), shown.what
        assert f"| {shown.what} |" in PAGE.read_text(encoding="utf-8")
