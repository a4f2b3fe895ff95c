"""Allergy records held against each other: one that the orders do not know of is a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Allergy
from tallman.core.reconciliation.difference import Difference, DifferenceType, Harm
from tallman.core.reconciliation.line import ListSource, RecordedAllergy

__all__ = ["allergy_differences"]

_SEVERE = re.compile(
    r"anaphyla|angio.?edema|stevens|sjs|\bten\b|necroly|dress|shock|throat|swelling of|airway|blister", re.I
)


def allergy_differences(
    history: Sequence[ListSource], orders: ListSource, knowledge: Knowledge
) -> Iterator[Difference]:
    """Allergies that stand on one side alone, or that one side records as severe and the other as something else.

    A history that says nothing at all of allergies (a list of fills) is no answer to the question; orders that say
    nothing are, for what is not on their record cannot warn anybody.
    """
    ours = [a for s in history for a in s.allergies or () if not a.allergy.refuted]
    theirs = [a for a in orders.allergies or () if not a.allergy.refuted]
    told: list[Allergy] = []
    for one in ours:
        alike = [o for o in theirs if _is_same(one.allergy, o.allergy, knowledge)]
        if not alike and not any(_is_same(one.allergy, t, knowledge) for t in told):
            told.append(one.allergy)
            yield _missing(one, [a for a in ours if _is_same(one.allergy, a.allergy, knowledge)])
        elif alike:
            yield from _graver(one, alike)
    if any(s.allergies is not None for s in history):
        for other in theirs:
            if not any(_is_same(other.allergy, a.allergy, knowledge) for a in ours):
                yield _not_told(other)


def _missing(one: RecordedAllergy, every: Sequence[RecordedAllergy]) -> Difference:
    reaction = f" ({one.allergy.reaction})" if one.allergy.reaction else ""
    return Difference(
        DifferenceType.ALLERGY, (), (), False, "nothing beside the orders says why",
        Harm.HIGH if _is_severe(one.allergy) or one.allergy.ingredients or one.allergy.groups else Harm.MODERATE,
        f"The allergy to {one.allergy.substance}{reaction} is not on the record that the orders are written on.",
        left_allergies=tuple(every),
    )  # fmt: skip


def _not_told(other: RecordedAllergy) -> Difference:
    return Difference(
        DifferenceType.ALLERGY, (), (), False, "nothing says who recorded it", Harm.MODERATE,
        f"The orders' record has an allergy to {other.allergy.substance} that the history does not: ask the patient.",
        right_allergies=(other,),
    )  # fmt: skip


def _graver(one: RecordedAllergy, alike: Sequence[RecordedAllergy]) -> Iterator[Difference]:
    """One record says that the reaction was severe, the other names a reaction that is not."""
    for other in alike:
        here, there = one.allergy, other.allergy
        if _is_severe(here) != _is_severe(there) and here.reaction and there.reaction:
            yield Difference(
                DifferenceType.ALLERGY, (), (), False, "nothing says which is right", Harm.HIGH,
                f"The reaction to {here.substance} is {here.reaction} in the history and {there.reaction} on the "
                "orders' record.",
                left_allergies=(one,), right_allergies=(other,),
            )  # fmt: skip
            return


def _is_severe(allergy: Allergy) -> bool:
    return allergy.severity == "severe" or bool(_SEVERE.search(allergy.reaction))


def _is_same(one: Allergy, other: Allergy, knowledge: Knowledge) -> bool:
    """Whether both speak of one substance, or one of a member of the group that the other names."""
    if one.substance.strip().lower() == other.substance.strip().lower():
        return True
    here, there = ({i.name for i in a.ingredients} for a in (one, other))
    return (
        bool(here & there)
        or not set(one.groups).isdisjoint(other.groups)
        or _is_member(one, other, knowledge)
        or _is_member(other, one, knowledge)
    )


def _is_member(one: Allergy, other: Allergy, knowledge: Knowledge) -> bool:
    groups = [g for name in other.groups if (g := knowledge.allergy_groups.get(name))]
    return any(i.name in g.ingredients or not g.classes.isdisjoint(i.classes) for i in one.ingredients for g in groups)
