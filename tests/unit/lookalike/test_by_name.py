"""Names alike whose medicine is for a stated reason."""

from __future__ import annotations

import pytest

from tallman.core.lookalike.by_name import Told, alike_among, alike_for
from tests.authored import load


@pytest.mark.parametrize(
    ("name", "code", "first"),
    [
        ("nizatidine", "M62838", "tizanidine"),
        ("prednisone", "G250", "primidone"),
        ("terbutaline", "B351", "terbinafine"),
    ],
)
def test_the_nearest_name_for_the_reason_comes_first(name: str, code: str, first: str) -> None:
    found = alike_for([name], [code], load(), never, Told.CODE)[0]
    assert (found.name, found.like, found.ingredient) == (name, first, first)


@pytest.mark.parametrize(("name", "code"), [("baclofen", "L700"), ("nizatidine", "Z000"), ("metformin", "")])
def test_nothing_is_alike_where_no_name_for_the_reason_is(name: str, code: str) -> None:
    assert alike_for([name], [code], load(), never, Told.CODE) == []


def test_a_brand_counts_as_well_as_the_ingredient() -> None:
    found = alike_for(["methadone"], ["F900"], load(), never, Told.CODE)
    assert ("Metadate ER", "methylphenidate", False) in {(a.like, a.ingredient, a.are_of_one_kind) for a in found}


def test_a_use_of_a_whole_chapter_is_not_specific_enough() -> None:
    uses_of_prednisone = {"L"}
    assert uses_of_prednisone <= set(load().ingredients["prednisone"].indications)
    assert "prednisone" not in {a.ingredient for a in alike_for(["prednisolone"], ["L9911"], load(), never, Told.CODE)}


def test_what_a_medicine_is_given_for_beside_its_chief_uses_tells_of_no_mix_up() -> None:
    assert "E11" in load().ingredients["doxepin"].indications
    assert "doxepin" not in {a.ingredient for a in alike_for(["pyridoxine"], ["E119"], load(), always, Told.CODE)}
    assert "doxepin" in {a.ingredient for a in alike_for(["pyridoxine"], ["F330"], load(), always, Told.CODE)}


def test_names_must_be_more_alike_where_the_other_is_not_made_in_the_strength() -> None:
    assert "tolcapone" not in {a.ingredient for a in alike_for(["tolterodine"], ["G20"], load(), never, Told.CODE)}
    assert "tolcapone" in {a.ingredient for a in alike_for(["tolterodine"], ["G20"], load(), always, Told.CODE)}


@pytest.mark.parametrize(("name", "code"), [("clarithromycin", "I10"), ("linezolid", "F331"), ("fluoxetine", "I5022")])
def test_names_hardly_alike_tell_nothing_whatever_the_strength(name: str, code: str) -> None:
    assert alike_for([name], [code], load(), always, Told.CODE) == []


def test_words_written_of_the_order_ask_for_less_than_a_code() -> None:
    assert "fluoxetine" not in {a.ingredient for a in alike_for(["famotidine"], ["F33"], load(), always, Told.CODE)}
    assert "fluoxetine" in {a.ingredient for a in alike_for(["famotidine"], ["F33"], load(), always, Told.WORDS)}


def test_a_list_of_problems_asks_for_names_that_are_more_alike() -> None:
    assert "tizanidine" in {a.ingredient for a in alike_for(["nizatidine"], ["M62838"], load(), always, Told.LIST)}
    assert alike_for(["fluoxetine"], ["I5022"], load(), always, Told.LIST) == []


def test_of_a_list_those_with_a_like_name_of_their_own_are_found() -> None:
    assert [a.ingredient for a in alike_among(["bupropion"], ["buspirone", "metformin"], load())] == ["buspirone"]


def never(_: str) -> bool:
    return False


def always(_: str) -> bool:
    return True
