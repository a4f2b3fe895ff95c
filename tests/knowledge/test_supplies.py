"""Test strips, needles and spacers are recognised as they are written, and stand in the way of nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from tallman.core.identify import identify
from tallman.core.quantity import parse_amount
from tallman.core.screening.screen import screen
from tallman.knowledge import schema
from tallman.knowledge.examples import case_of
from tallman.knowledge.load import load

knowledge = lru_cache(maxsize=1)(load)

WRITTEN = {
    "glucose test strips": [
        "OneTouch Verio test strips",
        "glucose blood (ONETOUCH VERIO) test strip",
        "Accu-Chek Guide In Vitro Strip",
        "Blood Glucose Test In Vitro Strip",
        "Contour Next Test In Vitro Strip",
    ],
    "pen needles": ["BD Pen Needle Nano 2nd Gen 32G X 4 MM Miscellaneous", "insulin pen needles 31 gauge x 8 mm"],
    "insulin syringes": ['Insulin Syringe-Needle U-100 31G X 5/16" 0.5 ML Misc', "insulin syringe 1 mL 29G"],
    "lancets": ["OneTouch Delica Plus Lancet33G Misc", "Lancets 30G", "Accu-Chek FastClix lancets"],
    "continuous glucose monitor sensor": ["FreeStyle Libre 3 Sensor Misc", "Dexcom G7 Sensor"],
    "alcohol swabs": ["Alcohol Swabs 70 % Pads", "alcohol prep pads"],
    "spacer": ["AeroChamber Plus Flo-Vu", "Spacer/Aero-Holding Chambers Device"],
    "nebulizer supplies": ["Nebulizer/Tubing/Mouthpiece Kit"],
    "glucose tablets": ["Glucose tablets", "Dex4"],
    "ostomy supplies": ["ostomy pouch, drainable"],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in WRITTEN.items() for t in texts])
def test_a_supply_is_recognised_as_it_is_written(name: str, text: str) -> None:
    found = identify(text, knowledge())
    assert [i.name for i in found.ingredients] == [name]
    assert found.is_supply


@pytest.mark.parametrize(
    "text", ["insulin lispro 100 units/mL KwikPen", "glucagon emergency kit", "lidocaine 5% patch", "insulin pens"]
)
def test_a_medicine_is_not_taken_for_a_supply(text: str) -> None:
    assert not identify(text, knowledge()).is_supply


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("albuterol HFA 90 mcg inhaler with spacer", "albuterol"),
        ("insulin lispro 100 units/mL pen with pen needles", "insulin lispro"),
        ("Contour Next test strips and metformin 500 mg tablet", "metformin"),
    ],
)
def test_a_medicine_named_beside_a_supply_is_what_is_meant(text: str, name: str) -> None:
    assert [i.name for i in identify(text, knowledge()).ingredients] == [name]


@pytest.mark.parametrize("text", ["contuor next", "fretstyle lite 40 mg", "lacents"])
def test_a_misspelt_name_is_never_taken_for_a_supply(text: str) -> None:
    assert not identify(text, knowledge()).is_supply


def test_nothing_is_found_and_nothing_missed_for_supplies() -> None:
    entry = schema.ExampleEntry(
        new="Contour Next test strips; test blood sugar four times a day",
        current=["Contour Next test strips; test once daily", "BD Pen Needle Nano 32G X 4 MM; use as directed"],
        quantity="900 each",
        days_supply=30,
        allergies=["latex: rash"],
    )
    result = screen(case_of(entry, knowledge()), knowledge())
    assert (result.findings, result.not_checked, result.failed) == ((), (), ())


def test_the_medicines_beside_supplies_are_screened_as_ever() -> None:
    entry = schema.ExampleEntry(
        new="insulin glargine 100 units/mL pen; inject 20 units at bedtime",
        current=["pen needles; use once daily", "insulin detemir 100 units/mL pen; inject 20 units at bedtime"],
    )
    case = case_of(entry, knowledge())
    without = replace(case, current=case.current[1:])
    assert screen(case, knowledge()) == screen(without, knowledge())
    assert any(f.category == "duplicate" for f in screen(case, knowledge()).findings)


def test_every_supply_is_counted_in_pieces_and_has_no_dose() -> None:
    supplies = {i.name for i in knowledge().ingredients.values() if i.is_supply}
    assert len(supplies) >= 40
    products = [p for name in supplies for p in knowledge().products_of[name]]
    assert {str(s.amount) for p in products for s in p.strengths} == {str(parse_amount("1 each"))}
    assert not any(limit.ingredient in supplies for limit in knowledge().records.limits)
    assert {p.form.routes for p in products} == {("device",)}
