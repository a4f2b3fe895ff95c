"""A medicine that is known by its name alone is never all clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallman.core.drug import Certainty, Ingredient, Medicine
from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy, Patient
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tests.authored import load

NEW = Ingredient("zuranolone-like", "1", "zuranolone-like", origin="rxnorm 2025-10-06")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """What is authored."""
    return load()


def order(id: str, ingredient: Ingredient) -> Order:
    return Order(id, Medicine(ingredient.name, Certainty.PARTIAL, ingredients=(ingredient,)), parse("1 capsule daily"))


def not_checked(knowledge: Knowledge, *, new: Ingredient, taken: Ingredient, **patient: object) -> dict[str, str]:
    person = Patient(**{"birth_date": date(1960, 1, 2), "allergies": ()} | patient)  # type: ignore[arg-type]
    case = Case(person, (order("2", taken),), (order("1", new),), date(2026, 11, 28))
    return {n.check: n.reason for n in screen(case, knowledge).not_checked if n.order == "1"}


def test_each_check_that_has_no_rules_of_it_says_so(knowledge: Knowledge) -> None:
    allergy = Allergy("latex", groups=(), ingredients=())
    told = not_checked(knowledge, new=NEW, taken=knowledge.ingredients["lisinopril"], allergies=(allergy,))
    why = {told[check] for check in ("interaction", "duplicate", "allergy", "condition", "dose")}
    assert len(why) == 1, "one reason, so that it is told once"
    assert "nothing but the name of zuranolone-like is on file" in why.pop()


def test_one_that_is_taken_already_is_told_too(knowledge: Knowledge) -> None:
    told = not_checked(knowledge, new=knowledge.ingredients["lisinopril"], taken=NEW)
    assert told["interaction"] == "no interaction of zuranolone-like (also taken) is on file"
    assert "duplicate" not in told


def test_an_allergy_to_one_says_what_could_not_be_looked_for(knowledge: Knowledge) -> None:
    allergy = Allergy(NEW.name, (NEW,), ())
    told = not_checked(
        knowledge,
        new=knowledge.ingredients["lisinopril"],
        taken=knowledge.ingredients["metformin"],
        allergies=(allergy,),
    )
    assert told["allergy"] == "what cross-reacts with zuranolone-like (a recorded allergy) is not on file"


def test_what_is_authored_is_not_spoken_of(knowledge: Knowledge) -> None:
    told = not_checked(knowledge, new=knowledge.ingredients["lisinopril"], taken=knowledge.ingredients["metformin"])
    assert not any("on file" in reason for check, reason in told.items() if check != "dose")


def test_an_interaction_rule_that_names_it_counts(knowledge: Knowledge) -> None:
    named = replace(knowledge, rules_of={**knowledge.rules_of, NEW.name: frozenset({"X"})}, interactions={})
    told = not_checked(named, new=NEW, taken=knowledge.ingredients["lisinopril"])
    assert "on file" not in told.get("interaction", "")
