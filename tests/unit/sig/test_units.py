"""Every unit of the vocabulary is one that amounts can be counted in."""

from __future__ import annotations

import pytest

from tallman.core.quantity import UNITS
from tallman.core.sig import daily_use, parse


@pytest.mark.parametrize("word, unit", [("pill", "pill"), ("capful", "capful"), ("tab", "tablet"), ("puffs", "puff")])
def test_a_counted_form_is_a_unit(word: str, unit: str) -> None:
    sig = parse(f"take 1 {word} daily")
    assert sig.steps[0].dose is not None
    assert sig.steps[0].dose.unit == unit
    assert unit in UNITS
    assert daily_use(sig) is not None
