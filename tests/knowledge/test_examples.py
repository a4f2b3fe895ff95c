"""Every example beside a rule, run through the real `screen()`: it fires where it must, and is quiet where it must.

An example proves something only where every medicine and every allergy of it was recognised.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from tallman.knowledge.checking.examples import faults
from tallman.knowledge.examples import SHAPES, Example, examples
from tallman.knowledge.load import HERE, load, read_yaml

EXAMPLES = list(examples())
RULES = {
    record.id: record
    for subject, shape in SHAPES.items()
    for path in sorted((HERE / subject).glob("*.yaml"))
    for record in read_yaml(path, list[shape])  # type: ignore[valid-type]
}

knowledge = lru_cache(maxsize=1)(load)


def _name(example: Example) -> str:
    history = "+".join([*example.entry.allergies, *example.entry.current, *example.entry.conditions])
    return f"{example.rule}-{'fires' if example.fires else 'silent'}-{history[:60]}-{example.entry.new[:40]}"


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_example(example: Example) -> None:
    assert list(faults(RULES[example.rule], example.entry, example.fires, knowledge())) == []
