"""Every RxNorm code on record names what the record says: the same ingredients, the same strength, the same brand.

The names come from a release of RxNorm Current Prescribable Content that lies beside the checkout. What it does not
hold (ingredients from A, and products withdrawn since) is counted and printed, never taken for right.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from tallman.core.drug import Ingredient, Product, Strength
from tallman.core.knowledge import Records
from tallman.core.quantity import UNITS
from tallman.knowledge.load import read_records

OTHER_NAMES = {
    "cholestyramine resin": "cholestyramine",
    "estrogens, conjugated (USP)": "conjugated estrogens",
    "vitamin B12": "cyanocobalamin",
    "vitamin K1": "phytonadione",
    "dabigatran etexilate": "dabigatran",
    "ethacrynate": "ethacrynic acid",
    "insulin, regular, human": "insulin regular",
    "ceftaroline fosamil": "ceftaroline",
}
"""RxNorm's name of an ingredient, and ours where it differs by more than an ending."""

COUNTED_BY = {"pancrelipase": "lipase"}
"""Mixtures whose strength is that of one part."""

UNITS_IN_A_MILLIGRAM = {"cholecalciferol": 40_000, "ergocalciferol": 40_000}
"""Vitamins that RxNorm weighs and labels count in units."""

ROUNDING = Fraction(1, 40)
"""RxNorm rounds, to two figures at the worst."""

ENDINGS = re.compile(r", (?:human|USP)$| \(USP\)$")
PART = re.compile(
    r"^(?P<name>.+?) (?P<amount>[\d.]+) (?P<unit>MG|UNT|MEQ|MCI|ML|CELLS|BAU|AMB A 1-U)(?:/(?P<per>ML|MG|ACTUAT|HR))?"
)
CONTAINER = re.compile(
    r"^(?:NDA\d+ |[\d.]+ (?:HR|DAY|ML|ACTUAT) |\d+/\d+ Release |"
    r"(?:Once-Daily|Twice-Daily|Sprinkle|Modified|Osmotic|Abuse-Deterrent|Microencapsulated|Atrial Fibrillation) |"
    r"[\d.]+ MG, [\d.]+ MG Dose |[\d.]+ MG (?=\w+ [\d.]+ MG/MG))+",
    re.IGNORECASE,
)

BY_THE_PIECE = frozenset({"spray", "device"})
"""What we count by the piece and RxNorm by volume or by the hour: the amounts cannot be compared."""


@dataclass(frozen=True)
class Concept:
    """One row of the release: the kind of term and its name."""

    kind: str
    name: str


@pytest.fixture(scope="module")
def concepts(shared_data: Path) -> dict[str, Concept]:
    """The release by code, with the ingredients from A that it lacks."""
    folder = shared_data / "rxnorm"
    with (folder / "concepts.csv").open() as file:
        found = {r["rxcui"]: Concept(r["tty"], r["name"]) for r in csv.DictReader(file)}
    with (folder / "letterA_ingredient_rxcui_2014.csv").open() as file:
        return {r["rxcui"]: Concept("IN", r["name"]) for r in csv.DictReader(file)} | found


@pytest.fixture(scope="module")
def records() -> Records:
    """All authored records."""
    return read_records()


def _same_ingredient(ours: Ingredient, theirs: str) -> bool:
    plain = ENDINGS.sub("", theirs)
    return OTHER_NAMES.get(theirs, plain).lower() in {n.lower() for n in (ours.name, *ours.synonyms)}


def _parts(name: str) -> Iterator[tuple[str, Fraction, str]]:
    """(ingredient, amount in mg or units, per what) of "cefdinir 25 MG/ML Oral Suspension [Omnicef]"."""
    for part in CONTAINER.sub("", re.sub(r" \[.+\]$", "", name)).split(" / "):
        match = PART.match(CONTAINER.sub("", part))
        if match is None:
            return
        factor = 1000 if match["per"] == "MG" else 1
        yield match["name"].lower(), Fraction(match["amount"]) * factor, match["per"] or ""


