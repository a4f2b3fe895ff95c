"""The index of burdens against the obvious sum: the heaviest class of every ingredient, unless it does not count."""

from __future__ import annotations

from tallman.core.burden import Burden
from tallman.core.drug import Ingredient
from tallman.knowledge.load import load


def points(burden: Burden, ingredient: Ingredient) -> int:
    weights = [points for name, points in burden.weights if name in ingredient.classes]
    return 0 if ingredient.name in burden.excluding else max(weights, default=0)


def test_the_index_holds_every_ingredient_and_burden() -> None:
    knowledge = load()
    indexed = {
        (name, id): points for name, each in knowledge.burdens_of.items() for id, points in each.items() if points
    }
    assert indexed == {
        (ingredient.name, burden.id): found
        for burden in knowledge.burdens
        for ingredient in knowledge.records.ingredients
        if (found := points(burden, ingredient))
    }
