"""A combination in another order, a word of form that is a name too, brands of one and of many strengths."""

from __future__ import annotations

import pytest

from tallman.core.allergies import read_allergy
from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    "text, product",
    [
        ("codeine-guaifenesin 10-100 mg/5 mL", "guaifenesin / codeine 100 mg/5 mL / 10 mg/5 mL oral solution"),
        ("guaifenesin-codeine 100-10 mg/5 mL", "guaifenesin / codeine 100 mg/5 mL / 10 mg/5 mL oral solution"),
        ("TMP-SMX 160-800 mg tablet", "sulfamethoxazole / trimethoprim 800 mg / 160 mg oral tablet"),
        ("TMP/SMX 800-160 mg tablet", "sulfamethoxazole / trimethoprim 800 mg / 160 mg oral tablet"),
        ("acetaminophen-hydrocodone 325-5 mg tablet", "hydrocodone / acetaminophen 5 mg / 325 mg oral tablet"),
        ("INH 300 mg tablet", "isoniazid 300 mg oral tablet"),
        ("INH tab 300mg", "isoniazid 300 mg oral tablet"),
        ("albuterol INH 90 mcg", "albuterol 90 mcg/puff metered dose inhaler"),
        ("Genvoya", "Genvoya 150 mg / 150 mg / 200 mg / 10 mg oral tablet"),
    ],
)
def test_the_product(text: str, product: str) -> None:
    read = identify(text, load())
    assert read.product, (read.certainty, read.candidates, read.reason)
    assert read.product.name == product


@pytest.mark.parametrize("text", ["INH 90 mcg", "inh soln", "inhaler", "codeine-guaifenesin 20-100 mg/5 mL"])
def test_no_product_is_made_up(text: str) -> None:
    assert identify(text, load()).product is None


def test_a_brand_of_several_strengths_stays_open() -> None:
    read = identify("Truvada", load())
    assert (read.certainty, read.strengths) == (Certainty.PARTIAL, ())
    assert {i.name for i in read.ingredients} == {"emtricitabine", "tenofovir disoproxil"}


def test_the_abbreviation_alone_is_an_allergy_to_isoniazid() -> None:
    assert [i.name for i in read_allergy("INH: hepatitis", load()).ingredients] == ["isoniazid"]
