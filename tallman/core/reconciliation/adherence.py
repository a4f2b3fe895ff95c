"""What the fills of a medicine say: when it was last filled, when the next is due, how well the days are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tallman.core.reconciliation.line import Fill, Line
from tallman.core.sig import days_supply
from tallman.core.supply import supplied_until

__all__ = ["Adherence", "adherence_of", "fills_of"]

LATE = timedelta(days=15)
"""How long after the supply ran out a medicine that goes on is thought to be missed, not only filled late."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Evidence from fills on a day. `due` is the day after the last supply ends, None where its length is not known;
    `covered` and `days` count the days with a supply, of those since the first fill."""

    last_filled: date
    due: date | None
    covered: int | None
    days: int
    on: date

    @property
    def is_late(self) -> bool:
        """Whether the supply ran out so long ago that it is hardly still taken as written."""
        return self.due is not None and self.on > self.due + LATE

    @property
    def words(self) -> str:
        """One sentence for the page."""
        if self.due is None:
            return f"last filled {self.last_filled.isoformat()}; how long that lasts is not known"
        ran_out = "ran out" if self.due <= self.on else "due"
        share = f"; {self.covered} of {self.days} days covered" if self.days and self.covered is not None else ""
        return f"last filled {self.last_filled.isoformat()}, {ran_out} {self.due.isoformat()}{share}"


def fills_of(line: Line) -> tuple[Fill, ...]:
    """The fills of a line, with their days from quantity and directions where the record does not say them."""
    order = line.order
    if not order.quantity or not order.sig.is_read:
        return line.fills
    lasts = days_supply(order.sig, order.quantity)
    return tuple(Fill(f.on, f.days if f.days is not None else lasts.high if lasts else None) for f in line.fills)


def adherence_of(lines: Sequence[Line], on: date) -> Adherence | None:
    """The evidence from all fills of one medicine up to a day; None without any. What is left over is used up first."""
    fills = sorted({f for line in lines for f in fills_of(line) if f.on <= on}, key=lambda f: f.on)
    if not fills:
        return None
    covered, until = 0, None
    known = all(f.days is not None for f in fills)
    for fill in fills:
        start = max(fill.on, until + timedelta(days=1)) if until else fill.on
        until = supplied_until(fill.on, fill.days, before=until)
        if until and start <= on:
            covered += (min(until, on) - start).days + 1
    due = until + timedelta(days=1) if known and until else None
    return Adherence(fills[-1].on, due, covered if known else None, (on - fills[0].on).days + 1, on)
