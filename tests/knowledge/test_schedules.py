"""Every controlled medicine on record carries the federal schedule that the FDA's directory of substances gives it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tallman.core.knowledge import Records
from tallman.knowledge.load import read_records

PLACED_SINCE = {"oxybate": "CIII", "diphenoxylate": "CII"}
"""Substances whose rows differ: the acid is CI and its labelled medicine CIII; CV is the mixture with atropine."""

MIXTURES = {
    ("acetaminophen", "codeine"): "CIII",
    ("diphenoxylate", "atropine"): "CV",
    ("guaifenesin", "codeine"): "CV",
    ("promethazine", "codeine"): "CV",
    ("butalbital", "aspirin", "caffeine"): "CIII",
    ("butalbital", "acetaminophen", "caffeine", "codeine"): "CIII",
    ("chlordiazepoxide", "amitriptyline"): "CIV",
    ("hydrocodone", "acetaminophen"): "CII",
    ("buprenorphine", "naloxone"): "CIII",
    ("hydrocodone", "chlorpheniramine"): "CII",
    ("carisoprodol", "aspirin", "codeine"): "CIII",
    ("promethazine", "phenylephrine", "codeine"): "CV",
    ("pentazocine", "naloxone"): "CIV",
}
"""Mixtures have a place of their own (21 CFR 1308.13 to 1308.15)."""

EXEMPT = {
    ("butalbital", "acetaminophen"),
    ("butalbital", "acetaminophen", "caffeine"),
    ("chlordiazepoxide", "clidinium"),
    ("hyoscyamine", "atropine", "scopolamine", "phenobarbital"),
    ("esterified estrogens", "methyltestosterone"),
}
"""Mixtures that 21 CFR 1308.32 and 1308.34 exempt product by product."""


@pytest.fixture(scope="module")
def records() -> Records:
    """All authored records."""
    return read_records()


@pytest.fixture(scope="module")
def directory(shared_data: Path) -> dict[str, str]:
    """Substance -> the schedule of most listings that state one; a single listing may be a slip and says nothing."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with (
        zipfile.ZipFile(shared_data / "fda" / "unfinished.zip") as archive,
        archive.open("unfinished_product.txt") as file,
    ):
        for row in csv.DictReader(io.TextIOWrapper(file, "latin-1"), delimiter="\t"):
            if row["DEASCHEDULE"]:
                rows[row["SUBSTANCENAME"].lower()][row["DEASCHEDULE"]] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in rows.items() if counts.total() > 1}


def test_the_directory_gives_every_ingredient_the_schedule_on_record(
    records: Records, directory: dict[str, str]
) -> None:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for substance, schedule in directory.items():
        for ingredient in records.ingredients:
            if substance == ingredient.name or substance.startswith(f"{ingredient.name} "):
                said[ingredient.name].add(schedule)
    differing = {
        i.name: (i.schedule, said[i.name])
        for i in records.ingredients
        if said[i.name] and (i.schedule or "") not in said[i.name] and PLACED_SINCE.get(i.name) != i.schedule
    }
    assert differing == {}
    assert len([i for i in records.ingredients if i.schedule and said[i.name]]) >= 35


def test_mixtures_have_the_schedule_of_the_mixture(records: Records) -> None:
    found: defaultdict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for product in records.products:
        found[product.ingredients].add(product.schedule)
    assert {parts: found[parts] for parts in MIXTURES} == {parts: {s} for parts, s in MIXTURES.items()}


def test_a_product_of_a_controlled_ingredient_is_controlled_unless_exempt(records: Records) -> None:
    schedules = {i.name: i.schedule for i in records.ingredients}
    free = {
        p.ingredients
        for p in records.products
        if p.schedule is None and any(schedules[n] for n in p.ingredients) and p.ingredients not in EXEMPT
    }
    assert free == set()


def test_the_schedules_are_those_of_the_law(records: Records) -> None:
    assert {i.schedule for i in records.ingredients} | {p.schedule for p in records.products} == {
        None, "CII", "CIII", "CIV", "CV",
    }  # fmt: skip
