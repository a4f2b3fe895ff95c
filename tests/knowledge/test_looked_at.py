"""Of every medicine on record somebody has asked what speaks against it."""

from __future__ import annotations

import pytest

from tallman.core.knowledge import build
from tallman.core.screening.match import LOCAL_ROUTES
from tallman.knowledge.load import read_records


def test_every_medicine_has_a_rule_about_conditions_or_a_look_with_nothing_to_say() -> None:
    records = read_records()
    knowledge = build(records, version="test", sha256="0")
    known = {name for about, name in {*knowledge.precautions_of, *records.looked_at} if about == "condition"}
    open_ = sorted(i.name for i in records.ingredients if not i.is_supply and i.name not in known)
    assert open_ == [], "write a rule, or name them in looked_at/ once their labels were read"


@pytest.mark.parametrize("about", ["pregnancy", "lactation"])
def test_every_medicine_that_reaches_the_whole_body_has_been_asked_about(about: str) -> None:
    records = read_records()
    knowledge = build(records, version="test", sha256="0")
    known = {name for check, name in {*knowledge.precautions_of, *records.looked_at} if check == about}
    open_ = sorted(
        i.name
        for i in records.ingredients
        if not i.is_supply and i.name not in known
        and any(p.form.routes and not LOCAL_ROUTES.issuperset(p.form.routes) for p in knowledge.products_of[i.name])
    )  # fmt: skip
    assert open_ == [], "write a rule, or name them in looked_at/ once their labels were read"
