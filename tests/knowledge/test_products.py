"""What a record says of its products: the containers they are handed over in, and what may not be done to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tallman.core.drug import DoseForm, Product
from tallman.core.quantity import Amount
from tallman.knowledge import schema

FORMS = {
    "oral tablet": DoseForm("oral tablet", ("oral",), "tablet"),
    "extended release oral tablet": DoseForm(
        "extended release oral tablet", ("oral",), "tablet", "extended", False, False
    ),
    "oral capsule": DoseForm("oral capsule", ("oral",), "capsule", may_be_split=False, may_be_crushed=False),
    "oral solution": DoseForm("oral solution", ("oral",), "mL"),
    "ophthalmic solution": DoseForm("ophthalmic solution", ("ophthalmic",), "mL"),
    "prefilled syringe": DoseForm("prefilled syringe", ("subcutaneous",), "mL", is_filled=True),
}
REVIEW = schema.ReviewEntry("somebody", date(2026, 11, 28), date(2027, 11, 28))


def _products(*products: schema.ProductsEntry, handling: tuple[schema.HandlingEntry, ...] = ()) -> list[Product]:
    sources = {"safety": schema.SourceEntry("A list of hazards", "Table 1", "2024")}
    file = schema.MedicineFile("testium", None, REVIEW, sources, products=[*products], handling=[*handling])
    return schema.product_records(file, FORMS, str)[0]


@pytest.mark.parametrize(
    ("form", "strength", "written", "sizes"),
    [
        ("ophthalmic solution", "0.05 mg/mL", "2.5 mL", ["2.5"]),
        ("ophthalmic solution", "0.05 mg/mL", ["5 mL", "10 mL"], ["5", "10"]),
        ("prefilled syringe", "10 mg/0.2 mL", None, ["0.2"]),
        ("prefilled syringe", "10 mg/mL", "0.4 mL", ["0.4"]),
        ("prefilled syringe", "10 mg/mL", None, []),
        ("oral solution", "400 mg/5 mL", None, []),
    ],
)
def test_the_container_is_the_recorded_one_or_what_a_syringe_is_filled_with(
    form: str, strength: str, written: str | list[str] | None, sizes: list[str]
) -> None:
    (product,) = _products(schema.ProductsEntry(form, {strength: None}, unit_of_use=written))
    assert product.sizes == tuple(Amount(Decimal(size), "mL") for size in sizes)
    assert product.unit_of_use == (product.sizes[0] if len(sizes) == 1 else None)


def test_what_the_medicine_forbids_holds_for_what_is_swallowed_in_pieces() -> None:
    rule = schema.HandlingEntry("It harms those who touch it.", "safety")
    tablet, liquid = _products(
        schema.ProductsEntry("oral tablet", {"5 mg": None}),
        schema.ProductsEntry("oral solution", {"5 mg/mL": None}),
        handling=(rule,),
    )
    assert (tablet.may_be_split, tablet.may_be_crushed) == (False, False)
    assert tablet.handling is not None
    assert tablet.handling.source == "A list of hazards, section Table 1, 2024"
    assert (liquid.may_be_split, liquid.may_be_crushed, liquid.handling) == (True, True, None)


def test_what_the_form_forbids_is_allowed_only_where_the_form_is_named() -> None:
    rule = schema.HandlingEntry("It is scored.", "safety", split=True)
    extended = schema.ProductsEntry("extended release oral tablet", {"5 mg": None})
    (tablet,) = _products(extended, handling=(rule,))
    assert (tablet.may_be_split, tablet.may_be_crushed) == (False, False)
    named = schema.HandlingEntry("It is scored.", "safety", split=True, forms=["extended release oral tablet"])
    (tablet,) = _products(extended, handling=(named,))
    assert (tablet.may_be_split, tablet.may_be_crushed) == (True, False)


@pytest.mark.parametrize("is_said", [True, False, None])
def test_a_capsule_may_be_opened_only_where_the_label_says_so(is_said: bool | None) -> None:
    rule = schema.HandlingEntry("Its pellets are coated.", "safety", open=is_said)
    capsule, tablet = _products(
        schema.ProductsEntry("oral capsule", {"5 mg": None}),
        schema.ProductsEntry("oral tablet", {"5 mg": None}),
        handling=(rule,),
    )
    assert (capsule.may_be_opened, tablet.may_be_opened) == (is_said, None)


def test_a_metered_container_is_what_it_gives_and_what_it_is_ordered_by() -> None:
    entry = schema.ProductsEntry(
        "ophthalmic solution", {"5 mg/mL": None}, unit_of_use=["9 g = 60 puff", "8.5 g = 60 puff"]
    )
    (product,) = _products(entry)
    assert list(map(str, product.sizes)) == ["60 puffs"]
    assert [str(written) for written, _ in product.written_sizes] == ["9 g", "8.5 g"]
