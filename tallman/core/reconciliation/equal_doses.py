"""What is on record of the doses of one medicine and of what is ordered in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.knowledge import Knowledge
from tallman.core.quantity import UNITS, Amount, format_number
from tallman.core.reconciliation.intake import about_equal
from tallman.core.reconciliation.traits import Item
from tallman.core.transition import EqualDoses, Given

__all__ = ["Doses", "equal_dose"]

_PUFFS = frozenset({"puff", "inhalation", "actuation"})


@dataclass(frozen=True, slots=True)
class Doses:
    """Two doses held against each other: one clause, and whether they are equal."""

    words: str
    are_equal: bool = False


def equal_dose(old: Sequence[Item], new: Sequence[Item], knowledge: Knowledge) -> Doses | None:
    """What the tables say of the daily amounts of two lines; None where they say nothing or the amounts are not known.

    Of combinations, those of as many ingredients are held against each other by the one that a table has.
    """
    if len(old) != 1 or len(new) != 1 or len(old[0].names) != len(new[0].names):
        return None
    for rule, named in _tables(knowledge):
        if not rule.never and (named.isdisjoint(old[0].names) or named.isdisjoint(new[0].names)):
            continue
        if found := _by_rule(rule, old[0], new[0]):
            return Doses(
                f"{found.words}; {rule.note}" if rule.note and not rule.never else found.words, found.are_equal
            )
    return None


@lru_cache(maxsize=4)
def _tables(knowledge: Knowledge) -> tuple[tuple[EqualDoses, frozenset[str]], ...]:
    """Every table with the ingredients that it speaks of."""
    return tuple(
        (rule, frozenset(g.ingredient for _, amounts in rule.levels for g, _, _ in amounts)
         | frozenset(g.ingredient for g, _ in rule.alike))
        for rule in knowledge.records.equal_doses
    )  # fmt: skip


def _by_rule(rule: EqualDoses, old: Item, new: Item) -> Doses | None:
    if rule.never and not old.classes.isdisjoint(rule.never) and not new.classes.isdisjoint(rule.never):
        return Doses(rule.note)
    if rule.into and rule.into.isdisjoint(new.names):
        return None
    levels = [_level(rule, item) for item in (old, new)]
    if levels[0] and levels[1]:
        if levels[0] == levels[1]:
            return Doses(f"both are {levels[0]}", are_equal=True)
        return Doses(f"{levels[0]} becomes {levels[1]}")
    here, there = (_times(rule, item) for item in (old, new))
    if here is None or there is None:
        return None
    if about_equal(here, there):
        return Doses(f"both are as much as {_told(rule.alike[0], here)} a day", are_equal=True)
    return Doses(f"as much as {_told(rule.alike[0], here)} a day becomes as much as {_told(rule.alike[0], there)}")


def _level(rule: EqualDoses, item: Item) -> str | None:
    return next((level for n, a in _daily(item) if (level := rule.level_of(n, a, _facts(item)))), None)


def _times(rule: EqualDoses, item: Item) -> Fraction | None:
    """How many times the amount of the table a day is."""
    for name, amount in _daily(item):
        one = rule.one_of(name, _facts(item))
        if one and one.dimension == amount.dimension:
            return Fraction(amount / one)
    return None


def _daily(item: Item) -> Iterator[tuple[str, Amount]]:
    """What a line comes to a day of each ingredient, where that is known."""
    for name in sorted(item.names):
        size = item.intake.of(name, item.intake.day_high) if item.intake else None
        unit = {"mass": "mg", "unit": "unit"}.get(size[0]) if size else None
        if size and unit:
            value = size[1] / UNITS[unit].factor
            yield name, Amount(Decimal(value.numerator) / Decimal(value.denominator), unit)


def _facts(item: Item) -> frozenset[str]:
    """What is known of a line, in the words by which a table narrows a medicine."""
    salt = item.medicine.product.salt if item.medicine.product else ""
    puffs = "puffs" if item.intake and item.intake.unit in _PUFFS else None
    return frozenset(word for word in (item.route, item.release, salt, puffs, *item.names) if word)


def _told(reference: tuple[Given, Amount], times: Fraction) -> str:
    given, one = reference
    way = " by mouth" if "oral" in given.words else ""
    amount = round(Fraction(one.value) * times, 1)
    return f"{given.ingredient} {format_number(amount)} {UNITS[one.unit].plural if amount != 1 else one.unit}{way}"
