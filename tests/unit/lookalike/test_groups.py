"""What makes an answer likelier beside how alike the names are: each of it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallman.core.lookalike.groups import Group, score
from tallman.core.lookalike.naming import Named

OWN = Named(
    "Xolair", ("omalizumab",), True, frozenset({"75", "150"}), classes=frozenset({"anti-ige"}), uses=frozenset({"J45"})
)
OTHER = Named("Zemaira", ("a", "b"), met=0.0)


def scored(other: Named, own: Named = OWN, pairs: int = 0) -> float:
    return score(0.5, Group(own.name, [own]), Group(other.name, [other], pairs))


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, name="Xemaira"),
        replace(OTHER, name="Zemair"),
        replace(OTHER, strengths=frozenset({"75"})),
        replace(OTHER, classes=frozenset({"anti-ige"})),
        replace(OTHER, uses=frozenset({"J45", "L50"})),
        replace(OTHER, is_brand=True),
        replace(OTHER, met=0.5),
        replace(OTHER, ingredients=("a",)),
    ],
    ids=["first letter", "last letter", "strength", "class", "use", "kind", "met", "one ingredient"],
)
def test_what_is_shared_brings_a_name_nearer(other: Named) -> None:
    assert scored(other) > scored(OTHER)


def test_a_name_that_was_mistaken_before_is_mistaken_again() -> None:
    met = replace(OTHER, met=0.5)
    assert scored(met, pairs=0) < scored(met, pairs=1) < scored(met, pairs=3) == scored(met, pairs=30)
    assert scored(OTHER, pairs=30) == scored(OTHER)


def test_a_second_strength_counts_and_a_third_does_not() -> None:
    own = replace(OWN, strengths=frozenset({"5", "10", "20"}))
    one, two, three = (
        scored(replace(OTHER, strengths=frozenset(both)), own) for both in (["5"], ["5", "10"], ["5", "10", "20"])
    )
    assert one < two == three


def test_everything_together_is_not_more_than_one() -> None:
    twin = replace(OWN, met=1.0)
    assert score(1.0, Group(OWN.name, [OWN]), Group(twin.name, [twin], 9)) == pytest.approx(1.0)
