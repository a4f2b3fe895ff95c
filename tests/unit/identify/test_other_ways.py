"""Suffixes, ways to be given, patches by the week, brands in brackets: what is read, what is left open, and why."""

from __future__ import annotations

import pytest

from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tests.authored import load


@pytest.mark.parametrize(
    ("text", "rxcui"),
    [
        ("insulin glargine-yfgn 100 unit/mL (3 mL) subcutaneous pen", "2563971"),
        ("bevacizumab-bvzr 400mg/16mL", "2268047"),
        ("rituximab-pvvr 10mg/ml 50 ml vial", "2273520"),
        ("filgrastim-aafi 480 mcg/0.8 mL syringe", "2057215"),
        ("denosumab-bmwo 120 mg/1.7 mL", "2717866"),
        ("bevacizumab 400mg/16mL", "1657073"),
        ("emicizumab-kxwh 150 mg/mL", "1989816"),
        ("OMEGA-3 ETHYL ESTERS 1 GM CAP", "577208"),
        ("fentanyl 50 mcg/mL inj 2 mL", "1735003"),
        ("metformin er gastric 1000", "1807888"),
        ("metformin ER 1000 mg (OSM)", "1807894"),
        ("KCl 20 ER tab", "198116"),
        ("potassium chloride micro 20 mEq ER tablet", "1801294"),
        ("Basaglar Tempo Pen U100", "2268065"),
        ("estradiol 0.05 weekly patch", "238003"),
        ("ESTRADIOL 0.0375 MG/24HR PATCH TWICE WEEKLY", "241946"),
        ("B-12 shot 1000", "309594"),
    ],
)
def test_the_product(text: str, rxcui: str) -> None:
    read = identify(text, load())
    assert read.product, read.reason
    assert read.product.rxcui == rxcui


@pytest.mark.parametrize(
    ("text", "ingredient", "why"),
    [
        ("adalimumab-adaz 40 mg/0.4 mL pen", "adalimumab", "no such product of adalimumab-adaz is known here"),
        ("rituximab-xxxx 500 mg/50 mL", "rituximab", "no such product of rituximab-xxxx is known here"),
        ("metformin ER 1000 mg", "metformin", "(osmotic) and as extended release oral tablet (modified)"),
        ("estradiol patch 0.05", "estradiol", "of other packages or directions"),
        ("octreotide LAR 100 mcg/mL", "octreotide", "known here only as"),
        ("vancomycin 1,250 mg in NS 250 mL", "vancomycin", "injection and as powder for injection"),
        ("fentanyl 50 mcg", "fentanyl", "transdermal system and as injection"),
        ("fentanyl 25", "fentanyl", "transdermal system and as injection"),
        ("ARA-C 100", "cytarabine", "100 mg/5 mL injection and as cytarabine 2000 mg/20 mL"),
        ("zyprexa im or po 10", "olanzapine", "oral tablet and as powder for injection"),
        ("Ozempic 5 mg", "semaglutide", "no product of that strength is known here"),
        ("latanaprost drops", "latanoprost", "more would have to be said to prove it"),
        ("levothyroxin 112 (thyroid)", "levothyroxine", "oral tablet and as oral capsule"),
        ("Eliquis 5 mg for PE starter pack", "apixaban", "it may be Eliquis 5 mg oral tablet"),
        ("Eliquis DVT/PE starter pack 5 mg", "apixaban", "it may be Eliquis 5 mg oral tablet"),
    ],
)
def test_no_product_is_guessed(text: str, ingredient: str, why: str) -> None:
    read = identify(text, load())
    assert (read.certainty, read.product, [i.name for i in read.ingredients]) == (Certainty.PARTIAL, None, [ingredient])
    assert why in (read.reason or "")


def test_a_dose_by_either_way_is_of_no_piece() -> None:
    assert [str(s) for s in identify("fentanyl 50 mcg", load()).strengths] == ["50 mcg"]
    assert identify("cipro drops", load()).route is None
    assert identify("lorazepam 1 mg IV/PO", load()).route is None


def test_what_two_words_open_is_every_name_they_open() -> None:
    read = identify("neo/poly drops", load())
    assert read.certainty is Certainty.AMBIGUOUS
    assert "neomycin / polymyxin B / dexamethasone" in read.candidates


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("acetaminophen 1,000 mg/100 mL IV soln (OFIRMEV)", "Ofirmev"),
        ("metoprolol succ (Toprol XL) 50 mg", "Toprol XL"),
        ("Novolog 70/30 flexpen", "NovoLog 70/30"),
        ("Rocephin 1 g IM", "Rocephin"),
        ("generic for Lipitor 40 mg", None),
    ],
)
def test_the_brand_that_is_written(text: str, brand: str | None) -> None:
    read = identify(text, load())
    assert read.product
    assert read.brand == brand


@pytest.mark.parametrize(
    "text",
    ["pt says the little white one", "see attached med list", "cbc w diff", "hearing aid batteries 312",
     "low sodium diet", "same as last month", "water", "none per patient"],
)  # fmt: skip
def test_words_of_every_day_are_no_medicine(text: str) -> None:
    read = identify(text, load())
    assert (read.certainty, read.candidates) == (Certainty.UNKNOWN, ())


def test_a_code_that_is_not_held_is_said_so() -> None:
    assert identify("NDC 0006-5423-12", load()).reason == "NDC 0006-5423-12 is not held here"
