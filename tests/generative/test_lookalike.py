"""Whatever the names: measures keep their bounds, and the fast search finds what measuring every name would find."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallman.core.lookalike.groups import Group, score
from tallman.core.lookalike.measures import beginning, bisim, sound
from tallman.core.lookalike.naming import Named, names_of
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.lookalike.search import Universe, universe_of
from tallman.core.lookalike.similarity import similarity
from tests.authored import load


@cache
def everything() -> Universe:
    """Every name of the knowledge."""
    return universe_of(load())


@cache
def measured() -> Universe:
    """The same, each name of it measured exactly."""
    knowledge = load()
    return Universe(names_of(knowledge), KnownPairs(knowledge.records.lookalikes), thorough=True)


NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)
WRITTEN = st.text(max_size=30)


@given(NAMES, NAMES)
def test_a_measure_is_the_same_both_ways_and_within_bounds(one: str, other: str) -> None:
    for measure in (bisim, sound, beginning):
        assert measure(one, other) == pytest.approx(measure(other, one))
        assert 0 <= measure(one, other) <= 1


@given(NAMES)
def test_a_name_is_wholly_like_itself(name: str) -> None:
    assert bisim(name, name) == sound(name, name) == beginning(name, name) == 1


@given(WRITTEN, WRITTEN)
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert 0 <= similarity(one, other).score < 1.000001


@given(WRITTEN, st.integers(1, 20))
def test_any_text_is_answered_with_names_each_once(name: str, k: int) -> None:
    found = everything().nearest(name, k)
    assert len(found) <= k
    assert len({spelled(n.name) for n in found}) == len(found)


@given(st.lists(NAMES, unique=True, max_size=60), NAMES)
def test_a_small_universe_is_searched_whole(names: list[str], name: str) -> None:
    medicines = [Named(n, (n,), met=0.5) for n in names]
    found = Universe(medicines, KnownPairs(())).nearest(name, 5)
    own = Group(name)
    scores = [score(similarity(name, m.name).score, own, Group(m.name, [m])) for m in medicines if m.name != name]
    assert [n.score for n in found] == pytest.approx(sorted(scores, reverse=True)[: len(found)])


@pytest.mark.parametrize("name", ["metoprolol", "Zyprexa", "Lamictal", "hydralazine", "Xelorgan"])
def test_the_fast_search_finds_what_measuring_every_name_would(name: str) -> None:
    found, judged = (
        {n.name for n in universe.nearest(name, 10, KnownPairs(()))} for universe in (everything(), measured())
    )
    assert len(found & judged) >= 8
