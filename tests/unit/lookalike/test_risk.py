"""How likely one product is taken for another, and what is said for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tallman.core.drug import Product
from tallman.core.knowledge import ConfusedNames, Knowledge
from tallman.core.lookalike.pairs import KnownPairs
from tallman.core.lookalike.risk import Risk, Shelf, confusion_risk
from tallman.core.rule import Source
from tests.authored import load


@cache
def knowledge() -> Knowledge:
    return load()


def product(name: str) -> Product:
    return next(p for p in knowledge().records.products if p.name == name)


def risk(one: str, other: str, **more: object) -> Risk:
    return confusion_risk(product(one), product(other), knowledge(), **more)  # type: ignore[arg-type]


HYDRALAZINE, HYDROXYZINE = "hydralazine 25 mg oral tablet", "hydroxyzine hydrochloride 25 mg oral tablet"
NONE = KnownPairs(())


def test_a_known_pair_of_one_strength_and_form_is_a_high_risk_with_its_reasons() -> None:
    found = risk(HYDRALAZINE, HYDROXYZINE)
    assert found.level == "high"
    said = " ".join(found.reasons)
    for part in ("alike in spelling, sound and beginning", "before: FDA", "25", "tablets", "oral"):
        assert part in said
    assert found.unknown == ()


def test_names_that_have_nothing_in_common_are_a_low_risk() -> None:
    found = risk("warfarin 5 mg oral tablet", "lisinopril 5 mg oral tablet")
    assert found.level == "low"
    assert found.reasons[0] == "warfarin and lisinopril are not much alike."


def test_a_risk_is_the_same_both_ways() -> None:
    assert risk(HYDRALAZINE, HYDROXYZINE).score == pytest.approx(risk(HYDROXYZINE, HYDRALAZINE).score)


def test_what_was_mistaken_before_counts_more() -> None:
    assert risk(HYDRALAZINE, HYDROXYZINE).score > risk(HYDRALAZINE, HYDROXYZINE, pairs=NONE).score


def test_a_strength_in_common_counts_and_so_does_a_nought() -> None:
    same = risk(HYDRALAZINE, HYDROXYZINE, pairs=NONE)
    other = risk("hydralazine 100 mg oral tablet", HYDROXYZINE, pairs=NONE)
    tenfold = risk("hydralazine 100 mg oral tablet", "hydroxyzine hydrochloride 10 mg oral tablet", pairs=NONE)
    assert same.score > other.score
    assert tenfold.score == pytest.approx(same.score)
    assert "100 and 10 differ by a nought or a point." in tenfold.reasons


def test_a_controlled_medicine_beside_one_that_is_not_is_said() -> None:
    found = risk("oxycodone 10 mg oral tablet", "oxybutynin 5 mg oral tablet")
    assert "Only one of them is CII." in found.reasons


def test_an_own_pair_says_where_it_comes_from() -> None:
    own = KnownPairs([ConfusedNames("hydralazine", "hydroxyzine", (Source("A near miss here", "", "2026-11-20"),))])
    assert "before: A near miss here, 2026-11-20." in " ".join(risk(HYDRALAZINE, HYDROXYZINE, pairs=own).reasons)


def test_what_cannot_be_compared_is_said_and_not_counted() -> None:
    one = replace(product(HYDRALAZINE), strengths=())
    found = confusion_risk(one, product(HYDROXYZINE), knowledge(), pairs=NONE)
    assert "strength" in found.unknown


@pytest.mark.parametrize(("names", "apart"), [(["a", "b"], 1), (["a", "aa", "ab", "ac", "ad", "b"], 5)])
def test_a_shelf_is_in_the_order_of_the_alphabet(names: list[str], apart: int) -> None:
    assert Shelf(names).apart("A", "B") == apart
    assert Shelf(names).apart("b", "a") == apart


def test_neighbours_on_the_shelf_are_told() -> None:
    beside, between = (
        Shelf(["hydralazine", "hydroxyzine"]),
        Shelf(["hydralazine", "hydroxyzine", *map("hydre{}".format, range(9))]),
    )
    near, far = risk(HYDRALAZINE, HYDROXYZINE, shelf=beside), risk(HYDRALAZINE, HYDROXYZINE, shelf=between)
    assert "They stand side by side on the shelf." in near.reasons
    assert near.score > far.score
