"""What is taken on some days of each cycle lasts nobody can say how long."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tallman.core.sig import parse
from tallman.core.sig.supply import days_supply, quantity_for


@pytest.mark.parametrize("text", ["1 cap qam luteal phase only", "1 tab bid during menses"])
def test_nothing_is_reckoned_of_some_days_of_a_cycle(text: str) -> None:
    sig = parse(text)
    assert sig.is_read
    assert days_supply(sig, Decimal(14)) is None
    assert quantity_for(sig, 28) is None
