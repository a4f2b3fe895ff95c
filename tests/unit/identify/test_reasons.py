"""What is said of a text that leaves the product open is true."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize("text", ["GABAPENTIN TAB 600MG", "Airsupra 90-80"])
def test_products_of_one_name_are_said_to_be_several(text: str) -> None:
    read = identify(text, load())
    assert len(read.candidates) > 1
    assert str(read.reason).startswith("several products are called")
