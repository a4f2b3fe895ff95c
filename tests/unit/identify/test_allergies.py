from __future__ import annotations

import pytest

from tallman.core.allergies import (
    is_no_known_allergies,
    is_none_of_another_kind,
    reaction_class,
    read_allergies,
    read_allergy,
)
from tallman.core.knowledge import Knowledge


@pytest.mark.parametrize(
    ("text", "groups", "ingredients", "reaction"),
    [
        ("PCN", ["penicillin"], [], ""),
        ("penicillins", ["penicillin"], [], ""),
        ("pennicillin", ["penicillin"], [], ""),
        ("penicilin-anaphylaxis", ["penicillin"], [], "anaphylaxis"),
        ("Sulfa drugs", ["sulfa"], [], ""),
        ("sulfa", ["sulfa"], [], ""),
        ("Pt states allergic to PCN", ["penicillin"], [], ""),
        ("patient is allergic to sulfa (hives)", ["sulfa"], [], "hives"),
        ("Allergic to sulfa: rash", ["sulfa"], [], "rash"),
        ("NSAIDs", ["nsaid"], [], ""),
        ("statins", ["statin"], [], ""),
        ("ACE inhibitors (cough)", ["ace"], [], "cough"),
        ("latex", ["latex"], [], ""),
        ("iodine contrast", ["contrast"], [], ""),
        ("IV contrast dye", ["contrast"], [], ""),
        ("codeine - itching", [], ["codeine"], "itching"),
        ("codeine: nausea/vomiting", [], ["codeine"], "nausea/vomiting"),
        ("hives from amoxicillin", [], ["amoxicillin"], "hives"),
        ("amoxicillin causes rash", [], ["amoxicillin"], "rash"),
        ("Zestril -> angioedema", [], ["lisinopril"], "angioedema"),
        ("Percocet (nausea and vomiting)", [], ["acetaminophen", "oxycodone"], "nausea and vomiting"),
        ("amoxicilin", [], ["amoxicillin"], ""),
        ("Lisinopril And Related", [], ["lisinopril"], ""),
    ],
)
def test_substance_and_reaction(
    text: str, groups: list[str], ingredients: list[str], reaction: str, knowledge: Knowledge
) -> None:
    read = read_allergy(text, knowledge)
    assert (list(read.groups), sorted(i.name for i in read.ingredients)) == (groups, ingredients)
    assert read.reaction == reaction
    assert (read.substance in text, reaction in read.substance) == (True, reaction == "")
    assert read.is_read


@pytest.mark.parametrize(
    ("text", "substances", "tolerated"),
    [
        ("PCN (hives as child), tolerates amoxicillin", ["PCN"], ["amoxicillin"]),
        ("sulfa - rash; has tolerated amoxicillin 2023", ["sulfa"], ["amoxicillin"]),
        ("codeine: nausea, patient has taken codeine since without problem", ["codeine"], ["codeine"]),
        ("NSAIDs (hives), able to take statins", ["NSAIDs"], ["group:statin"]),
    ],
)
def test_what_was_taken_without_harm_is_no_allergy(
    text: str, substances: list[str], tolerated: list[str], knowledge: Knowledge
) -> None:
    found = read_allergies(text, knowledge)
    assert [a.substance for a in found] == substances
    assert list(found[0].tolerated) == tolerated


@pytest.mark.parametrize(
    ("text", "refuted"),
    [
        ("penicillin - delabeled 2024, passed oral amoxicillin challenge", True),
        ("PCN (hives 1980; skin test negative 2023)", True),
        ("PCN - outgrew it", True),
        ("amoxicillin challenge failed: hives", False),
        ("PCN: skin test positive", False),
    ],
)
def test_an_allergy_may_be_taken_back_in_words(text: str, refuted: bool, knowledge: Knowledge) -> None:
    assert {a.refuted for a in read_allergies(text, knowledge)} == {refuted}


def test_what_a_relative_has_is_not_the_patients(knowledge: Knowledge) -> None:
    (read,) = read_allergies("mother is allergic to PCN", knowledge)
    assert not read.is_read
    assert read_allergies("mother states allergic to PCN", knowledge)[0].is_read


