"""The lists of a stay as the page shows them: each line as it was written, and as it is read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from tallman.core.reconciliation.line import Line
from tallman.core.sig import say
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.lists import ListReader
from tallman.server.reconciliation.models import ListLine, MedicineList

__all__ = ["ShownLine", "ShownList", "shown_lists"]


@dataclass(frozen=True)
class ShownLine:
    """A line and what it is read as. `plain` is empty where the directions must stand as they were written."""

    row: ListLine
    line: Line
    plain: str

    @property
    def is_known(self) -> bool:
        """Whether the medicine is certain."""
        return self.line.order.medicine.is_known

    @property
    def last_fill(self) -> str:
        """The newest supply: "filled 2026-05-12 for 30 days"; empty without one."""
        if not self.line.fills:
            return ""
        last = max(self.line.fills, key=lambda f: f.on)
        return f"filled {last.on}{f' for {last.days} days' if last.days else ''}"


@dataclass(frozen=True)
class ShownList:
    """A list with its lines."""

    row: MedicineList
    lines: tuple[ShownLine, ...]


def shown_lists(stay: Stay) -> list[ShownList]:
    """Every list, the nearest to what is really taken first. One query."""
    reader = ListReader(stay.knowledge)
    prefetch_related_objects(stay.lists, "by")
    found = [(reader.source(row), row) for row in stay.lists]
    found.sort(key=lambda pair: (pair[0].kind.rank, pair[1].pk))
    return [ShownList(row, tuple(map(_shown, row.lines.all(), source.lines))) for source, row in found]


def _shown(row: ListLine, line: Line) -> ShownLine:
    plain = say(line.order.sig) or ""
    return ShownLine(row, line, "" if plain == row.directions else plain)
