"""Dose limits: none contradicts itself, and no two contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tallman.core.knowledge import DoseLimit
from tallman.core.quantity import Amount
from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem

__all__ = ["check"]

MAXIMA = ("single_max", "daily_max", "weekly_max", "usual_daily_max")
_NEVER = 2000 * 12
"""Months nobody reaches."""


def check(book: Book) -> Iterator[Problem]:
    """Every limit by itself, and with every other that could hold for the same order."""
    for ingredient, limits in book.knowledge.limits_of.items():
        file = book.files[ingredient]
        for limit in limits:
            for what in _faults(limit):
                yield Problem(file, limit.id, what, "correct the amounts or ages", "LIMIT-CONTRADICTORY")
        for one, other in combinations(limits, 2):
            differing = [name for name in MAXIMA if _differs(getattr(one, name), getattr(other, name))]
            if differing and _kind(one) == _kind(other) and _meet(one, other):
                fields = ", ".join(differing)
                what = f"it and {other.id.partition('/')[2]} hold for the same patients and differ in {fields}"
                yield Problem(file, one.id, what, "tell them apart by age, form, salt or reason", "LIMIT-OVERLAP")


def _faults(limit: DoseLimit) -> Iterator[str]:
    rhythm = (
        limit.days_a_week,
        limit.every_days,
        limit.times_a_day,
        limit.days_a_month,
        limit.max_days,
        limit.min_days,
    )
    worn = (limit.worn_at_once, limit.worn_hours)
    said = (
        *(getattr(limit, name) for name in MAXIMA),
        *rhythm,
        *worn,
        limit.steady_max,
        limit.daily_low,
        limit.single_low,
        limit.mme,
        limit.naive_max,
    )
    if not any(said):
        yield "it limits nothing"
    if limit.age_from is not None and limit.age_under is not None and limit.age_from >= limit.age_under:
        yield "its ages leave nobody"
    if (limit.single_cap or limit.daily_cap) and not (limit.per_kg or limit.per_m2):
        yield "a cap belongs to amounts by weight or surface"
    for low, high in (
        ("usual_daily_max", "daily_max"),
        ("daily_low", "daily_max"),
        ("daily_max", "critical_over"),
        ("daily_cap", "critical_over"),
    ):
        if _exceeds(getattr(limit, low), getattr(limit, high)):
            yield f"{low} is more than {high}"


def _exceeds(low: Amount | None, high: Amount | None) -> bool:
    return bool(low and high and low.dimension == high.dimension and low.value > high.to(low.unit).value)


def _differs(one: Amount | None, other: Amount | None) -> bool:
    return bool(one and other) and one != other


def _kind(limit: DoseLimit) -> tuple[object, ...]:
    narrowed = (limit.forms, limit.salts, limit.combined_with, limit.strengths, limit.indications, limit.said)
    return (limit.release, limit.per_kg, limit.per_m2, *map(frozenset, narrowed))


def _meet(one: DoseLimit, other: DoseLimit) -> bool:
    """Whether a patient and a route exist for which both hold."""
    younger = min(one.age_under or _NEVER, other.age_under or _NEVER)
    return not set(one.routes).isdisjoint(other.routes) and max(one.age_from or 0, other.age_from or 0) < younger