@pytest.mark.parametrize("text", ["shellfish", "peanuts", "Eggs: hives"])
def test_food_is_read_and_set_aside(text: str, knowledge: Knowledge) -> None:
    read = read_allergy(text, knowledge)
    assert (read.ignorable, read.groups, read.is_read) == (True, (), True)


@pytest.mark.parametrize("text", ["xyzzy", "Xeljanz", "MS", "unknown drug", "the blue pill", "not on file"])
def test_what_cannot_be_recognised_is_not_read(text: str, knowledge: Knowledge) -> None:
    (read,) = read_allergies(text, knowledge)
    assert not read.is_read
    assert read.substance == text


@pytest.mark.parametrize(
    "text",
    [
        "NKDA",
        "nka",
        "No known drug allergies",
        "No Known Allergies.",
        "none",
        "None known",
        "denies any drug allergies",
        "Patient has no known allergies",
        "no known allergies to medications",
        "No known medication or food allergies",
    ],
)
def test_none_known(text: str, knowledge: Knowledge) -> None:
    assert is_no_known_allergies(text)
    assert read_allergies(text, knowledge) == ()


@pytest.mark.parametrize(
    "text",
    [
        "NKFA",
        "no known food allergies",
        "No Known Environmental Allergies",
        "no latex allergy",
        "denies food allergies",
    ],
)
def test_none_to_food_says_nothing_of_medicines(text: str, knowledge: Knowledge) -> None:
    assert is_none_of_another_kind(text)
    assert not is_no_known_allergies(text)
    assert read_allergies(text, knowledge) == ()


def test_a_reaction_told_twice_is_one(knowledge: Knowledge) -> None:
    assert read_allergy("codeine: Nausea", knowledge, "nausea").reaction == "nausea"


@pytest.mark.parametrize(
    "text", ["allergies", "allergy", "drug allergies", "has allergies", "no penicillin", "not on file"]
)
def test_these_do_not_say_that_there_are_none(text: str) -> None:
    assert not is_no_known_allergies(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PCN (hives), sulfa, codeine: nausea", ["PCN", "sulfa", "codeine"]),
        ("PCN/sulfa", ["PCN", "sulfa"]),
        ("penicillin and lisinopril", ["penicillin", "lisinopril"]),
        ("latex; peanuts | codeine", ["latex", "peanuts", "codeine"]),
        ("amoxicillin, rash, hives", ["amoxicillin"]),
        ("lisinopril/hctz", ["lisinopril/hctz"]),
        ("sulfa (rash, fever), latex", ["sulfa", "latex"]),
        ("xyzzy: hives", ["xyzzy: hives"]),
        ("NKFA, codeine", ["codeine"]),
        ("NKDA, latex", ["latex"]),
    ],
)
def test_several_in_one_text(text: str, parts: list[str], knowledge: Knowledge) -> None:
    assert [a.substance for a in read_allergies(text, knowledge)] == parts


def test_what_is_recorded_beside_the_text_is_kept(knowledge: Knowledge) -> None:
    read = read_allergy("codeine", knowledge, "itching", "intolerance", "mild", refuted=True)
    assert (read.reaction, read.kind, read.severity, read.refuted) == ("itching", "intolerance", "mild", True)


REACTIONS = {
    "severe": "anaphylaxis; Anaphylactic shock; throat swelling; swollen lips; swelling of the face; SOB; "
    "angioedema; difficulty breathing; SJS; TEN; DRESS; Stevens-Johnson syndrome; hypotension; "
    "blistering rash; seizures; pulmonary edema; aseptic meningitis; resp. failure; hives and trouble breathing; "
    "rhabdomyolysis",
    "mild": "hives; rash; itching; urticaria; rash, no swelling; hives, denies anaphylaxis; nausea and rash; "
    "itching ten minutes later",
    "intolerance": "nausea; N/V; GI upset; upset stomach; headache; dizziness; cough; dry cough; "
    "muscle aches; drowsiness; diarrhea; constipation; makes me sick; weight gain",
    "unknown": "; unknown; childhood; mother told her; dress; no rash",
}


@pytest.mark.parametrize(("text", "kind"), [(t, k) for k, texts in REACTIONS.items() for t in texts.split("; ")])
def test_reaction_class(text: str, kind: str) -> None:
    assert reaction_class(text) == kind
