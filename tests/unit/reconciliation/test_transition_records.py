"""What is authored for reconciliation names classes and ingredients that exist."""

from __future__ import annotations

from tests.authored import load


def test_every_class_and_ingredient_is_known() -> None:
    knowledge = load()
    for rule in knowledge.records.transition_harms:
        assert rule.classes <= knowledge.classes.keys(), rule.id
        assert rule.ingredients <= knowledge.ingredients.keys(), rule.id
    for doses in knowledge.records.equal_doses:
        given = [g for _, amounts in doses.levels for g, _, _ in amounts] + [g for g, _ in doses.alike]
        assert {g.ingredient for g in given} | doses.into <= knowledge.ingredients.keys(), doses.id
        assert doses.never <= knowledge.classes.keys(), doses.id
        assert doses.levels or doses.alike or (doses.never and doses.note), doses.id


def test_the_words_that_narrow_a_medicine_are_words_of_some_line() -> None:
    knowledge = load()
    salts = {p.salt for p in knowledge.records.products}
    routes = {route for p in knowledge.records.products for route in p.form.routes}
    known = salts | routes | {"plain", "extended", "puffs"} | knowledge.ingredients.keys()
    for doses in knowledge.records.equal_doses:
        for given in [g for _, amounts in doses.levels for g, _, _ in amounts] + [g for g, _ in doses.alike]:
            assert given.words <= known, (doses.id, given)


def test_a_daily_amount_is_on_one_level_at_most() -> None:
    for doses in load().records.equal_doses:
        spans = [((who.ingredient, who.words), low, high) for _, amounts in doses.levels for who, low, high in amounts]
        for number, (who, low, high) in enumerate(spans):
            later = [s for s in spans[number + 1 :] if s[0] == who]
            assert all(high < other_low or other_high < low for _, other_low, other_high in later), (doses.id, who)
