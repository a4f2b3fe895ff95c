"""Which lines speak of the same medicine: exact pairs first, then sums and combinations, then the likeliest pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from tallman.core.reconciliation.compare import Verdict, amounts_differ, same_total
from tallman.core.reconciliation.traits import Item

__all__ = ["Aligned", "align", "best_first", "related"]

T = TypeVar("T")
Aligned = tuple[tuple[Item, ...], tuple[Item, ...]]
"""Lines of one list, and those of another that are for the same medicine."""

_MOST_TRIED = 5
"""Lines of one medicine on one list, of which every sum is tried: more are not taken side by side."""


def related(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The lines in groups that share an ingredient, directly or through a combination."""
    groups: list[tuple[set[str], list[Item]]] = []
    for item in items:
        names, members = set(item.names), [item]
        apart = []
        for group in groups:
            if group[0].isdisjoint(names):
                apart.append(group)
            else:
                names |= group[0]
                members = group[1] + members
        groups = [*apart, (names, members)]
    yield from (members for _, members in groups)


def align(left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    """Pairs and groups of lines of two lists that share ingredients; what has no counterpart stands in none.

    A line that repeats one already paired goes to that pair: it is listed twice.
    """
    if len(left) == len(right) == 1:
        return [((left[0],), (right[0],))] if _may_pair(left[0], right[0]) else []
    rest_left, rest_right = list(left), list(right)
    found: list[Aligned] = []
    for step in (_exact, _sums, _whole_and_parts, _likeliest):
        for here, there in step(rest_left, rest_right):
            found.append((here, there))
            rest_left = [i for i in rest_left if i not in here]
            rest_right = [i for i in rest_right if i not in there]
    return _with_repeated(found, rest_left, rest_right)


def _exact(left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    """One line against one line of the same medicine, kind and amounts, those most alike first."""
    return _singly(best_first(left, right, lambda a, b: _likeness(a, b) if _is_same(a, b) else 0))


def _is_same(one: Item, other: Item) -> bool:
    return (
        one.names == other.names
        and _may_pair(one, other)
        and _agree(one.release, other.release)
        and _agree(one.as_needed, other.as_needed)
        and amounts_differ(one, other) is Verdict.SAME
    )


def _sums(left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    """Several lines that come to the same amounts as one or several of the other list: two of 20 mg for one of 40."""
    here, there = list(left), list(right)
    found: list[Aligned] = []
    while match := next(_equal_sums(here, there), None):
        found.append(match)
        here = [i for i in here if i not in match[0]]
        there = [i for i in there if i not in match[1]]
    return found


def _equal_sums(left: Sequence[Item], right: Sequence[Item]) -> Iterator[Aligned]:
    for here in _subsets(left):
        for there in _subsets(right):
            if len(here) + len(there) > 2 and _may_sum((*here, *there)) and same_total(here, there):
                yield here, there


def _subsets(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    if len(items) <= _MOST_TRIED:
        for size in range(1, len(items) + 1):
            yield from combinations(items, size)


def _may_sum(items: Sequence[Item]) -> bool:
    """Only what is taken in one way adds up: all by one route, all regularly or all as needed."""
    first = items[0]
    return all(_may_pair(first, i) and i.as_needed == first.as_needed for i in items[1:])


def _whole_and_parts(left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    """A combination against its parts, whatever the amounts."""
    found = [match for item in left for match in _parts_of(item, right)]
    return found + [(there, here) for item in right for here, there in _parts_of(item, left)]


def _parts_of(item: Item, others: Sequence[Item]) -> Iterator[Aligned]:
    parts = [o for o in others if o.names < item.names and _may_pair(item, o)]
    if len(item.names) > 1 and len(parts) > 1 and frozenset().union(*(p.names for p in parts)) == item.names:
        yield (item,), tuple(parts)


def _likeliest(left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    return _singly(best_first(left, right, lambda a, b: _likeness(a, b) if _may_pair(a, b) else 0))


def _singly(pairs: Sequence[tuple[Item, Item]]) -> list[Aligned]:
    return [((a,), (b,)) for a, b in pairs]


def best_first(left: Sequence[T], right: Sequence[T], score: Callable[[T, T], int]) -> list[tuple[T, T]]:
    """Pairs in the order of their scores, each member once; what scores nothing is no pair."""
    scored = [(score(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for points, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if points > 0 and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[i], right[j]))
    return found


def _may_pair(one: Item, other: Item) -> bool:
    """Whether one can stand for the other: a cream is no tablet, and a long-acting opioid not the one for pain."""
    if one.names.isdisjoint(other.names):
        return False
    if not _agree(one.reach, other.reach) and not _are_drops(one, other):
        return False
    return _agree(one.release, other.release) or _agree(one.as_needed, other.as_needed)


def _are_drops(one: Item, other: Item) -> bool:
    """Eye drops and ear drops are taken for each other."""
    return {one.reach, other.reach} == {"ophthalmic", "otic"}


def _agree(one: object, other: object) -> bool:
    """Whether two facts are the same, as far as both are known."""
    return one is None or other is None or one == other


def _likeness(one: Item, other: Item) -> int:
    same = [
        (40, one.names == other.names),
        (20, one.route == other.route),
        (20, one.release == other.release),
        (15, one.as_needed == other.as_needed),
        (15, amounts_differ(one, other) is Verdict.SAME),
        (5, one.sides == other.sides),
        (3, one.medicine.product == other.medicine.product),
        (1, one.medicine.text.lower() == other.medicine.text.lower()),
    ]
    return 1 + sum(points for points, holds in same if holds)


def _with_repeated(found: list[Aligned], left: Sequence[Item], right: Sequence[Item]) -> list[Aligned]:
    """With the lines that are left over put to the pair whose medicine they repeat."""
    grown: defaultdict[int, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, rest in ((0, left), (1, right)):
        for item in rest:
            for number, pair in enumerate(found):
                if any(repeats(item, other) for other in pair[side]):
                    grown[number][side].append(item)
                    break
    return [
        ((*here, *grown[n][0]), (*there, *grown[n][1])) if n in grown else (here, there)
        for n, (here, there) in enumerate(found)
    ]


def repeats(item: Item, other: Item) -> bool:
    """Whether a line is for the same medicine, in the same way, as another of its list."""
    return (
        item.names == other.names
        and _agree(item.reach, other.reach)
        and _agree(item.release, other.release)
        and _agree(item.as_needed, other.as_needed)
        and (not item.sides or not other.sides or item.sides == other.sides)
    )
