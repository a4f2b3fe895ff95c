"""What is authored for reconciliation names classes and ingredients that exist."""

from __future__ import annotations

from tallman.knowledge.load import load


def test_every_class_and_ingredient_is_known() -> None:
    knowledge = load()
    for rule in knowledge.records.transition_harms:
        assert rule.classes <= knowledge.classes.keys(), rule.id
        assert rule.ingredients <= knowledge.ingredients.keys(), rule.id
    for doses in knowledge.records.equal_doses:
        for _, amounts in doses.levels:
            assert {name for name, _, _ in amounts} <= knowledge.ingredients.keys(), doses.id


def test_a_daily_amount_is_on_one_level_at_most() -> None:
    for doses in load().records.equal_doses:
        spans = [(who, low, high) for _, amounts in doses.levels for who, low, high in amounts]
        for number, (who, low, high) in enumerate(spans):
            later = [s for s in spans[number + 1 :] if s[0] == who]
            assert all(high < other_low or other_high < low for _, other_low, other_high in later), (doses.id, who)
