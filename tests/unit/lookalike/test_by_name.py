"""Names alike whose medicine is for a stated reason."""

from __future__ import annotations

import pytest

from tallman.core.lookalike.by_name import alike_among, alike_for
from tallman.knowledge.load import load


@pytest.mark.parametrize(
    ("name", "code", "first"),
    [
        ("nizatidine", "M62838", "tizanidine"),
        ("prednisone", "G250", "primidone"),
        ("terbutaline", "B351", "terbinafine"),
    ],
)
def test_the_nearest_name_for_the_reason_comes_first(name: str, code: str, first: str) -> None:
    found = alike_for([name], [code], load(), never)[0]
    assert (found.name, found.like, found.ingredient) == (name, first, first)


@pytest.mark.parametrize(("name", "code"), [("baclofen", "L700"), ("nizatidine", "Z000"), ("metformin", "")])
def test_nothing_is_alike_where_no_name_for_the_reason_is(name: str, code: str) -> None:
    assert alike_for([name], [code], load(), never) == []


def test_a_brand_counts_as_well_as_the_ingredient() -> None:
    found = alike_for(["methadone"], ["F900"], load(), never)
    assert ("Metadate ER", "methylphenidate", False) in {(a.like, a.ingredient, a.are_of_one_kind) for a in found}


def test_a_use_of_a_whole_chapter_is_not_specific_enough() -> None:
    uses_of_prednisone = {"L"}
    assert uses_of_prednisone <= set(load().ingredients["prednisone"].indications)
    assert "prednisone" not in {a.ingredient for a in alike_for(["prednisolone"], ["L9911"], load(), never)}


def test_names_less_alike_count_where_both_are_made_in_the_strength() -> None:
    assert "furosemide" not in {a.ingredient for a in alike_for(["fluoxetine"], ["I5022"], load(), never)}
    assert "furosemide" in {a.ingredient for a in alike_for(["fluoxetine"], ["I5022"], load(), always)}


def test_a_list_of_problems_asks_for_names_that_are_more_alike() -> None:
    assert "tizanidine" in {a.ingredient for a in alike_for(["nizatidine"], ["M62838"], load(), always, strictly=True)}
    assert alike_for(["fluoxetine"], ["I5022"], load(), always, strictly=True) == []


def test_of_a_list_those_with_a_like_name_of_their_own_are_found() -> None:
    assert [a.ingredient for a in alike_among(["bupropion"], ["buspirone", "metformin"], load())] == ["buspirone"]


def never(_: str) -> bool:
    return False


def always(_: str) -> bool:
    return True
