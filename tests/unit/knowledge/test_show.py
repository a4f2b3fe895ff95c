"""Everything held on a medicine is shown, with its sources and reviews, and what is not held is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tallman.cli import main
from tallman.core.conditions import ConditionName
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.quantity import Amount
from tallman.knowledge.describe import describe
from tallman.knowledge.load import load
from tallman.knowledge.wording import conditions_text, limit_text

Show = Callable[..., Result]
HUNDRED = Amount(Decimal(100), "mg")


@pytest.fixture
def small(folder: Path) -> Knowledge:
    """The small knowledge."""
    return load(folder)


@pytest.fixture
def show() -> Show:
    """`show("Coumadin", "--json")`: the command over what is installed."""
    return lambda *arguments: CliRunner().invoke(main, ["knowledge", "show", *arguments])


def test_every_record_that_speaks_of_a_medicine_is_told(small: Knowledge) -> None:
    found = describe(("warfarin",), small)
    unsigned = "not signed by a pharmacist; written 2026-01-10 by A writer; due 2027-01-10"
    assert [(s.subject, s.what, s.severity, s.rule) for s in found.statements] == [
        ("Reasons", "warfarin: I48", "", ""),
        ("Classes", "anticoagulants", "", "anticoagulant"),
        ("Dose limits", "warfarin oral, from 18 years", "", "warfarin/limit-1"),
        ("Interactions", "warfarin with NSAIDs", "high", "INT-WARFARIN-NSAID"),
        ("Monitoring", "INR every 90 days", "moderate", "MON-WARFARIN-INR"),
    ]
    assert {s.review for s in found.statements} == {"", unsigned}
    limit = found.statements[2]
    assert limit.detail == ("at most 15 mg a day",)
    assert limit.sources == ("Warfarin sodium tablets, US prescribing information, section 2.1, 2025-03",)


def test_products_stand_by_form_with_codes_and_packages(small: Knowledge) -> None:
    (form,) = describe(("warfarin",), small).forms
    assert (form.name, form.routes) == ("oral tablet", ("oral",))
    assert [(i.strength, i.brand, i.rxcui, i.packages) for i in form.items] == [
        ("5 mg", "", "855332", 1),
        ("7.5 mg", "", None, 0),
        ("5 mg", "Coumadin", "855334", 0),
    ]


def test_the_other_side_of_a_rule_precautions_and_allergies_are_told(small: Knowledge) -> None:
    said = {(s.subject, s.what) for s in describe(("naproxen",), small).statements}
    assert said >= {
        ("Interactions", "naproxen with warfarin"),
        ("Precautions", "age: from 75 years"),
        ("Allergies", "NSAIDs"),
    }


def test_what_is_not_held_is_said(small: Knowledge) -> None:
    assert describe(("naproxen",), small).gaps == (
        "naproxen: no dose limit is on record",
        "naproxen: nothing is on record about kidney, lactation, liver, pregnancy",
    )
    assert "1 of 3 products have no confirmed RxCUI" in describe(("warfarin",), small).gaps


@pytest.mark.parametrize("asked", ["Coumadin", "855332", "11289", "warfarin 5 mg tablet", "WARFARIN SODIUM"])
def test_any_name_or_code_of_a_medicine_shows_it(show: Show, asked: str) -> None:
    result = show(asked)
    assert result.exit_code == 0
    assert result.output.startswith("warfarin\n  warfarin: RxCUI 11289\n")
    assert "INT-WARFARIN-NSAID" in result.output
    assert "unsigned" in result.output


def test_an_ndc_shows_its_product(show: Show) -> None:
    package = next(p for p in load().records.packages if p.product == "855332")
    assert "asked for: warfarin 5 mg oral tablet" in show(package.ndc).output


def test_a_combination_tells_of_each_of_its_parts(show: Show) -> None:
    text = show("Bactrim DS").output
    assert text.startswith("sulfamethoxazole / trimethoprim\n")
    assert "asked for: Bactrim DS 800 mg / 160 mg oral tablet" in text
    assert "sulfamethoxazole with warfarin" in text
    assert "trimethoprim with methotrexate" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_keeps_to_its_width_and_cites_every_source_it_numbers(show: Show, width: int) -> None:
    lines = show("ciprofloxacin", "--width", str(width)).output.splitlines()
    assert [line for line in lines if len(line) > width and " " in line.strip()] == []
    assert "Sources" in lines
    assert "\N{NO-BREAK SPACE}" not in "".join(lines)


def test_json_holds_the_same(show: Show) -> None:
    found = json.loads(show("Coumadin", "--json").output)
    assert found["ingredients"] == ["warfarin"]
    assert found["sha256"] == load().sha256
    told = {s["rule"] for s in found["statements"]}
    text = show("Coumadin", "--width", "300").output
    assert [rule for rule in told if rule and f"({rule})" not in text] == []
    assert len(found["lookalikes"]) > 0


def test_what_may_be_several_is_told_not_chosen(show: Show) -> None:
    result = show("MS")
    assert result.exit_code == 1
    assert result.output == ("MS: it may mean more than one medicine.\nIt may be:\n  morphine\n  magnesium sulfate\n")


def test_what_is_no_medicine_says_so_and_names_what_is_like_it(show: Show) -> None:
    result = show("blorptamine")
    assert result.exit_code == 1
    assert result.output.startswith("blorptamine: no name of a medicine was recognised.\nNames like it: ")
    assert json.loads(show("zzzz", "--json").output)["candidates"] == []


def test_a_misspelt_name_is_shown_as_what_it_was_taken_for(show: Show) -> None:
    text = show("warfrin").output
    assert text.splitlines()[2] == "  'warfrin' is no name on record and was taken for a misspelling"
    assert "misspelling" not in show("warfarin").output


@pytest.mark.parametrize(
    "bounds, words",
    [
        ({"times_a_day": 1}, "at most 1 time a day"),
        ({"worn_at_once": 3, "worn_hours": 12}, "at most 3 patches at once, worn for 12 hours a day"),
        ({"single_max": HUNDRED, "per_m2": True}, "at most 100 mg/m2 at once"),
        ({"single_max": HUNDRED, "per_kg": True, "every_days": 7},
         "at most 100 mg/kg at once, at least 7 days from one dose to the next"),
        ({"doses_over": HUNDRED, "every_days": 42}, "at least 42 days from one dose of more than 100 mg to the next"),
        ({"daily_low": HUNDRED}, "usually too little under 100 mg a day"),
        ({"naive_max": HUNDRED, "mme": Decimal("1.5")},
         "at most 100 mg a day to begin with, 1 mg is worth 1.5 mg of oral morphine"),
        ({"naive_max": Amount(Decimal(0), "mg")}, "not to begin with"),
        ({"steady_max": HUNDRED, "loading_days": 7}, "at most 100 mg a day after 7 days"),
    ],
)  # fmt: skip
def test_every_bound_of_a_limit_is_said(bounds: dict[str, Any], words: str) -> None:
    assert limit_text(DoseLimit("x/limit-1", "x", ("oral",), **bounds)) == ("oral", words)


def test_conditions_are_told_by_a_name_beside_their_codes(small: Knowledge) -> None:
    named = (ConditionName("I209", written_as=("angina",)), ConditionName("H4020", written_as=("nag", "narrow angles")))
    held = replace(small, records=replace(small.records, conditions=named))
    said = conditions_text(["I20", "H402", "I2511"], held)
    assert said == "angina (I20), narrow angles and the like (H402), I2511"


def test_what_somebody_looked_at_is_held(small: Knowledge) -> None:
    looked = replace(small, looked_at=frozenset({("kidney", "naproxen"), ("liver", "naproxen")}))
    assert "naproxen: nothing is on record about lactation, pregnancy" in describe(("naproxen",), looked).gaps
