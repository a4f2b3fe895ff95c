"""Ordinary patients stay quiet and endangered ones stop the work: whole situations, run through the real `screen()`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load, read_yaml
from tallman.knowledge.schema import ExampleEntry

PATIENTS = [
    pytest.param(entry, kind, id=f"{path.stem}-{kind}-{entry.new[:40]}-{'+'.join(entry.current)[:50]}")
    for path in sorted((Path(__file__).parent / "patients").glob("*.yaml"))
    for kind, entries in read_yaml(path, dict[str, list[ExampleEntry]]).items()
    for entry in entries
]

knowledge = lru_cache(maxsize=1)(load)


@pytest.mark.parametrize(("entry", "kind"), PATIENTS)
def test_patient(entry: ExampleEntry, kind: str) -> None:
    case = case_of(entry, knowledge())
    assert [o.medicine.text for o in (*case.current, *case.proposed) if not o.medicine.is_known] == []
    told = [f"{f.rule} {f.severity}" for f in screen(case, knowledge()).findings if f.severity.is_interruptive]
    assert bool(told) is (kind == "interrupts"), told
