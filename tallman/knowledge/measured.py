"""The latest figures of how well the screening does, as the project measured them: they come with the knowledge."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FIGURES", "Figure", "Measured", "measured"]

FIGURES = Path(__file__).parent / "measured.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """So many hits of so many tried, the bounds of the 95 % interval, and the share wanted (None: no goal)."""

    subject: str
    what: str
    hits: int
    of: int
    low: float
    high: float
    goal: float | None
    is_met: bool

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures, and the version of the knowledge that they were measured with."""

    knowledge: str
    sha256: str
    figures: tuple[Figure, ...]


def measured() -> Measured | None:
    """The figures that came with this installation; None where there are none."""
    if not FIGURES.is_file():
        return None
    told = json.loads(FIGURES.read_text(encoding="utf-8"))
    return Measured(told["knowledge"], told["sha256"], tuple(Figure(**row) for row in told["figures"]))
