"""A medicine that nobody has held against other conditions is not taken for one that none speaks against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallman.core.knowledge import Records, build
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import read_records
from tallman.knowledge.schema import ExampleEntry
from tests.small_knowledge import copy_small

NEW = "ibuprofen 600 mg tablet; take 1 tablet by mouth three times daily"
SAID = "nothing is written down yet about ibuprofen and other conditions"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Three medicines and not one rule about conditions."""
    return read_records(copy_small(Path(tmp_path_factory.mktemp("small")) / "knowledge"))


def said(records: Records, *conditions: str) -> list[str]:
    """What could not be checked about conditions."""
    knowledge = build(records, version="small", sha256="0")
    case = case_of(ExampleEntry(new=NEW, conditions=list(conditions)), knowledge)
    return [n.reason for n in screen(case, knowledge).not_checked if n.check == "condition"]


def test_it_is_said_where_there_is_a_condition(records: Records) -> None:
    assert said(records, "I509") == [SAID]


def test_who_has_none_needs_no_look(records: Records) -> None:
    assert said(records) == []


def test_a_look_with_nothing_to_say_answers(records: Records) -> None:
    looked = replace(records, looked_at=(*records.looked_at, ("condition", "ibuprofen")))
    assert said(looked, "I509") == []
