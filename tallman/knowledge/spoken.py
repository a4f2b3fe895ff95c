"""Whom rules speak of: the ingredients of a selector, and the rules about an ingredient."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.precaution import Monitoring, Precaution
from tallman.core.rule import Selector

__all__ = ["interactions_of", "members", "monitoring_of", "pairs", "precautions_of", "speaks_of"]


def speaks_of(side: Selector, name: str, knowledge: Knowledge) -> bool:
    """Whether a side of a rule means an ingredient, by its name or by a class, and does not exclude it."""
    ingredient = knowledge.ingredients.get(name)
    classes = ingredient.classes if ingredient else frozenset()
    named = name in side.ingredients or not classes.isdisjoint(side.classes)
    return named and name not in side.excluding and classes.isdisjoint(side.excluding)


def members(side: Selector, knowledge: Knowledge) -> frozenset[str]:
    """The ingredients on record that a side of a rule means."""
    return frozenset(i.name for i in knowledge.records.ingredients if speaks_of(side, i.name, knowledge))


def pairs(rule: Interaction, knowledge: Knowledge) -> Iterator[frozenset[str]]:
    """Every two ingredients that an interaction speaks of, some of them twice."""
    others = members(rule.other, knowledge)
    for one in members(rule.one, knowledge):
        yield from (frozenset((one, other)) for other in others if one != other)


def interactions_of(name: str, knowledge: Knowledge) -> Iterator[Interaction]:
    """The interactions that speak of an ingredient on either side, by id."""
    for id in sorted(knowledge.rules_of.get(name, ())):
        rule = knowledge.interactions[id]
        if speaks_of(rule.one, name, knowledge) or speaks_of(rule.other, name, knowledge):
            yield rule


def precautions_of(name: str, knowledge: Knowledge) -> Iterator[Precaution]:
    """The precautions that speak of an ingredient, by what they are about."""
    for about in sorted({about for about, _ in knowledge.precautions_of}):
        for rule in knowledge.precautions_of.get((about, name), ()):
            if speaks_of(rule.medicines, name, knowledge):
                yield rule


def monitoring_of(name: str, knowledge: Knowledge) -> Iterator[Monitoring]:
    """What is watched while an ingredient is taken."""
    for rule in knowledge.monitoring_of.get(name, ()):
        if speaks_of(rule.medicines, name, knowledge):
            yield rule
