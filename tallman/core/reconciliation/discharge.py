"""At discharge: what was taken before, what was given in hospital and what goes on, in words for the patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tallman.core.knowledge import Knowledge
from tallman.core.reconciliation.difference import Difference
from tallman.core.reconciliation.explained import explanation
from tallman.core.reconciliation.groups import Group, grouped
from tallman.core.reconciliation.judge import judged
from tallman.core.reconciliation.line import Line, ListSource, State
from tallman.core.reconciliation.traits import ORDERS, Item, items_of, settled
from tallman.core.reconciliation.words import named
from tallman.core.sig import say

__all__ = ["Change", "DischargeRow", "at_discharge"]


class Change(StrEnum):
    """What happens to a medicine when the patient goes home."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"
    PAUSED = "paused"
    SAME = "same"
    HOSPITAL_ONLY = "only in hospital"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class DischargeRow:
    """One medicine from before the admission to after it.

    `sentence` is for the patient; `because` what is written about the change, "" where nothing is. UNDECIDED is a
    medicine from home that nobody has ordered, held or stopped: the patient is not told anything before a pharmacist
    has asked. `differences` are those between before and after.
    """

    change: Change
    before: tuple[Line, ...]
    hospital: tuple[Line, ...]
    after: tuple[Line, ...]
    sentence: str
    because: str = ""
    differences: tuple[Difference, ...] = ()


def at_discharge(
    before: Sequence[ListSource], hospital: ListSource, after: ListSource, knowledge: Knowledge, *, on: date
) -> tuple[DischargeRow, ...]:
    """A row for every medicine of the three kinds of list, what the patient must know first at the front."""
    ranked = sorted(before, key=lambda s: s.kind.rank)
    inside = len(ranked)
    lists = [items_of(s, n, knowledge) for n, s in enumerate((*ranked, hospital))]
    items = settled([*(i for one in lists for i in one), *items_of(after, ORDERS, knowledge)], knowledge)
    active = [i for i in items if i.line.is_active]
    stopped = [i for i in items if not i.line.is_active and i.source >= inside]
    sides = [[i for i in active if i.source == n] for n in range(inside + 1)]
    groups = grouped(sides, [i for i in active if i.is_order], knowledge)
    rows = [_row(group, inside, stopped, knowledge) for group in groups]
    return tuple(sorted(rows, key=lambda r: list(Change).index(r.change)))


def _row(group: Group, inside: int, stopped: Sequence[Item], knowledge: Knowledge) -> DischargeRow:
    home = tuple(i for i in group.left if i.source < inside)
    given = tuple(i for i in group.left if i.source == inside)
    if not home or not group.right:
        return _one_sided(home, given, group.right, stopped)
    found = judged(replace(group, left=home), knowledge)
    differences = tuple(d for d in found.differences)
    because = "; ".join(dict.fromkeys(d.because for d in differences if d.explained))
    name, now = _names(group.right), _directions(group.right)
    if group.is_substitution:
        change, said = Change.CHANGED, f"Take {name} in place of {_names(home)}. {now}"
    elif differences:
        change, said = Change.CHANGED, f"Changed: {name}. Now: {now} Before: {_directions(home)}"
    elif found.not_compared:
        change, said = Change.SAME, f"Keep taking {name}. {now}"
    else:
        change, said = Change.SAME, f"Keep taking {name} as before. {now}"
    return DischargeRow(change, _lines(home), _lines(given), _lines(group.right), said, because, differences)


def _one_sided(
    home: tuple[Item, ...], given: tuple[Item, ...], after: tuple[Item, ...], stopped: Sequence[Item]
) -> DischargeRow:
    if after:
        said = f"New: {_names(after)}. {_directions(after)}"
        because = next((e.because for i in after if (e := explanation("addition", i.line))), "")
        return DischargeRow(Change.NEW, (), _lines(given), _lines(after), said, because)
    if not home:
        return DischargeRow(Change.HOSPITAL_ONLY, (), _lines(given), (), f"{_names(given)} was for the hospital only.")
    ended = [i for i in stopped if i.names == home[0].names]
    because = next((e.because for i in (*ended, *given) if (e := explanation("omission", i.line))), "")
    if not ended:
        said = f"Ask the pharmacist about {_names(home)} before you take it again."
        return DischargeRow(Change.UNDECIDED, _lines(home), _lines(given), (), said, because)
    if ended[-1].line.state is State.HELD:
        change, said = Change.PAUSED, f"Do not take {_names(home)} for now. Ask when to start again."
    else:
        change, said = Change.STOPPED, f"Stop taking {_names(home)}."
    return DischargeRow(change, _lines(home), _lines(given), _lines(ended), said, because)


def _names(items: Iterable[Item]) -> str:
    return " and ".join(dict.fromkeys(named(i) for i in items))


def _directions(items: Iterable[Item]) -> str:
    """The directions in plain words; as they are written where that cannot be done exactly."""
    said = (say(i.sig) or i.line.order.sig.text.strip() or "No directions are written." for i in items)
    return " ".join(s if s.endswith((".", "!")) else f"{s}." for s in dict.fromkeys(said))


def _lines(items: Iterable[Item]) -> tuple[Line, ...]:
    return tuple(i.line for i in items)
