from __future__ import annotations

from dataclasses import replace

import pytest

from tallman.core.drug import Certainty, Medicine
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge, Package
from tests.authored import load


def names(medicine: Medicine) -> set[str]:
    return {i.name for i in medicine.ingredients}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("HCTZ 25mg tab", "hydrochlorothiazide 25 mg oral tablet"),
        ("LISINOPRIL 10 MG TABS", "lisinopril 10 mg oral tablet"),
        ("lisinopril 10 MG Oral Tablet [Zestril]", "Zestril 10 mg oral tablet"),
        ("lisinopril (Zestril) 10 mg", "lisinopril 10 mg oral tablet"),
        ("Zestril (lisinopril) 10 mg", "Zestril 10 mg oral tablet"),
        ("Toprol XL 25", "Toprol XL 25 mg extended release oral tablet"),
        ("metoprolol succ ER 50", "metoprolol succinate 50 mg extended release oral tablet"),
        ("metoprolol tart 50", "metoprolol tartrate 50 mg oral tablet"),
        (
            "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet",
            "metoprolol succinate 50 mg extended release oral tablet",
        ),
        ("insulin glargine 100 u/ml pen", "insulin glargine 100 unit/mL pen injector"),
        ("Lantus SoloStar 100 units/mL (3 mL)", "Lantus SoloStar 100 unit/mL pen injector"),
        ("insulin glargine U-100 vial", "insulin glargine 100 unit/mL injectable solution"),
        ("amox 400/5 susp", "amoxicillin 400 mg/5 mL oral suspension"),
        ("amoxicillin 400mg/5ml", "amoxicillin 400 mg/5 mL oral suspension"),
        ("amoxicillin 80 mg/mL susp", "amoxicillin 400 mg/5 mL oral suspension"),
        ("amoxicillin 250", "amoxicillin 250 mg oral capsule"),
        ("albuterol hfa", "albuterol 90 mcg/puff metered dose inhaler"),
        (
            "Albuterol Sulfate HFA 108 (90 Base) MCG/ACT Inhalation Aerosol Solution",
            "albuterol 90 mcg/puff metered dose inhaler",
        ),
        ("albuterol 0.083% neb", "albuterol 2.5 mg/3 mL inhalation solution"),
        ("hydrocortisone 2.5% cream", "hydrocortisone 25 mg/g topical cream"),
        ("hydrocortisone 2.5 % cream 30 g", "hydrocortisone 25 mg/g topical cream"),
        ("levothyroxine 0.05 mg", "levothyroxine 50 mcg oral tablet"),
        ("levothyroxine 88 mcg", "levothyroxine 88 mcg oral tablet"),
        ("levothyroxine sodium 25", "levothyroxine 25 mcg oral tablet"),
        ("enoxaparin 40 mg", "enoxaparin 40 mg/0.4 mL prefilled syringe"),
        ("0.8 ML enoxaparin sodium 100 MG/ML Prefilled Syringe", "enoxaparin 80 mg/0.8 mL prefilled syringe"),
        ("lisinopril/hctz 20-12.5", "lisinopril / hydrochlorothiazide 20 mg / 12.5 mg oral tablet"),
        (
            "hydrochlorothiazide 12.5 MG / lisinopril 20 MG Oral Tablet",
            "lisinopril / hydrochlorothiazide 20 mg / 12.5 mg oral tablet",
        ),
        ("lisinopril HCT 20/25", "lisinopril / hydrochlorothiazide 20 mg / 25 mg oral tablet"),
        ("APAP/codeine 300-30", "acetaminophen / codeine 300 mg / 30 mg oral tablet"),
        ("Tylenol #3", "acetaminophen / codeine 300 mg / 30 mg oral tablet"),
        ("Percocet 5/325", "Percocet 5 mg / 325 mg oral tablet"),
        ("Percocet 5/325 tabs", "Percocet 5 mg / 325 mg oral tablet"),
        ("Percocet 10", "Percocet 10 mg / 325 mg oral tablet"),
        ("oxycodone-apap 10-325 mg", "oxycodone / acetaminophen 10 mg / 325 mg oral tablet"),
        ("hydroxizine 25 mg tab", "hydroxyzine 25 mg oral tablet"),
        ("hydro chlorothiazide 25 mg", "hydrochlorothiazide 25 mg oral tablet"),
        ("lisin0pril 10 mg", "lisinopril 10 mg oral tablet"),
        ("lisinopril l0 mg", "lisinopril 10 mg oral tablet"),
        ("lisinopril 10 mg tab 100's", "lisinopril 10 mg oral tablet"),
        ("Prinivil 10", "lisinopril 10 mg oral tablet"),
    ],
)
def test_product(text: str, product: str, knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    assert read.product, (read.certainty, read.candidates, read.reason)
    assert read.product.name == product
    assert read.text == text


@pytest.mark.parametrize(
    ("text", "ingredient", "strength"),
    [
        ("metoprolol 50", "metoprolol", "50 mg"),
        ("metoprolol 50 mg tab", "metoprolol", "50 mg"),
        ("lisinopril 100 mg", "lisinopril", "100 mg"),
        ("lisinopril 100 mg tab", "lisinopril", "100 mg"),
        ("lisinopril", "lisinopril", ""),
        ("lisinopril 77", "lisinopril", ""),
        ("lisinopril 5O mg", "lisinopril", ""),
        ("lisinopril l5 mg", "lisinopril", ""),
        ("levothyroxine 50 mg", "levothyroxine", "50 mg"),
        ("lisinopril 10 mg/mL", "lisinopril", "10 mg/mL"),
        ("hydroxyzine 25 mg", "hydroxyzine", "25 mg"),
        ("Lantus", "insulin glargine", "100 units/mL"),
        ("lisinoprl", "lisinopril", ""),
    ],
)
def test_partial(text: str, ingredient: str, strength: str, knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    assert read.certainty is Certainty.PARTIAL
    assert read.product is None
    assert names(read) == {ingredient}
    assert " / ".join(map(str, read.strengths)) == strength


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("MS 10 mg", {"morphine", "magnesium sulfate"}),
        ("HCT 25 mg", {"hydrochlorothiazide", "hydrocortisone"}),
        ("metop 50", {"metoprolol", "metoclopramide"}),
        ("hydroxlazine 10", {"hydroxyzine", "hydralazine"}),
        ("hydr 25 mg", {"hydralazine", "hydrochlorothiazide", "hydrocortisone", "hydroxyzine"}),
        ("lisinopril 20/12.5", {"197886"}),
        ("lisinopril, metoprolol", {"lisinopril / metoprolol"}),
        ("lisinopril/mystery 20-12.5", {"197886"}),
        ("Tylenol PM", {"acetaminophen"}),
        ("lisinopril immune fab", {"lisinopril"}),
        ("hydrocortisone 10 mg/g / foobarol 20 mg/g cream", {"hydrocortisone"}),
    ],
)
def test_ambiguous(text: str, candidates: set[str], knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    assert read.certainty is Certainty.AMBIGUOUS
    assert set(read.candidates) == candidates
    assert read.reason
    assert not read.is_known


@pytest.mark.parametrize(
    ("text", "ingredients", "strength"),
    [
        ("Xeljanz 5 mg", {"tofacitinib"}, "5 mg"),
        ("Xeljans", {"tofacitinib"}, ""),
        ("vortioxetine 10 mg", {"vortioxetine"}, "10 mg"),
        ("Trintellix", {"vortioxetine"}, ""),
        ("lisinopril/vortioxetine 10-5", {"lisinopril", "vortioxetine"}, ""),
    ],
)
def test_a_name_known_only_as_a_name_is_named_and_no_more(
    text: str, ingredients: set[str], strength: str, knowledge: Knowledge
) -> None:
    read = identify(text, knowledge)
    assert (read.certainty, names(read)) == (Certainty.PARTIAL, ingredients)
    assert " / ".join(map(str, read.strengths)) == strength
    assert not all(i.is_authored for i in read.ingredients), "no check may take silence for all clear"
    assert "nothing is known here" in (read.reason or "")


def test_a_number_written_with_letters_is_less_sure(knowledge: Knowledge) -> None:
    sure, guessed = identify("lisinopril 10 mg", knowledge), identify("lisinopril l0 mg", knowledge)
    assert guessed.product == sure.product
    assert guessed.confidence < sure.confidence


def test_a_combination_said_by_one_shortened_name_is_not_told_to_be_of_no_strength(knowledge: Knowledge) -> None:
    read = identify("oxycodo 10/325", knowledge)
    assert read.candidates == ("1049611",)
    assert read.reason == "one name with several strengths: it may be a combination"


@pytest.mark.parametrize("text", ["", "   ", "qwertyuiop", "500 mg", "tablet", "💊", "--/--", "0" * 200])
def test_nothing_is_unknown(text: str, knowledge: Knowledge) -> None:
    read = identify(text, knowledge)
    assert read.certainty is Certainty.UNKNOWN
    assert read.ingredients == ()


def test_what_was_not_read_is_said(knowledge: Knowledge) -> None:
    text = "lisinopril 10 mg tab brouhaha, take 1 tablet daily"
    read = identify(text, knowledge)
    assert [text[a:b] for a, b in read.unread] == ["brouhaha", "take 1"]


@pytest.mark.parametrize("ndc", ["68180-980-01", "68180-0980-01", "68180098001", "NDC 68180-980-01", "6818098001"])
def test_ndc_in_any_format(ndc: str, knowledge: Knowledge) -> None:
    for read in (identify(ndc, knowledge), identify("", knowledge, ndc=ndc.removeprefix("NDC "))):
        assert read.product
        assert read.product.name == "lisinopril 10 mg oral tablet"


def test_rxcui_of_a_product_and_of_an_ingredient(knowledge: Knowledge) -> None:
    assert identify("314077", knowledge).name == "lisinopril 20 mg oral tablet"
    assert identify("RxCUI: 314077", knowledge).name == "lisinopril 20 mg oral tablet"
    only = identify("", knowledge, rxcui="29046")
    assert (only.certainty, names(only)) == (Certainty.PARTIAL, {"lisinopril"})
    assert identify("lisinopril 10 mg tab", knowledge, rxcui="29046").name == "lisinopril 10 mg oral tablet"


def test_code_and_text_that_agree(knowledge: Knowledge) -> None:
    read = identify("Lisinopril 10mg tabs", knowledge, rxcui="314076")
    assert (read.certainty, read.conflict, read.text) == (Certainty.PRODUCT, None, "Lisinopril 10mg tabs")


def test_code_and_text_of_different_strength_are_a_conflict_about_a_known_ingredient(
    knowledge: Knowledge,
) -> None:
    read = identify("lisinopril 20 mg tab", knowledge, rxcui="314076")
    assert read.certainty is Certainty.PRODUCT
    assert read.conflict == "the code means lisinopril 10 mg oral tablet, the text says 20 mg"


def test_code_and_text_of_different_release_are_a_conflict(knowledge: Knowledge) -> None:
    assert "extended release" in (identify("metoprolol ER 50 mg", knowledge, rxcui="866514").conflict or "")


def test_code_and_text_of_different_ingredients_are_ambiguous(knowledge: Knowledge) -> None:
    read = identify("hydralazine 25 mg", knowledge, rxcui="995258")
    assert read.certainty is Certainty.AMBIGUOUS
    assert not read.is_known
    assert set(read.candidates) == {"995258", "905225"}
    assert read.conflict == "the code means hydrOXYzine 25 mg oral tablet, the text says hydrALAZINE 25 mg oral tablet"


def test_code_and_a_text_that_names_a_medicine_unknown_here_disagree(knowledge: Knowledge) -> None:
    assert identify("Xeljanz 5 mg", knowledge, rxcui="314076").certainty is Certainty.AMBIGUOUS


def test_a_text_that_says_nothing_does_not_contradict_the_code(knowledge: Knowledge) -> None:
    read = identify("see label", knowledge, rxcui="314076")
    assert (read.certainty, read.conflict) == (Certainty.PRODUCT, None)


def test_two_codes_that_differ_are_a_conflict(knowledge: Knowledge) -> None:
    read = identify("", knowledge, rxcui="314076", ndc="68180-981-01")
    assert read.conflict == "the code means lisinopril 10 mg oral tablet, the NDC says 20 mg"


def test_an_unknown_code_leaves_the_text_to_decide(knowledge: Knowledge) -> None:
    assert (
        identify("lisinopril 10 mg", knowledge, rxcui="999", ndc="00000-0000-00").name == "lisinopril 10 mg oral tablet"
    )
    assert identify("", knowledge, rxcui="999").certainty is Certainty.UNKNOWN


@pytest.mark.parametrize("ndc", ["68180-980", "68180-0980"])
def test_an_ndc_without_the_package_is_what_all_its_packages_are(ndc: str, knowledge: Knowledge) -> None:
    for read in (identify(ndc, knowledge), identify("", knowledge, ndc=ndc)):
        assert read.name == "lisinopril 10 mg oral tablet"
    other = next(p for p in knowledge.products.values() if p.id != knowledge.by_ndc["68180098001"].product)
    twice = {**knowledge.by_ndc, "68180098003": Package("68180098003", other.id)}
    read = identify(ndc, replace(knowledge, by_ndc=twice, ndcs=sorted(twice)))
    assert read.certainty is Certainty.AMBIGUOUS
    assert other.id in read.candidates


def test_ndc_beside_the_name(knowledge: Knowledge) -> None:
    assert identify("lisinopril 10 mg NDC 68180-980-01", knowledge).conflict is None
    assert identify("lisinopril 20 mg NDC 68180-980-01", knowledge).conflict


@pytest.mark.parametrize(
    ("text", "form", "is_product"),
    [
        ("Tegretol 200 mg retard", "extended release oral tablet", True),
        ("betamethasone dip aug 0.05% oint", "topical ointment", False),
        ("betamethasone dipropionate augmented 0.05% cream", "topical cream", False),
        ("POT CL MICRO TAB 10MEQ ER", "extended release oral tablet", True),
        ("Micro-K 10 mEq", "extended release oral capsule", True),
    ],
)
def test_a_word_for_how_it_is_made_decides(text: str, form: str, is_product: bool) -> None:
    read = identify(text, load())
    assert read.form is not None
    assert (read.form.name, bool(read.product)) == (form, is_product)
