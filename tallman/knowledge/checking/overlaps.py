"""Interaction rules that speak of the same pair: the checks tell the worse one, so the other one is silent there.

Two mechanisms that meet in a pair (an enzyme and a QT interval) are meant: the graver one is told. What is not meant is
told here: an exception that names a pair and is drowned by a rule of whole classes, and a rule that never speaks.
"""

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
    """Every rule whose words somebody would miss, with the graver rule that takes their place."""
    files = {rule.id: rule.file for rule in book.rules}
    pairs = {rule.id: set(spoken_pairs(rule, book.knowledge)) for rule in book.records.interactions}
    speaking: defaultdict[_Pair, list[Interaction]] = defaultdict(list)
    for rule in book.records.interactions:
        for pair in pairs[rule.id] if _is_plain(rule) else ():
            speaking[pair].append(rule)
    for rule in filter(_is_plain, book.records.interactions):
        graver = {p: other for p in pairs[rule.id] if (other := _graver(rule, speaking[p]))}
        drowned = {p: other for p, other in graver.items() if _names(rule, p) and not p & _named(other)}
        if graver and len(graver) == len(pairs[rule.id]):
            drowned = graver
        for other in {other.id: other for other in drowned.values()}.values():
            told = sorted(" with ".join(sorted(p)) for p, o in drowned.items() if o is other)
            what = f"it is {rule.severity} and {other.id} is {other.severity} for {told[0]}"
            what += f" and {len(told) - 1} more pairs" if len(told) > 1 else ""
            do = "exclude what the other one speaks of, or make them agree"
            yield Problem(files[rule.id], rule.id, what, do, "INTERACTION-OVERLAP", True)


def _graver(rule: Interaction, speaking: list[Interaction]) -> Interaction | None:
    """The gravest of the rules that weigh a pair heavier than this one."""
    rank = Severity(rule.severity).rank
    graver = [r for r in speaking if Severity(r.severity).rank < rank]
    return min(graver, key=lambda r: (Severity(r.severity).rank, r.id), default=None)


def _named(rule: Interaction) -> _Pair:
    return rule.one.ingredients | rule.other.ingredients


def _names(rule: Interaction, pair: _Pair) -> bool:
    """Whether a rule speaks of both medicines of a pair by their names, one on either side."""
    here, there = pair & rule.one.ingredients, pair & rule.other.ingredients
    return bool(here and there) and here | there == pair


def _is_plain(rule: Interaction) -> bool:
    """Whether nothing but the two medicines decides."""
    narrowed = (rule.unless_with, rule.only_conditions, rule.age_from_years)
    return not any((*narrowed, *map(_narrowed, (rule.one, rule.other))))


def _narrowed(side: Selector) -> bool:
    return bool(
        side.routes or side.at_least or side.begins_above or side.under or side.longer_than_days or side.strengths
        or side.every_days
    )  # fmt: skip
