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
        return (ordered, *(_written(line, decided, State.STOPPED) for line in replaced))
    goes_on = left[:1] or right if decided.disposition is Disposition.CONTINUE else right or left[:1]
    return tuple(_written(line, decided, State.ACTIVE) for line in goes_on)


def _written(line: Line, decided: Decided, state: State) -> Line:
    """A line as the decision leaves it, named after the decision so that its reason can be found again."""
    return replace(
        line, ref=f"{decided.ref}/{line.ref}", state=state, note=decided.note, asserted=decided.on, is_decided=True
    )
