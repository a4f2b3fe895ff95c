"""The low-priority pairs of the ONC's panel never interrupt, and what is kept against the panel has not gone stale."""

from __future__ import annotations

from tallman.knowledge.load import load
from tests.quality.low_priority import meetings, named, pairs


def test_no_low_priority_pair_interrupts_by_itself() -> None:
    stopped = [f"{m.one} + {m.other}: {f.rule}" for m in meetings(load()) for f in m.interrupts]
    assert not stopped, stopped[:10]


def test_both_sides_speak_of_medicines() -> None:
    knowledge = load()
    empty = {row["number"] for row in pairs() if not all(named(row[side], knowledge) for side in ("one", "other"))}
    assert empty == {26}, "vitamin E alone is not in the formulary"


def test_every_interruption_that_is_kept_is_one() -> None:
    knowledge = load()
    kept = {rule for row in pairs() for rule in row.get("rules", {})}
    assert all(knowledge.interactions[rule].severity in ("high", "critical") for rule in kept)
    bare = [row | {"rules": {}} for row in pairs() if "rules" in row]
    found = {f.rule for m in meetings(knowledge, bare) for f in m.interrupts}
    assert found == kept
