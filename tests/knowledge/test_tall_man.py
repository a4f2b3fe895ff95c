"""Every name of the FDA's list is shown in its tall-man letters, alone and in the names of products."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest

from tallman.core.identify import identify
from tallman.core.lookalike.tall_man import tall_man_display
from tallman.knowledge.load import HERE, load, read_yaml

knowledge = lru_cache(maxsize=1)(load)
NAMES = read_yaml(HERE / "tall_man.yaml", dict[str, list[str]])["names"]


def test_the_list_on_record_is_the_published_one(shared_data: Path) -> None:
    with (shared_data / "tallman" / "fda_list_2026-06-12.csv").open(encoding="utf-8", newline="") as file:
        assert {row["form"] for row in csv.DictReader(file)} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_in_its_letters(name: str) -> None:
    display = tall_man_display(NAMES)
    assert display(f"{name.lower()} 10 mg") == display(f"{name.upper()} 10 mg") == f"{name} 10 mg"
    ingredient = knowledge().ingredients.get(name.lower())
    if ingredient:
        assert ingredient.tall_man == name
        assert identify(name, knowledge()).name == name


def test_no_product_shows_a_listed_name_without_its_letters() -> None:
    listed = {name.lower(): name for name in NAMES}
    plain = [
        product.tall_man
        for product in knowledge().products.values()
        for word in re.findall(r"\w+", product.tall_man)
        if word.lower() in listed and word != listed[word.lower()]
    ]
    assert plain == []
