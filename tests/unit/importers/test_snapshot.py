"""Tables on disk are the mappings they were made of."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallman.knowledge.snapshot import Layers, Packed, Table, pack

KEYS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)


def table(rows: Mapping[str, object]) -> Table[object]:
    """The rows, written and read again."""
    written = msgspec.msgpack.encode(pack(rows))
    return Table(msgspec.msgpack.decode(written, type=Packed), lambda _, row: msgspec.msgpack.decode(row))


@given(st.dictionaries(KEYS, st.integers(-9, 9) | st.text(max_size=4), max_size=20), st.lists(KEYS, max_size=5))
def test_a_table_is_its_rows(rows: dict[str, object], others: list[str]) -> None:
    made = table(rows)
    assert dict(made) == rows
    assert len(made) == len(rows)
    assert list(made) == sorted(rows, key=str.encode)
    for key in [*rows, *others]:
        assert (key in made) == (key in rows)
        assert made.get(key) == rows.get(key)


def test_a_table_knows_its_keys_in_order() -> None:
    ordered = table({"00591": 1, "00093": 2, "1": 3}).ordered
    assert list(ordered) == ["00093", "00591", "1"]
    assert ordered[-1] == "1"
    assert ordered[:2] == ["00093", "00591"]
    with pytest.raises(IndexError):
        ordered[3]


def test_what_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        table({"a": 1})["b"]
    with pytest.raises(KeyError):
        Layers({"a": 1}, {})["b"]
    assert 5 not in table({"5": 1})


@given(st.lists(st.dictionaries(st.sampled_from("abcde"), st.integers()), max_size=4))
def test_layers_are_one_mapping_in_which_the_first_counts(layers: list[dict[str, int]]) -> None:
    merged: dict[str, int] = {}
    for layer in reversed(layers):
        merged |= layer
    made = Layers(*layers)
    assert dict(made) == merged
    assert len(made) == len(merged)
    assert sorted(made) == sorted(merged)
