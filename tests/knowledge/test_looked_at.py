"""Of every medicine on record somebody has asked what speaks against it."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import build
from tallman.core.screening.match import LOCAL_ROUTES
from tallman.knowledge.load import read_records
from tallman.knowledge.spoken import speaks_of


def test_every_medicine_has_a_rule_about_conditions_or_a_look_with_nothing_to_say() -> None:
    records = read_records()
    knowledge = build(records, version="test", sha256="0")
    known = {name for about, name in {*knowledge.precautions_of, *records.looked_at} if about == "condition"}
    open_ = sorted(i.name for i in records.ingredients if not i.is_supply and i.name not in known)
    assert open_ == [], "write a rule, or name them in looked_at/ once their labels were read"


@pytest.mark.parametrize("about", ["pregnancy", "lactation"])
def test_every_medicine_has_been_asked_about_for_mother_and_child(about: str) -> None:
    """Rules narrowed to the skin, the eye and the like say nothing of the tablet."""
    records = read_records()
    knowledge = build(records, version="test", sha256="0")
    open_ = []
    for name in sorted(
        i.name for i in records.ingredients if not i.is_supply and (about, i.name) not in records.looked_at
    ):
        routes = {r for p in knowledge.products_of.get(name, ()) for r in p.form.routes} - LOCAL_ROUTES
        narrowed = [rule.medicines.routes for rule in knowledge.precautions_of.get((about, name), ())]
        if not narrowed or (routes and not any(not only or routes & only for only in narrowed)):
            open_.append(name)
    assert open_ == [], "write a rule, or name them in looked_at/ once their labels were read"


def test_a_rule_is_not_kept_for_a_medicine_that_it_excludes() -> None:
    knowledge = build(read_records(), version="test", sha256="0")
    wrong = [
        (name, rule.id)
        for (_, name), rules in knowledge.precautions_of.items()
        for rule in rules
        if not (name in rule.medicines.ingredients and name not in knowledge.ingredients)
        and not speaks_of(rule.medicines, name, knowledge)
    ]
    assert wrong == []
