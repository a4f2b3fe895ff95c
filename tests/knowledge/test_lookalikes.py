"""The pairs on record: names that are names, each pair once and with a source; and how the search does without them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.naming import names_of
from tallman.core.lookalike.pairs import KnownPairs, spelled
from tallman.core.lookalike.search import Universe, universe_of
from tallman.knowledge.load import HERE, load, read_yaml
from tallman.knowledge.lookalike_schema import LookalikesFile
from tests.knowledge.lookalike_report import PAGE, PLACES, every_name, halves, measured, recall


@cache
def knowledge() -> Knowledge:
    return load()


def test_every_pair_stands_once_under_a_source_and_says_two_names() -> None:
    pairs = knowledge().records.lookalikes
    seen = Counter(frozenset((spelled(pair.one), spelled(pair.other))) for pair in pairs)
    assert [set(names) for names, times in seen.items() if times > 1 or len(names) < 2] == []
    assert all(pair.sources for pair in pairs)
    assert len(pairs) >= 400


def test_every_source_is_used_and_named_in_full() -> None:
    file = read_yaml(HERE / "lookalikes.yaml", LookalikesFile)
    assert set(file.sources) == set(file.pairs)
    assert [name for name, source in file.sources.items() if len(source.title) < 12] == []


def test_every_name_of_a_pair_says_what_it_is() -> None:
    held = {spelled(named.name) for named in names_of(knowledge()) if named.ingredients}
    heads = {name.split(" ")[0] for name in held}
    names = {name for pair in knowledge().records.lookalikes for name in (pair.one, pair.other)}
    assert sorted(n for n in names if spelled(n) not in held and spelled(n).split(" ")[0] not in heads) == []


def test_every_pair_is_found_both_ways_among_the_first_ten() -> None:
    universe = universe_of(knowledge())
    missed = [
        (name, other)
        for pair in knowledge().records.lookalikes
        for name, other in ((pair.one, pair.other), (pair.other, pair.one))
        if spelled(other) not in {spelled(n.name) for n in universe.nearest(name.upper(), 10)}
    ]
    assert missed == []


def test_of_more_than_two_names_in_a_line_every_two_are_a_pair() -> None:
    file = read_yaml(HERE / "lookalikes.yaml", LookalikesFile)
    source = next(iter(file.sources))
    three = replace(file, pairs={source: ["Ab / Cd / Ef"]})
    assert [(p.one, p.other) for p in three.records()] == [("Ab", "Cd"), ("Ab", "Ef"), ("Cd", "Ef")]
    for line in ("Ab", "Ab / ab", "Ab / Cd / ab"):
        with pytest.raises(ValueError, match="not different names"):
            replace(file, pairs={source: [line]}).records()


def test_pairs_that_nobody_put_on_record_are_found_more_often_than_not() -> None:
    _, held_out = halves(knowledge().records.lookalikes)
    found = recall(Universe(names_of(knowledge()), KnownPairs(())), held_out)
    assert found.percent(10) > 50


STALE = 2.5
"""Points of recall by which the page may be behind, for every new medicine moves them a little."""


def test_the_page_says_what_is_measured(shared_data: Path) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if re.search(r"\d names \|", line)]
    found = list(measured(knowledge()))
    for row, (_, half, recalled) in zip(rows, found, strict=True):
        assert row[1] == half
        assert float(row[2 + PLACES.index(10)]) == pytest.approx(recalled.percent(10), abs=STALE)


def test_all_names_there_are_is_a_large_universe(shared_data: Path) -> None:
    assert len(every_name(knowledge())) >= 20_000
