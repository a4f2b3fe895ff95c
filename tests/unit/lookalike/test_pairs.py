"""Known pairs are found by either name, however it is written."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import ConfusedNames
from tallman.core.lookalike.pairs import KnownPairs

PAIR = ConfusedNames("Toprol-XL", "Topamax")
RELEASES = ConfusedNames("Metadate CD", "Metadate ER")
PAIRS = KnownPairs([PAIR, RELEASES])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Toprol-XL", "Topamax"),
        ("topamax", "TOPROL XL"),
        ("Toprol", "Topamax"),
        ("Topamax Sprinkle", "Toprol-XL 50 mg"),
    ],
)
def test_a_pair_is_found_however_it_is_written(one: str, other: str) -> None:
    assert PAIRS.find(one, other) is PAIR


def test_releases_of_one_brand_are_a_pair_only_by_their_releases() -> None:
    assert PAIRS.find("metadate cd", "Metadate ER") is RELEASES
    assert PAIRS.find("Metadate", "Metadate ER") is None


def test_what_is_no_pair_is_none() -> None:
    assert PAIRS.find("Topamax", "Tegretol") is None
    assert PAIRS.of("Tegretol") == ()


def test_of_a_name_come_the_names_it_is_taken_for() -> None:
    assert [name for name, _ in PAIRS.of("topamax")] == ["Toprol-XL"]
    assert [name for name, _ in PAIRS.of("Metadate ER")] == ["Metadate CD"]
