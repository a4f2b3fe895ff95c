"""Lists of one person held beside each other: the history, however many lists it is, against the orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tallman.core.knowledge import Knowledge
from tallman.core.patient import Patient
from tallman.core.reconciliation.allergies import allergy_differences
from tallman.core.reconciliation.difference import Difference, DifferenceType, Match, NotCompared, Reconciliation
from tallman.core.reconciliation.explained import explanation, names_medicine
from tallman.core.reconciliation.groups import Group, grouped
from tallman.core.reconciliation.harm import harm_of
from tallman.core.reconciliation.judge import UNEXPLAINED, judged
from tallman.core.reconciliation.line import ListSource
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

    With a patient, what would result is screened on the day `on`. Never raises for what a list says.
    """
    ranked = sorted(history, key=lambda s: s.kind.rank)
    every = [i for n, s in enumerate(ranked) for i in items_of(s, n, knowledge)] + items_of(orders, ORDERS, knowledge)
    items = settled(every, knowledge)
    return _Work(ranked, orders, items, knowledge).done(on)


class _Work:
    """One reconciliation while it is made."""

    def __init__(
        self, history: Sequence[ListSource], orders: ListSource, items: Sequence[Item], knowledge: Knowledge
    ) -> None:
        self.history, self.orders, self.knowledge = history, orders, knowledge
        self.old = [i for i in items if not i.is_order]
        self.new = [i for i in items if i.is_order]
        self.matches: list[Match] = []
        self.differences: list[Difference] = []
        self.not_compared: list[NotCompared] = []

    def done(self, on: date) -> Reconciliation:
        ended = [i for i in self.old if not i.line.is_active]
        off = [i for i in self.new if not i.line.is_active]
        lists = [[i for i in self.old if i.source == n and i.line.is_active] for n in range(len(self.history))]
        for group in grouped(lists, [i for i in self.new if i.line.is_active], self.knowledge):
            self._judge(group, ended, off)
        self.differences += allergy_differences(self.history, self.orders, self.knowledge)
        return Reconciliation(
            tuple(self.history), self.orders, on, tuple(self.matches), tuple(self.differences),
            tuple(self.not_compared), (),
        )  # fmt: skip

    def _judge(self, group: Group, ended: Sequence[Item], off: Sequence[Item]) -> None:
        if group.left and group.right:
            found = judged(group, self.knowledge)
            self.differences += found.differences
            self.not_compared += found.not_compared
            self.matches.append(match_of(group))
        elif group.left:
            self._not_ordered(group, [i for i in off if _same_medicine(i, group.left[0])])
        else:
            self._not_taken(group, [i for i in ended if _same_medicine(i, group.right[0])])

    def _not_ordered(self, group: Group, stopped: Sequence[Item]) -> None:
        """A medicine of the history without an active order: held or stopped for a reason, or forgotten."""
        group = replace(group, right=tuple(stopped))
        self.matches.append(match_of(group))
        item = group.left[0]
        if item.medicine.is_supply:
            return
        said = next((e for i in stopped if (e := explanation("omission", i.line))), None)
        said = said or next(
            (e for i in self.new if names_medicine(i.line.note, item.line) if (e := explanation("omission", i.line))),
            None,
        ) or next((e for i in group.left if (e := explanation("omission", i.line))), None)  # fmt: skip
        state = f" ({stopped[0].line.state})" if stopped else ""
        self._add(DifferenceType.OMISSION, group, said, f"{shown(item)} is taken and not ordered{state}.")

    def _not_taken(self, group: Group, ended: Sequence[Item]) -> None:
        """An order for what the history does not have, or has as ended."""
        self.matches.append(match_of(group))
        item = group.right[0]
        if item.medicine.is_supply:
            return
        said = next((e for i in group.right if (e := explanation("addition", i.line))), None)
        words = f"the history has it as {ended[0].line.state}" if ended else "the history does not have it"
        group = replace(group, left=tuple(ended))
        self._add(DifferenceType.ADDITION, group, said, f"{shown(item)} is ordered, and {words}.")

    def _add(self, type: DifferenceType, group: Group, said: object, summary: str) -> None:
        because, cause = (said.because, said.cause) if said else (UNEXPLAINED, "")  # type: ignore[attr-defined]
        self.differences.append(
            Difference(
                type, tuple(i.line for i in group.left), tuple(i.line for i in group.right), bool(said), because,
                harm_of(type, (*group.left, *group.right), self.knowledge), summary, cause,
            )
        )  # fmt: skip


def _same_medicine(one: Item, other: Item) -> bool:
    return not one.names.isdisjoint(other.names) and (one.reach == other.reach or None in (one.reach, other.reach))
