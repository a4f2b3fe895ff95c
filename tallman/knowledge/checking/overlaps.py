"""Interaction rules that speak of the same pair: the checks tell the worse one, so the other one is silent there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tallman.core.knowledge import Interaction
from tallman.core.rule import Selector
from tallman.core.screening.finding import Severity
from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.spoken import pairs as spoken_pairs

__all__ = ["check"]

_Pair = frozenset[str]


def check(book: Book) -> Iterator[Problem]:
    """Two rules without further conditions that meet in a pair and differ in severity, unless the graver one is the
    narrower one: an exception to a broader rule is meant."""
    files = {rule.id: rule.file for rule in book.rules}
    pairs = {rule.id: set(spoken_pairs(rule, book.knowledge)) for rule in book.records.interactions}
    speaking: defaultdict[_Pair, list[Interaction]] = defaultdict(list)
    for rule in book.records.interactions:
        for pair in pairs[rule.id] if _is_plain(rule) else ():
            speaking[pair].append(rule)
    told: set[frozenset[str]] = set()
    for pair, rules in sorted(speaking.items(), key=lambda item: sorted(item[0])):
        graver, *milder = sorted(rules, key=lambda r: Severity(r.severity).rank)
        for rule in milder:
            both = frozenset((graver.id, rule.id))
            if rule.severity != graver.severity and not pairs[graver.id] < pairs[rule.id] and both not in told:
                told.add(both)
                shared = len(pairs[graver.id] & pairs[rule.id])
                what = (
                    f"it is {rule.severity} and {graver.id} is {graver.severity} for {' with '.join(sorted(pair))}"
                    + (f" and {shared - 1} more pairs" if shared > 1 else "")
                )
                do = "exclude what the other one speaks of, or make them agree"
                yield Problem(files[rule.id], rule.id, what, do, "INTERACTION-OVERLAP", True)


def _is_plain(rule: Interaction) -> bool:
    """Whether nothing but the two medicines decides."""
    narrowed = (rule.unless_with, rule.only_conditions, rule.age_from_years)
    return not any((*narrowed, *map(_narrowed, (rule.one, rule.other))))


def _narrowed(side: Selector) -> bool:
    return bool(side.routes or side.at_least or side.longer_than_days)