def _amounts(strength: Strength) -> Iterator[Fraction]:
    """The amount in mg, mEq or units: of one dose, and of one mL, g or hour; RxNorm counts now this, now that."""
    amount, per = strength.amount, strength.per
    value = Fraction(amount.value)
    if amount.dimension == "mass":
        value *= UNITS[amount.unit].factor / UNITS["mg"].factor
    elif strength.ingredient in UNITS_IN_A_MILLIGRAM:
        value /= UNITS_IN_A_MILLIGRAM[strength.ingredient]
    yield value
    yield (
        value
        * {"mL": 1, "g": 1, "h": 1, "d": Fraction(1, 24), "L": Fraction(1, 1000)}.get(per.unit, 1)
        / Fraction(per.value)
    )


def _first_word(brand: str) -> str:
    return re.split(r"[\s-]", brand.lower())[0]


def _disagreement(product: Product, concept: Concept, ingredients: dict[str, Ingredient]) -> str | None:
    """What differs between a product and the concept of its code, in words; None when nothing does."""
    brand = re.search(r" \[(.+)\]$", concept.name)
    if (product.brand is None) is (brand is not None):
        return "one is a brand, the other is not"
    if brand and product.brand and _first_word(brand[1]) not in product.brand.lower():
        return "another brand"
    if concept.kind not in ("SCD", "SBD"):
        return None if concept.kind in ("GPCK", "BPCK") else f"the code is of a {concept.kind}"
    theirs = list(_parts(concept.name))
    if len(product.strengths) == 1 and product.strengths[0].ingredient in COUNTED_BY:
        theirs = [(product.strengths[0].ingredient, a, p) for n, a, p in theirs if n in COUNTED_BY.values()]
    if len(product.strengths) == 1 < len(theirs) and sum(a for _, a, _ in theirs) in _amounts(product.strengths[0]):
        return None
    if len(theirs) != len(product.strengths):
        return "other ingredients" if theirs else "the name could not be read"
    for strength in product.strengths:
        ours = ingredients[strength.ingredient]
        names = {n.lower() for n in (ours.name, *ours.synonyms, *(t for t, o in OTHER_NAMES.items() if o == ours.name))}
        same = [
            a
            for n, a, _ in theirs
            if any(n == k or n.startswith((f"{k} ", f"{k},")) or k.startswith(f"{n} ") for k in names)
        ]
        if not same:
            return f"no {ours.name} in it"
        if strength.per.unit not in BY_THE_PIECE and not any(
            abs(a - b) <= b * ROUNDING for a in same for b in _amounts(strength)
        ):
            return f"{ours.name} {strength.amount} per {strength.per} against {', '.join(map(str, same))}"
    return None


def test_ingredient_codes(records: Records, concepts: dict[str, Concept]) -> None:
    coded = [i for i in records.ingredients if i.rxcui]
    wrong = [
        f"{i.name} {i.rxcui}: {concept.name}"
        for i in coded
        if (concept := concepts.get(i.rxcui or ""))
        and not (concept.kind in ("IN", "PIN") and _same_ingredient(i, concept.name))
    ]
    assert wrong == []


def test_product_codes(records: Records, concepts: dict[str, Concept], capsys: pytest.CaptureFixture[str]) -> None:
    ingredients = {i.name: i for i in records.ingredients}
    coded = [p for p in records.products if p.rxcui]
    unknown = [p for p in coded if p.rxcui not in concepts]
    wrong = [
        f"{p.name} {p.rxcui}: {concepts[p.rxcui].name}: {reason}"
        for p in coded
        if p.rxcui in concepts and (reason := _disagreement(p, concepts[p.rxcui], ingredients))
    ]
    with capsys.disabled():
        print(
            f"\n{len(coded)} product codes, {len(unknown)} not in the release (ingredients from A, withdrawn products):"
        )
        print(", ".join(sorted(f"{p.name} {p.rxcui}" for p in unknown)))
    assert wrong == []
