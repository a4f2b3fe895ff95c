"""Lists of one person held beside each other: the history, however many lists it is, against the orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.reconciliation.allergies import allergy_differences
from tallman.core.reconciliation.difference import DifferenceType, Reconciliation
from tallman.core.reconciliation.explained import Explanation, explanation, names_medicine
from tallman.core.reconciliation.groups import Group, grouped
from tallman.core.reconciliation.judge import Judgement, difference_of, judged
from tallman.core.reconciliation.line import ListSource, State
from tallman.core.reconciliation.propose import proposals
from tallman.core.reconciliation.resulting import screened
from tallman.core.reconciliation.traits import ORDERS, Item, items_of, settled
from tallman.core.reconciliation.why import match_of
from tallman.core.reconciliation.words import shown

__all__ = ["reconcile"]


def reconcile(
    history: Sequence[ListSource],
    orders: ListSource,
    knowledge: Knowledge,
    *,
    on: date,
    patient: Patient | None = None,
) -> Reconciliation:
    """Every medicine of the lists matched, and every difference between what is taken and what is ordered.

    Where lists of the history differ, the one of the earlier kind is believed, of two alike the one given first. With
    a patient, the list that would result is screened on the day `on`. Never raises for what a list says.
    """
    ranked = sorted(history, key=lambda s: s.kind.rank)
    lists = [items_of(s, n, knowledge) for n, s in enumerate(ranked)]
    sides = _sides(settled([*(i for items in lists for i in items), *items_of(orders, ORDERS, knowledge)], knowledge))
    groups = [_with_inactive(g, sides) for g in grouped(sides.taken, sides.ordered, knowledge, sides.off)]
    found = [_judged(g, sides, knowledge) for g in groups]
    differences = [d for j in found for d in j.differences]
    differences += allergy_differences(ranked, orders, knowledge)
    matches = [match_of(g) for g in groups]
    return Reconciliation(
        tuple(ranked), orders, on, tuple(matches), tuple(differences),
        tuple(n for j in found for n in j.not_compared), proposals(matches, differences),
        screened(patient, orders, differences, knowledge, on) if patient else None,
    )  # fmt: skip


@dataclass(frozen=True)
class _Sides:
    """Everything on the lists: what is taken, what was, what is ordered, what is held or stopped."""

    taken: list[list[Item]]
    past: list[Item]
    ordered: list[Item]
    off: list[Item]


def _sides(items: Sequence[Item]) -> _Sides:
    history = [i for i in items if not i.is_order]
    past = [i for i in history if not i.line.is_active or _is_denied(i, history)]
    taken = [i for i in history if i not in past]
    sources = sorted({i.source for i in history})
    ordered = [i for i in items if i.is_order and i.line.is_active]
    off = [i for i in items if i.is_order and not i.line.is_active]
    return _Sides([[i for i in taken if i.source == n] for n in sources], past, ordered, off)


def _is_denied(item: Item, history: Sequence[Item]) -> bool:
    """Whether the list that is believed first of those that speak of the medicine says that it is not taken, and has
    no other line of it."""
    before = [o for o in history if o.source < item.source and o.names == item.names and _same_reach(o, item)]
    first = min((o.source for o in before), default=None)
    return first is not None and all(
        o.line.state in (State.NOT_TAKEN, State.STOPPED) for o in before if o.source == first
    )


def _same_reach(one: Item, other: Item) -> bool:
    return one.reach == other.reach or one.reach is None or other.reach is None


def _with_inactive(group: Group, sides: _Sides) -> Group:
    """A medicine of one side alone, with the lines of the other that say that it was stopped or is held."""
    if group.left and group.right:
        return group
    known = group.left or group.right
    others = sides.off if group.left else sides.past
    fitting = [i for i in others if not i.names.isdisjoint(known[0].names) and _same_reach(i, known[0])]
    exact = [i for i in fitting if i.names == known[0].names] or fitting
    return replace(group, off=tuple(exact))


def _judged(group: Group, sides: _Sides, knowledge: Knowledge) -> Judgement:
    if group.left and group.right:
        return judged(group, knowledge)
    found = Judgement(group)
    item = (group.left or group.right)[0]
    if item.medicine.is_supply:
        return found
    if group.left:
        said = next(_reasons_not_ordered(group, sides), None)
        state = f" ({group.off[0].line.state})" if group.off else ""
        type, summary = DifferenceType.OMISSION, f"{shown(item)} is taken and not ordered{state}."
    else:
        said = next((e for i in group.right if (e := explanation("addition", i.line))), None)
        if group.off and said and not group.right[0].line.note:
            said = None  # What it is for does not explain that it begins again.
        words = f"the history has it as {group.off[0].line.state}" if group.off else "the history does not have it"
        type, summary = DifferenceType.ADDITION, f"{shown(item)} is ordered, and {words}."
    found.differences.append(difference_of(type, group, said, summary, knowledge))
    return found


def _reasons_not_ordered(group: Group, sides: _Sides) -> Iterator[Explanation]:
    """What explains that a medicine is not ordered: beside the held order, beside another order that names it, or
    beside the line of the history itself."""
    naming = [i for i in (*sides.ordered, *sides.off) if names_medicine(i.line.note, group.left[0].line)]
    for item in (*group.off, *naming, *group.left):
        if said := explanation("omission", item.line):
            yield said
