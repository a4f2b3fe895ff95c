"""How much a day a direction comes to where it says that a dose may be taken again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tallman.core.sig import daily_use, parse


@pytest.mark.parametrize(
    "text, most",
    [
        ("1 tab nightly prn sleep, may repeat x1", 2),
        ("2 tabs at bedtime, may repeat in 4 hours", 4),
        ("1 tab daily prn migraine, may repeat every 2 h, max 4/day", 4),
        ("1 tab nightly, may repeat x 2, max 2 a day", 2),
        ("1 tab daily, may repeat in 3 days", 1),
        ("1 tab daily", 1),
    ],
)
def test_a_dose_that_may_be_repeated_counts_again(text: str, most: int) -> None:
    use = daily_use(parse(text))
    assert use is not None
    assert (use.high, use.peak) == (Fraction(most), Fraction(most))
    assert use.low <= use.high
