"""A quantity as the directions count it: by strength, in whole containers, by the weight of a canister."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tallman.core.drug import Certainty, DoseForm, Medicine, Product, Strength
from tallman.core.quantity import Amount, parse_amount
from tallman.core.screening.counted import counted_as, counted_in


def _product(form: str, unit: str, strength: str, per: str, sizes: tuple[str, ...] = (), written: str = "") -> Product:
    held = tuple(map(parse_amount, sizes))
    pairs = tuple((parse_amount(a), parse_amount(b)) for a, b in [written.split(" = ")]) if written else ()
    return Product(
        "p", "testium", "testium", DoseForm(form, (), unit),
        (Strength("testium", parse_amount(strength), parse_amount(per)),),
        sizes=held, unit_of_use=held[0] if len(held) == 1 else None, written_sizes=pairs,
    )  # fmt: skip


DROPS = _product("ophthalmic solution", "mL", "0.05 mg", "1 mL", ("2.5 mL",))
ANY_DROPS = _product("ophthalmic solution", "mL", "5 mg", "1 mL", ("5 mL", "10 mL"))
PEN = _product("pen injector", "mL", "100 unit", "1 mL", ("3 mL",))
INHALER = _product("metered dose inhaler", "puff", "90 mcg", "1 puff", ("200 puff",), "8.5 g = 200 puff")
NASAL = _product("nasal spray", "spray", "50 mcg", "1 spray", ("120 spray",), "16 g = 120 spray")
CREAM = _product("vaginal cream", "g", "20 mg", "1 g", ("45 g",))
PREMIXED = replace(
    PEN,
    strengths=tuple(
        Strength(n, parse_amount(a), parse_amount("1 mL")) for n, a in (("a", "70 unit"), ("b", "30 unit"))
    ),
)
LIQUID = _product("oral suspension", "mL", "400 mg", "5 mL", ("100 mL",))


@pytest.mark.parametrize(
    ("product", "quantity", "unit", "expected"),
    [
        (DROPS, "2.5 mL", "drop", "50 drop"),
        (DROPS, "1 bottle", "drop", "50 drop"),
        (ANY_DROPS, "1 bottle", "drop", "1 bottle"),
        (ANY_DROPS, "10 mL", "drop", "200 drop"),
        (PEN, "15 mL", "unit", "1500 unit"),
        (PEN, "5 pen", "unit", "1500 unit"),
        (INHALER, "1 inhaler", "puff", "200 puff"),
        (INHALER, "1 each", "puff", "200 puff"),
        (INHALER, "8.5 g", "puff", "200 puff"),
        (INHALER, "17 g", "puff", "400 puff"),
        (INHALER, "10 g", "puff", "10 g"),
        (INHALER, "200 puff", "puff", "200 puff"),
        (NASAL, "16 g", "spray", "120 spray"),
        (NASAL, "1 bottle", "spray", "120 spray"),
        (LIQUID, "2 bottle", "mL", "200 mL"),
        (LIQUID, "100 mL", "mg", "8000 mg"),
        (PREMIXED, "15 mL", "unit", "1500 unit"),
        (PREMIXED, "15 mL", "mg", "15 mL"),
        (CREAM, "45 g", "applicatorful", "9 applicatorful"),
        (CREAM, "45 g", "inch", "45 g"),
    ],
)
def test_a_quantity_is_counted_as_far_as_the_product_says(
    product: Product, quantity: str, unit: str, expected: str
) -> None:
    assert counted_in(product, parse_amount(quantity), unit) == parse_amount(expected)


def test_what_is_certain_of_a_medicine_counts_though_its_form_is_open() -> None:
    weekly = Strength("testium", parse_amount("7.5 mg"), parse_amount("0.5 mL"))
    known = Medicine("testium 7.5 mg/0.5 mL", Certainty.PARTIAL, strengths=(weekly,))
    assert counted_as(known, parse_amount("2 mL"), "mg") == parse_amount("30 mg")
    assert counted_as(replace(known, strengths=()), parse_amount("2 mL"), "mg") == parse_amount("2 mL")
    assert counted_as(replace(known, strengths=()), parse_amount("10 mL"), "drop") == parse_amount("200 drop")


def test_a_weight_that_means_different_counts_is_left_as_it_is() -> None:
    canisters = (
        (Amount(Decimal(5), "g"), Amount(Decimal(60), "puff")),
        (Amount(Decimal(10), "g"), Amount(Decimal(200), "puff")),
    )
    product = Product("p", "p", "p", INHALER.form, INHALER.strengths, written_sizes=canisters)
    assert counted_in(product, parse_amount("10 g"), "puff") == parse_amount("10 g")
    assert counted_in(product, parse_amount("5 g"), "puff") == parse_amount("60 puff")
