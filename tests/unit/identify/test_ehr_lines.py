"""Lines of records and labels: codes beside a text, what a package weighs, the days of a pack, other containers."""

from __future__ import annotations

import pytest

from tallman.cli.identify import as_object
from tallman.core.drug import Certainty
from tallman.core.identify import identify
from tests.authored import load


def test_a_code_of_another_strength_than_the_text_leaves_it_open() -> None:
    read = as_object(identify("atorvastatin 20 mg NDC 00071-0155-23", load()), load())
    assert (read["status"], read["rxcui"], read["confidence"]) == ("ambiguous", None, 50)
    assert "the text says 20 mg" in read["conflict"]
    assert [c["name"] for c in read["candidates"]] == ["Lipitor 10 mg oral tablet", "atorvastatin 20 mg oral tablet"]


def test_the_digits_of_an_unknown_code_are_no_strengths() -> None:
    text = "Lisinopril 10mg Tab (Lupin) NDC 68180-0980-03"
    read = identify(text, load())
    assert read.product
    assert read.product.name == "lisinopril 10 mg oral tablet"
    assert [text[a:b] for a, b in read.unread] == ["NDC 68180-0980-03"]


@pytest.mark.parametrize(
    "text, product",
    [
        ("Ventolin HFA 18gm", "Ventolin HFA 90 mcg/puff metered dose inhaler"),
        ("albuterol hfa 18 gm", "albuterol 90 mcg/puff metered dose inhaler"),
        ("Restasis 0.05% vials", "Restasis 0.5 mg/mL ophthalmic suspension"),
        ("albuterol 0.083% vial", "albuterol 2.5 mg/3 mL inhalation solution"),
        ("Tylenol 650 mg PR", "acetaminophen 650 mg rectal suppository"),
        ("TESTOSTERONE TD GEL 20.25 MG/ACT (1.62%)", "testosterone 20.25 mg/actuation topical gel"),
        ("fentanyl 25 mcg/hr transdermal", "fentanyl 25 mcg/h transdermal system"),
        (
            "norgestimate-ethinyl estradiol (SPRINTEC 28) 0.25-35 MG-MCG per tablet",
            "norgestimate / ethinyl estradiol 0.25 mg / 35 mcg oral tablet",
        ),
        (
            "polyethylene glycol (MIRALAX / GLYCOLAX) 17 gram/dose powder",
            "polyethylene glycol 3350 17 g powder for oral solution",
        ),
    ],
)
def test_the_product(text: str, product: str) -> None:
    read = identify(text, load())
    assert read.product, (read.certainty, read.candidates, read.reason)
    assert read.product.name == product


def test_a_concentrate_that_is_drunk_is_no_vial() -> None:
    read = identify("LORazepam (ATIVAN) 2 mg/mL concentrated solution", load())
    assert read.form
    assert (read.form.name, read.route) == ("oral solution", "oral")


@pytest.mark.parametrize("text, route", [("D50 syringe 50ml", "intravenous"), ("Tylenol 650 mg supp", "rectal")])
def test_the_route(text: str, route: str) -> None:
    assert identify(text, load()).route == route


@pytest.mark.parametrize(
    "text, strengths",
    [
        ("Norco 2.5/500", ["2.5 mg", "500 mg"]),
        ("Percocet 5/500", ["5 mg", "500 mg"]),
        ("Symbicort 320/9", ["320 mcg", "9 mcg"]),
        ("Trulicity 2 mg", ["2 mg"]),
        ("Percocet 500/5", []),
    ],
)
def test_a_strength_that_is_not_made_is_kept_as_written(text: str, strengths: list[str]) -> None:
    read = identify(text, load())
    assert read.certainty is Certainty.PARTIAL
    assert [str(s.amount) for s in read.strengths] == strengths
