"""One tablet or capsule a day, of whatever is made: no limit may call that too much, or the limit is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tallman.core.drug import Certainty, Medicine, Product
from tallman.core.knowledge import Knowledge
from tallman.core.screening.case import Case
from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tallman.knowledge import schema
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load

_TOO_MUCH = {"DOSE-DAILY-MAX", "DOSE-SINGLE-MAX"}
_MORE_THAN_ANYBODY_BEGINS_WITH = {"hydromorphone", "morphine", "thyroid"}
"""Made for people known to need them; to be confirmed for everybody else."""
KINDS = ["tablet", "capsule"]


@cache
def knowledge() -> Knowledge:
    return load()


def _swallowed(unit: str) -> list[Product]:
    return [p for p in knowledge().products.values() if p.form.routes[:1] == ("oral",) and p.form.unit == unit]


def _given(product: Product, case: Case) -> Case:
    ingredients = tuple(knowledge().ingredients[n] for n in product.ingredients)
    medicine = Medicine(
        product.name,
        Certainty.PRODUCT,
        product=product,
        ingredients=ingredients,
        strengths=product.strengths,
        form=product.form,
        route="oral",
    )
    return replace(case, proposed=(replace(case.proposed[0], medicine=medicine),))


@pytest.mark.parametrize("unit", KINDS)
def test_one_a_day_of_what_is_made_is_not_too_much(unit: str) -> None:
    entry = schema.ExampleEntry(new="metformin 500 mg tablet", age=45, weight="75 kg", height="172 cm", sex="male")
    case = case_of(entry, knowledge())
    daily = replace(case, proposed=(replace(case.proposed[0], sig=parse(f"take 1 {unit} by mouth daily")),))
    products = _swallowed(unit)
    assert len(products) > 1000
    stopped = {
        f"{finding.code}: {product.name}"
        for product in products
        for finding in screen(_given(product, daily), knowledge()).findings
        if finding.code in _TOO_MUCH and finding.severity.is_interruptive
        if _MORE_THAN_ANYBODY_BEGINS_WITH.isdisjoint(product.ingredients)
    }
    assert not stopped
