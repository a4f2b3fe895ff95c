"""Allergies as records, patients and faxes write them: what is not understood hides nothing of what is."""

from __future__ import annotations

import pytest

from tallman.core.allergies import read_allergies
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy
from tallman.core.screening.finding import Category, Finding
from tallman.core.screening.screen import screen
from tallman.knowledge.examples import case_of
from tallman.knowledge.schema import ExampleEntry
from tests.authored import load

AMOXICILLIN = "amoxicillin 500 mg capsule; take 1 capsule by mouth three times daily for 7 days"
ASPIRIN = "aspirin 81 mg tablet; take 1 tablet by mouth daily"
LISINOPRIL = "lisinopril 10 mg tablet; take 1 tablet by mouth daily"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def named(allergy: Allergy) -> set[str]:
    return {*allergy.groups, *(i.name for i in allergy.ingredients)}


def told(allergy: str, order: str) -> list[Finding]:
    found = screen(case_of(ExampleEntry(new=order, allergies=[allergy]), load()), load()).findings
    return [f for f in found if f.category == Category.ALLERGY]


@pytest.mark.parametrize("group, written", [("penicillins", "penicillin"), ("peanut", "Peanuts"), ("cobalt", "cobalt")])
@pytest.mark.parametrize(
    "note",
    [
        "(childhood)", "[childhood]", "(as a child)", "(2009)", "(severe)", "(moderate) - rash", "(ER visit 2018)",
        "(unverified)", "(confirmed)", "(mother told her)", "(patient does not recall reaction)", "{hives}", "*hives*",
        "^Hives^Moderate", "...rash", "rxn unk", "(de niño) - urticaria", "- Reaction: Hives - Source: patient",
        "(treated with prednisone)", "allergy since age 5",
    ],
)  # fmt: skip
def test_a_note_hides_no_group(group: str, written: str, note: str, knowledge: Knowledge) -> None:
    assert [named(a) for a in read_allergies(f"{written} {note}", knowledge)] == [{group}]


@pytest.mark.parametrize(
    "text, names",
    [
        ("eggs (ovalbumin)", {"egg"}),
        ("cow's milk protein (casein)", {"milk-protein"}),
        ("Cremophor EL (polyoxyl 35 castor oil) - anaphylaxis", {"polyoxyl-castor-oil"}),
        ("red meat (alpha-gal)", {"alpha-gal"}),
        ("galactose-alpha-1,3-galactose", {"alpha-gal"}),
        ("penicillin (amoxicillin)", {"penicillins", "amoxicillin"}),
        ("Zyxqor (penicillin)", {"penicillins"}),
        ("heparin (porcine)", {"heparins"}),
        ("milk of magnesia", {"magnesium hydroxide"}),
        ("reacts to sulfa", {"sulfonamide-antimicrobials"}),
        ("cannot take NSAIDs due to ulcers", {"nsaids"}),
        ("History of penicillin allergy", {"penicillins"}),
        ("alérgica a penicilina - ronchas", {"penicillins"}),
        ("Propensity to adverse reactions to drug (penicillin)", {"penicillins"}),
        ("opioids except tramadol", {"opioids"}),
        ("Allergen: Penicillins; Type: Drug Class; Reactions: Hives", {"penicillins"}),
    ],
)
def test_each_name_outside_and_inside_counts(text: str, names: set[str], knowledge: Knowledge) -> None:
    assert [named(a) for a in read_allergies(text, knowledge)] == [names]


@pytest.mark.parametrize(
    "text, names",
    [
        ("Bactrim (rash) and Cipro (tendon pain)", [{"sulfamethoxazole", "trimethoprim"}, {"ciprofloxacin"}]),
        ("iodine/shellfish", [{"iodine", "iodinated-contrast"}, {"shellfish"}]),
        ("Zyxqor/penicillin", [{"penicillins"}, set()]),
        ("penicillin / hives / 1985", [{"penicillins"}]),
        ("penicillin rash; given erythromycin instead", [{"penicillins"}]),
        ("Food: peanut; Drug: sulfa", [{"peanut"}, {"sulfonamide-antimicrobials"}]),
        ("Drug: PCN Food: none", [{"penicillins"}]),
        ("denies allergies except PCN", [{"penicillins"}]),
        ("NKDA. Peanuts (childhood)", [{"peanut"}]),
        ("NKDA - confirmed with patient", []),
        ("nkda (verified 3/2/26)", []),
        ("ninguna alergia conocida", []),
    ],
)
def test_several_in_one_field(text: str, names: list[set[str]], knowledge: Knowledge) -> None:
    assert [named(a) for a in read_allergies(text, knowledge)] == names


@pytest.mark.parametrize(
    "text, refuted",
    [
        ("denies PCN allergy", True),
        ("no allergy to penicillin", True),
        ("penicillin (entered in error)", True),
        ("penicillin - family history only", True),
        ("penicillin allergy removed after oral challenge", True),
        ("penicillin - hives; no severe allergy to sulfa", False),
        ("no anaphylactic penicillin allergy", False),
    ],
)
def test_what_is_denied(text: str, refuted: bool, knowledge: Knowledge) -> None:
    assert any(a.refuted for a in read_allergies(text, knowledge)) is refuted


@pytest.mark.parametrize(
    "text", ["heart medicine", "son allergic to amoxicillin", "a red pill", "see scanned document", "no NSAIDs"]
)
def test_what_is_nobodys_or_nothings_name_is_not_read(text: str, knowledge: Knowledge) -> None:
    assert [a.is_read for a in read_allergies(text, knowledge)] == [False]


def test_a_bracket_that_says_severe_says_how_bad_it_was(knowledge: Knowledge) -> None:
    assert [a.severity for a in read_allergies("penicillin (severe)", knowledge)] == ["severe"]
    assert [a.severity for a in read_allergies("penicillin (not severe)", knowledge)] == [None]


@pytest.mark.parametrize(
    "allergy, order, severity",
    [
        ("Zyxqor: rash", LISINOPRIL, "moderate"),
        ("asprin (hives)", ASPIRIN, "high"),
        ("asprin (hives)", LISINOPRIL, "moderate"),
        ("MTX", "methotrexate 2.5 mg tablet; take 6 tablets by mouth once weekly", "high"),
    ],
)
def test_what_could_not_be_read_is_told_and_stops_what_it_may_mean(allergy: str, order: str, severity: str) -> None:
    assert [(f.code, f.severity.value) for f in told(allergy, order)] == [("ALLERGY-UNREAD", severity)]


def test_a_harmless_word_is_no_finding() -> None:
    assert told("strawberries (childhood)", AMOXICILLIN) == []


@pytest.mark.parametrize("between", [" - ", ": ", ", ", " "])
@pytest.mark.parametrize("medicine", ["docetaxel", "cabazitaxel"])
def test_an_excipient_with_a_severe_reaction(between: str, medicine: str) -> None:
    found = told(f"Tween 80{between}anaphylaxis", f"{medicine}; infuse 40 mg intravenously once every 3 weeks")
    assert [f.severity.value for f in found] == ["critical"]


def test_what_the_reaction_was_not_does_not_decide() -> None:
    cephalexin = "cephalexin 250 mg/5 mL suspension; take 8 mL by mouth twice daily for 10 days"
    assert [f.severity.value for f in told("amoxicillin - rash (non urticarial)", cephalexin)] == ["moderate"]
    assert [f.severity.value for f in told("amoxicillin - rash (urticarial)", cephalexin)] == ["high"]
