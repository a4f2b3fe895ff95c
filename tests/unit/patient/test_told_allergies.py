"""Allergies that a problem list tells of."""

from __future__ import annotations

import pytest

from tallman.core.patient import Allergy, Condition, Patient
from tallman.core.told_allergies import allergies_told
from tests.authored import load


def told(*problems: Condition, allergies: tuple[Allergy, ...] | None = None) -> list[tuple[str, ...]]:
    """The medicines and groups of the allergies told."""
    found = allergies_told(Patient(conditions=problems, allergies=allergies), load())
    return [(*(i.name for i in a.ingredients), *a.groups) for a in found]


@pytest.mark.parametrize(
    "text, names",
    [
        ("Penicillin allergy", ("penicillins",)),
        ("Allergy status to sulfonamides", ("sulfonamide-antimicrobials",)),
        ("Allergy to codeine (disorder)", ("codeine",)),
        ("h/o PCN allergy (anaphylaxis)", ("penicillins",)),
        ("latex allergy", ("latex",)),
    ],
)
def test_words_that_tell(text: str, names: tuple[str, ...]) -> None:
    assert told(Condition(None, text)) == [names]


@pytest.mark.parametrize(
    "text",
    ["no penicillin allergy", "penicillin allergy delabeled", "mother: penicillin allergy", "allergic rhinitis",
     "seasonal allergies", "food allergy", "penicillin allergy testing"],
)  # fmt: skip
def test_words_that_do_not(text: str) -> None:
    assert told(Condition(None, text)) == []


def test_codes() -> None:
    assert told(Condition("Z880"), Condition("Z881"), Condition("Z8879")) == [("penicillins",)]
    assert told(Condition("Z880", active=False)) == []


def test_what_the_list_of_allergies_knows_stands_there() -> None:
    taken_back = Allergy("PCN", groups=("penicillins",), refuted=True)
    assert told(Condition("Z880"), allergies=(taken_back,)) == []
    assert told(Condition("Z880"), Condition(None, "PCN allergy"), allergies=()) == [("penicillins",)]
