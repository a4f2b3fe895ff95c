"""A risk that adds up over all medicines: several of one kind, of which none is wrong by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallman.core.quantity import Amount
from tallman.core.rule import Bound, Review, Source

__all__ = ["Burden"]


@dataclass(frozen=True, slots=True)
class Burden:
    """One risk that is counted over everything taken.

    `weights` are (class, points) pairs: a medicine counts with its heaviest class, each ingredient once. `levels` are
    (points, severity) pairs, the most points first; below the last there is nothing to say. Fewer than `at_least`
    medicines say nothing, whatever their points. `adds` are (ICD-10-CM prefix, points) of conditions
    and `age_adds` what being `age_from_years` old adds. `already_taken` is the severity when the order only renews one
    of them. `excluding` are ingredients that do not count. For a reason or problem that begins with one of
    `expected_for` (ICD-10-CM) the sum is what is meant, and it informs. An order that itself carries fewer than
    `interrupts_from` points only informs too: it is the others that weigh. `tells` are the ids of rules of two
    medicines that say the same of a part of it. On a ward, where somebody watches, it informs unless a member belongs
    to one of `informs_on_wards_without`, if there are any. `counts_from` are (ingredient, amount) pairs: given in less
    than that a day it does not count (an anticoagulant to prevent). Where all of `eased_by` were measured, the sum
    is what is meant, and it informs; so it does for one dose on a ward where `once_informs_on_wards`. With `worth`
    points are mg a day of what several medicines hold ("iron"): (ingredient, its share) pairs, the ingredient with
    a strength where that holds another share. Then at least two different ingredients are counted, and both of two
    orders of one.
    """

    id: str
    name: str
    weights: tuple[tuple[str, int], ...]
    levels: tuple[tuple[int, str], ...]
    effect: str
    advice: str
    at_least: int = 3
    adds: tuple[tuple[str, int], ...] = ()
    age_from_years: int | None = None
    age_adds: int = 0
    already_taken: str | None = "moderate"
    excluding: frozenset[str] = frozenset()
    expected_for: tuple[str, ...] = ()
    interrupts_from: int = 1
    tells: frozenset[str] = frozenset()
    informs_on_wards_without: frozenset[str] = frozenset()
    counts_from: tuple[tuple[str, Amount], ...] = ()
    eased_by: tuple[Bound, ...] = ()
    once_informs_on_wards: bool = False
    worth: tuple[tuple[str, Decimal], ...] = ()
    sources: tuple[Source, ...] = ()
    review: Review | None = None
