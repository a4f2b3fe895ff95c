"""What a pharmacist decides about a medicine of two lists, and the list that comes of all decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tallman.core.prescription import Order
from tallman.core.reconciliation.difference import Match
from tallman.core.reconciliation.line import Line, ListSource, State

__all__ = ["Decided", "Disposition", "list_after"]


class Disposition(StrEnum):
    """What becomes of a medicine."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"
    HOLD = "hold"
    SUBSTITUTE = "substitute"
    NEW = "new"


@dataclass(frozen=True)
class Decided:
    """One decision. `order` is what goes on where it is neither what is taken nor what is ordered; `until` the day or
    the event a medicine is held for, in words; `reason` why, in the words of whoever decided. `ref` names it."""

    disposition: Disposition
    ref: str
    order: Order | None = None
    until: str = ""
    reason: str = ""
    on: date | None = None

    @property
    def note(self) -> str:
        """What stands beside the line that comes of it."""
        until = f"until {self.until}" if self.until else ""
        return "; ".join(filter(None, [until, self.reason]))


def list_after(orders: ListSource, decisions: Sequence[tuple[Match | None, Decided]]) -> ListSource:
    """The orders as they stand once the decisions are carried out, each about a match, or about a medicine that is on
    neither list (None; its `order` goes on).

    A medicine that nobody decided about stays as it is ordered.
    """
    lines = {line.ref: line for line in orders.lines}
    for match, decided in decisions:
        for line in match.right if match else ():
            lines.pop(line.ref, None)
        for line in _lines_of(decided, match):
            lines[line.ref] = line
    return replace(orders, lines=tuple(lines.values()))


def _lines_of(decided: Decided, match: Match | None) -> tuple[Line, ...]:
    left, right = (match.left, match.right) if match else ((), ())
    off = {Disposition.STOP: State.STOPPED, Disposition.HOLD: State.HELD}.get(decided.disposition)
    if off is not None:
        return tuple(_written(line, decided, off) for line in left or right)
    if decided.order is not None:
        replaced = left if decided.disposition is Disposition.SUBSTITUTE else ()
        ordered = Line(decided.ref, decided.order, note=decided.note, asserted=decided.on, is_decided=True)
        is_as_ordered = len(right) > 1 and any(_said(line.order) == _said(decided.order) for line in right)
        instead = tuple(_written(o, decided, State.ACTIVE) for o in right) if is_as_ordered else (ordered,)
        return (*instead, *(_written(line, decided, State.STOPPED) for line in replaced))
    home = _as_at_home(match)
    goes_on = home or right if decided.disposition is Disposition.CONTINUE else right or home
    return tuple(_written(line, decided, State.ACTIVE) for line in goes_on)


def _as_at_home(match: Match | None) -> tuple[Line, ...]:
    """The lines of the list that is believed: all of them, for a medicine may be taken in two ways. What stands there
    twice in the same words is taken once."""
    lines = (match.believed or match.left[:1]) if match else ()
    return tuple({_said(line.order): line for line in lines}.values())


def _said(order: Order) -> tuple[str, str]:
    return (order.medicine.text or order.medicine.name, order.sig.text)


def _written(line: Line, decided: Decided, state: State) -> Line:
    """A line as the decision leaves it, named after the decision so that its reason can be found again."""
    return replace(
        line, ref=f"{decided.ref}/{line.ref}", state=state, note=decided.note, asserted=decided.on, is_decided=True
    )
