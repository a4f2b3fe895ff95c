"""Names of the knowledge before directions of every kind: the line is cut between them, and no word is ever lost."""

from __future__ import annotations

import re
from random import Random

from tallman.core.identify.written import take_apart
from tests.authored import load

SEED, NAMES, EACH = 20_261, 90, 2
DIRECTIONS = [
    "daily", "twice a day with meals", "take 1 tablet by mouth every morning", "qhs", "as needed for pain",
    "every 8 hours as needed", "apply to affected area bid", "inject 0.5 mL once weekly", "by mouth daily",
    "three times a week on Monday, Wednesday and Friday", "on Sundays", "PRN", "every other day", "iv every 12 hours",
    "1 tab po bid", "take two at night",
]  # fmt: skip
WORTH = 0.97
"""How many lines in a hundred are to be cut in the right place: 177 of 180 were when this was written."""


def lines() -> list[tuple[str, str]]:
    chance, products = Random(SEED), sorted(load().products.values(), key=lambda p: p.id)
    names = [name for p in chance.sample(products, NAMES // 2) for name in (p.name, p.brand or p.ingredients[0])]
    return [(name, directions) for name in names for directions in chance.sample(DIRECTIONS, EACH)]


def words(text: str) -> list[str]:
    return re.findall(r"[^\s,;:–—-]+", text)


def test_lines_of_every_kind_are_cut_between_medicine_and_directions() -> None:
    knowledge, wrong = load(), []
    for name, directions in lines():
        apart = take_apart(f"{name} {directions}", knowledge)
        assert words(f"{apart.text} {apart.directions}") == words(f"{name} {directions}"), "a word was lost"
        if (apart.text, apart.directions) != (name, directions):
            wrong.append((apart.text, apart.directions))
    assert len(wrong) <= (1 - WORTH) * NAMES * EACH, wrong


def test_whatever_is_written_no_word_is_lost() -> None:
    chance, knowledge = Random(SEED), load()
    bag = [word for name, directions in lines() for word in f"{name} {directions} // ½ q 4-6h, 1/2 'x'".split()]
    for _ in range(150):
        line = " ".join(chance.choices(bag, k=chance.randint(0, 14)))
        apart = take_apart(line, knowledge)
        assert words(f"{apart.text} {apart.directions}") == words(line)
        assert apart.medicine.text == apart.text
