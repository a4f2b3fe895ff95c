"""Strengths that are said differently and are the same, and what the FDA's ratings forbid."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from tallman.core.drug import DoseForm, Product, Strength
from tallman.core.quantity import parse_amount
from tallman.core.substitution import Difference, difference, is_equivalent

SUSPENSION = DoseForm("oral suspension", ("oral",), "mL")
INHALER = DoseForm("metered dose inhaler", ("inhalation",), "puff")
PATCH = DoseForm("transdermal system", ("transdermal",), "patch")
SYRINGE = DoseForm("prefilled syringe", ("subcutaneous",), "mL", is_filled=True)


def product(id: str, form: DoseForm, amount: str, per: str) -> Product:
    return Product(id, id, id, form, (Strength("x", parse_amount(amount), parse_amount(per)),))


@pytest.mark.parametrize(
    "form, one, other, expected",
    [
        (SUSPENSION, ("400 mg", "5 mL"), ("80 mg", "1 mL"), None),
        (SUSPENSION, ("400 mg", "5 mL"), ("400 mg", "1 mL"), Difference.STRENGTH),
        (INHALER, ("90 mcg", "1 puff"), ("0.09 mg", "1 puff"), None),
        (PATCH, ("21 mg", "24 h"), ("0.875 mg", "1 h"), None),
        (PATCH, ("21 mg", "1 d"), ("14 mg", "24 h"), Difference.STRENGTH),
        (SYRINGE, ("40 mg", "0.4 mL"), ("80 mg", "0.8 mL"), Difference.STRENGTH),
        (SYRINGE, ("40 mg", "0.4 mL"), ("40000 mcg", "0.4 mL"), None),
    ],
)
def test_strengths_are_compared_as_amounts(
    form: DoseForm, one: tuple[str, str], other: tuple[str, str], expected: Difference | None
) -> None:
    assert difference(product("1", form, *one), product("2", form, *other), substitution=True) is expected


@pytest.mark.parametrize(
    "prescribed, found, expected",
    [
        ([], "", True),
        ([], "AB", True),
        (["AB"], "AB", True),
        (["AB"], "BX", False),
        (["AB1"], "AB1,AB2", True),
        (["AB1"], "AB2", False),
        (["AB1", "AB3"], "AB3", True),
        ([], "AB2", True),
        (["AB1"], "AB", True),
        (["AB1"], "BC,AB2", False),
    ],
)
def test_a_rating_allows_or_forbids(prescribed: Collection[str], found: str, expected: bool) -> None:
    assert is_equivalent(prescribed, found) is expected
