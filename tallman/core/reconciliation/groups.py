"""The lines of all lists in groups, one for each medicine: sources among themselves, and against the orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.match import align, best_first, related
from tallman.core.reconciliation.substitutes import SAID, substitutes
from tallman.core.reconciliation.traits import Item

__all__ = ["Group", "grouped", "with_substitutes"]


@dataclass(frozen=True, eq=False)
class Group:
    """Lines for one medicine. `left` may come from several lists, the one that is believed first; `right` are the
    orders; `is_substitution` when the orders are for another medicine of the same kind; `off` are lines of the side
    that has no active one, which say that it was stopped, held or never taken."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]
    is_substitution: bool = False
    off: tuple[Item, ...] = ()

    @property
    def believed(self) -> tuple[Item, ...]:
        """The lines of the one source of the history that is believed."""
        return tuple(i for i in self.left if i.source == self.left[0].source) if self.left else ()


def grouped(
    history: Sequence[Sequence[Item]], orders: Sequence[Item], knowledge: Knowledge, off: Sequence[Item] = ()
) -> list[Group]:
    """Every line in one group. `history` are the active lines of each list, the list that is believed first at the
    front; `off` are the orders that are held or stopped, whose medicines nothing else stands for."""
    every = [i for items in history for i in items] + list(orders)
    found = [group for members in related(every) for group in _of_one_medicine(members)]
    return with_substitutes(found, {i.names for i in off}, knowledge)


def _of_one_medicine(members: Iterable[Item]) -> list[Group]:
    """Lists are aligned two by two; what is aligned with the same line belongs together."""
    lists: dict[int, list[Item]] = {}
    for item in members:
        lists.setdefault(item.source, []).append(item)
    parent = {id(i): i for items in lists.values() for i in items}

    def root(item: Item) -> Item:
        while parent[id(item)] is not item:
            item = parent[id(item)]
        return item

    for one, other in combinations(sorted(lists), 2):
        for left, right in align(lists[one], lists[other]):
            for item in (*left[1:], *right):
                parent[id(root(item))] = root(left[0])
    sets: dict[int, list[Item]] = {}
    for items in lists.values():
        for item in items:
            sets.setdefault(id(root(item)), []).append(item)
    return [_group(items) for items in sets.values()]


def _group(items: Sequence[Item]) -> Group:
    left = sorted((i for i in items if not i.is_order), key=lambda i: i.source)
    return Group(tuple(left), tuple(i for i in items if i.is_order))


def with_substitutes(groups: list[Group], off: set[frozenset[str]], knowledge: Knowledge) -> list[Group]:
    """Medicines of the history without an order, together with orders for another medicine of the same kind."""
    gone = [g for g in groups if g.left and not g.right]
    new = [g for g in groups if g.right and not g.left]

    def score(old: Group, other: Group) -> int:
        points = substitutes(old.believed, other.right, knowledge)
        return points if points == SAID or old.left[0].names not in off else 0

    replaced = best_first(gone, new, score)
    taken = {id(group) for pair in replaced for group in pair}
    rest = [g for g in groups if id(g) not in taken]
    return [*(Group(old.left, other.right, is_substitution=True) for old, other in replaced), *rest]
