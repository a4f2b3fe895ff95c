"""A brand with a strength, a release or a pen that only another brand has."""

from __future__ import annotations

import pytest

from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    "text, brand, holder",
    [
        ("Lantus Solostar 300 units/ml", "Lantus SoloStar", "Toujeo SoloStar"),
        ("Lantus Solostar U-300", "Lantus SoloStar", "Toujeo SoloStar"),
        ("Basaglar KwikPen 300 units/mL", "Basaglar KwikPen", "Toujeo SoloStar"),
        ("Toujeo Solostar 100 units/mL", "Toujeo SoloStar", "Lantus"),
        ("Coreg 10", "Coreg", "Coreg CR"),
        ("Ambien 12.5", "Ambien", "Ambien CR"),
        ("Ambien CR 10 mg", "Ambien CR", "Ambien"),
    ],
)
def test_the_strength_of_another_brand_is_not_taken_for_its_own(text: str, brand: str, holder: str) -> None:
    read = identify(text, load())
    assert (read.certainty, read.product, read.brand) == (Certainty.PARTIAL, None, brand)
    assert read.strengths
    assert (read.reason or "").startswith(f"that strength is known here of {holder}")


@pytest.mark.parametrize("text", ["Lantus KwikPen", "NovoLog KwikPen 100 units/mL"])
def test_the_pen_of_another_brand_is_not_taken_for_the_one_written(text: str) -> None:
    assert identify(text, load()).product is None


@pytest.mark.parametrize(
    "text, product",
    [
        ("Humalog Jr Kwikpen 100", "Humalog Junior KwikPen 100 unit/mL pen injector"),
        ("EpiPen Junior", "EpiPen Jr 0.15 mg/0.3 mL auto-injector"),
        ("Lantus Solostar 100", "Lantus SoloStar 100 unit/mL pen injector"),
        ("Coreg CR 10", "Coreg CR 10 mg extended release oral capsule"),
        ("Toprol 50", "Toprol XL 50 mg extended release oral tablet"),
    ],
)
def test_what_is_written_out_stays_a_product(text: str, product: str) -> None:
    read = identify(text, load()).product
    assert read
    assert read.name == product


def test_the_dose_of_a_pen_is_not_the_strength_of_another() -> None:
    assert identify("Ozempic 1 mg", load()).reason == "a dose is said, and not how much the pen holds"


def test_no_vial_is_of_a_brand_that_has_pens_alone() -> None:
    read = identify("Basaglar vial 100 unit/mL", load())
    assert (read.product, read.brand) == (None, "Basaglar")
    assert "Basaglar KwikPen" in (read.reason or "")


@pytest.mark.parametrize(("container", "differs"), [("KwikPen", True), ("vial", False), ("", False)])
def test_a_pen_and_the_code_of_a_vial_are_a_conflict(container: str, differs: bool) -> None:
    read = identify(f"Humalog {container} 100 units/mL NDC 00002-7510-01", load())
    assert bool(read.conflict) == differs
