"""Which numbers count something, and which are strengths."""

from __future__ import annotations

import pytest

from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize("text", ["amlodipine 5 10 TEV", "lisinopril 10 LUP 20"])
def test_two_bare_numbers_beside_a_maker_are_not_a_strength_and_a_count(text: str) -> None:
    assert identify(text, load()).product is None


@pytest.mark.parametrize("text", ["lisinopril hctz 20/25 LUP 100", "fentanyl 25MCG/HR 5 MYL"])
def test_a_count_stands_beside_a_maker_behind_a_strength(text: str) -> None:
    assert identify(text, load()).product
