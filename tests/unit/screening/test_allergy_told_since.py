"""What a record of an allergy says was taken since, what it did without a dash before it, and that nobody knows."""

from __future__ import annotations

import pytest

from tallman.core.allergies import read_allergies
from tallman.core.screening.finding import Category
from tallman.core.screening.screen import Screening, screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

CEPHALEXIN = "cephalexin 500 mg capsule; take 1 capsule by mouth four times a day for 7 days"
MORPHINE = "morphine 15 mg tablet; take 1 tablet by mouth every 4 hours as needed for pain"


def screened(new: str, allergies: list[str], current: list[str] | None = None) -> Screening:
    return screen(case_of(ExampleEntry(new=new, allergies=allergies, current=current or []), load()), load())


def weights(new: str, allergies: list[str], current: list[str] | None = None) -> list[str]:
    result = screened(new, allergies, current)
    return [f.severity.value for f in result.findings if f.category is Category.ALLERGY]


@pytest.mark.parametrize(
    "text, tolerated",
    [
        ("PCN -- rash as a child, has had Keflex since without problem", ("cephalexin",)),
        ("PCN - hives, has taken cefazolin since without issues", ("cefazolin",)),
        ("PCN - rash, takes Keflex fine", ("cephalexin",)),
        ("PCN (rash), ok with cephalosporins", ("group:cephalosporins",)),
        ("penicillin - no problem with Keflex", ("cephalexin",)),
        ("penicillin: has had ceftriaxone w/o problem", ("ceftriaxone",)),
        ("PCN - had rash without problems breathing", ()),
        ("PCN - hives, did not do ok with Keflex", ()),
        ("penicillin - face swelled, had no trouble breathing", ()),
        ("penicillin: anaphylaxis, had no issues since childhood", ()),
        ("penicillin: had no trouble breathing but hives", ()),
    ],
)
def test_what_was_taken_since_without_harm(text: str, tolerated: tuple[str, ...]) -> None:
    assert read_allergies(text, load())[0].tolerated == tolerated


@pytest.mark.parametrize(
    "text, substance, reaction",
    [
        ("Levaquin hallucinations", "Levaquin", "hallucinations"),
        ("sulfa drugs make me sick", "sulfa drugs", "make me sick"),
        ("red dye headache", "red dye", "headache"),
        ("ASA stomach upset", "ASA", "stomach upset"),
        ("lidocaine pain patch", "lidocaine pain patch", ""),
        ("Excedrin migraine", "Excedrin migraine", ""),
        ("Benadryl itch cream", "Benadryl itch cream", ""),
        ("codeine cough syrup", "codeine cough syrup", ""),
        ("fentanyl patch itching", "fentanyl patch", "itching"),
        ("ibuprofen -> wheezing, nasal polyps", "ibuprofen", "wheezing, nasal polyps"),
        ("PCN - had rash without problems breathing", "PCN", "had rash without problems breathing"),
    ],
)
def test_a_reaction_in_words_is_no_allergen(text: str, substance: str, reaction: str) -> None:
    (allergy,) = read_allergies(text, load())
    assert (allergy.substance, allergy.reaction) == (substance, reaction)


@pytest.mark.parametrize(
    "text", ["unknown", "Unk", "unable to obtain", "allergies: not known", "Allergy status unknown"]
)
def test_unknown_allergies_are_asked_for(text: str) -> None:
    result = screened(CEPHALEXIN, [text])
    assert not [f for f in result.findings if f.category is Category.ALLERGY]
    assert [n.reason for n in result.not_checked if n.check == "allergy"] == [
        "no allergy information on record: ask the patient"
    ]


def test_what_is_unknown_beside_an_allergy_takes_nothing_from_it() -> None:
    assert weights("amoxicillin 500 mg capsule; take 1 capsule three times a day", ["unknown", "PCN - hives"]) == [
        "high"
    ]


def test_what_is_unknown_and_did_harm_stands() -> None:
    assert weights(CEPHALEXIN, ["unknown: hives"]) == ["moderate"]


@pytest.mark.parametrize(
    "new, allergy, current, said",
    [
        (CEPHALEXIN, "PCN - rash, has had Keflex since without problem", [], ["low"]),
        (CEPHALEXIN, "PCN - rash", [], ["moderate"]),
        (MORPHINE, "codeine itching", ["MS Contin 30 mg tablet; take 1 tablet every 12 hours"], ["low"]),
        (MORPHINE, "codeine itching", ["oxycodone 5 mg tablet; take 1 tablet every 6 hours"], ["low"]),
        (MORPHINE, "codeine itching", [], ["moderate"]),
        (MORPHINE, "codeine anaphylaxis", ["oxycodone 5 mg tablet; take 1 tablet every 6 hours"], ["critical"]),
        ("metformin ER 500 mg tablet; take 1 tablet daily", "metformin IR - diarrhea", [], ["low"]),
        ("metformin 500 mg tablet; take 1 tablet daily", "metformin IR - diarrhea", [], ["moderate"]),
        (
            "moxifloxacin 0.5% eye drops; 1 drop in the left eye three times a day",
            "Levaquin hallucinations",
            [],
            ["low"],
        ),
        ("moxifloxacin 400 mg tablet; take 1 tablet daily", "Levaquin hallucinations", [], ["moderate"]),
        ("moxifloxacin 0.5% eye drops; 1 drop in the left eye three times a day", "Levaquin - hives", [], ["high"]),
    ],
)
def test_what_is_tolerated_weighs_less(new: str, allergy: str, current: list[str], said: list[str]) -> None:
    assert weights(new, [allergy], current) == said
