"""Intervals of a share."""

from __future__ import annotations

import pytest

from tests.quality.rates import Rate


@pytest.mark.parametrize(
    "hits, of, low, high",
    # Newcombe, Statistics in Medicine 1998;17:857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert Rate(hits, of).interval() == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing() -> None:
    assert Rate(0, 0).interval() == (0, 1)
