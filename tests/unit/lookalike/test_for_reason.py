"""Names alike whose medicine is for a stated reason."""

from __future__ import annotations

import pytest

from tallman.core.lookalike.for_reason import alike_for
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
    assert alike_for([name], [code], load())[0] == (name, first, first)


@pytest.mark.parametrize(("name", "code"), [("baclofen", "L700"), ("nizatidine", "Z000"), ("metformin", "")])
def test_nothing_is_alike_where_no_name_for_the_reason_is(name: str, code: str) -> None:
    assert alike_for([name], [code], load()) == []


def test_a_brand_counts_as_well_as_the_ingredient() -> None:
    assert ("methadone", "Metadate ER", "methylphenidate") in alike_for(["methadone"], ["F900"], load())


def test_a_use_of_a_whole_chapter_is_not_specific_enough() -> None:
    uses_of_prednisone = {"L"}
    assert uses_of_prednisone <= set(load().ingredients["prednisone"].indications)
    assert "prednisone" not in {other for _, _, other in alike_for(["prednisolone"], ["L9911"], load())}
