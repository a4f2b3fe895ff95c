"""Of every medicine on record somebody has asked what other conditions speak against it."""

from __future__ import annotations

from tallman.core.knowledge import build
from tallman.knowledge.load import read_records


def test_every_medicine_has_a_rule_about_conditions_or_a_look_with_nothing_to_say() -> None:
    records = read_records()
    knowledge = build(records, version="test", sha256="0")
    known = {name for about, name in {*knowledge.precautions_of, *records.looked_at} if about == "condition"}
    open_ = sorted(i.name for i in records.ingredients if not i.is_supply and i.name not in known)
    assert open_ == [], "write a rule, or name them in looked_at/ once their labels were read"
