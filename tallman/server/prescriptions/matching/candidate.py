"""One proposal, and the points for and against it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

__all__ = ["Candidate", "Points", "ranked"]

SHOWN = 9
"""As many candidates as there are number keys."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something on record that a received prescription may mean.

    `key` is what is stored when it is chosen, `name` what it is called, `facts` what tells it from its neighbours.
    `score` runs from 0 to 100 and orders the list. `reasons` say why it is proposed, `warnings` what speaks against
    it or must be looked at. `is_exact` when every point that can be compared agrees and no other candidate is as good:
    it may be highlighted, but a person confirms it. `unit` is what a product is counted in.
    """

    key: str
    name: str
    facts: tuple[str, ...] = ()
    score: int = 0
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    is_exact: bool = False
    unit: str = ""


@dataclass(slots=True)
class Points:
    """Gathers the points of one candidate."""

    score: int = 0
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def agrees(self, points: int, text: str) -> None:
        """Something speaks for it."""
        self.score += points
        self.reasons.append(text)

    def differs(self, points: int, text: str) -> None:
        """Something speaks against it and is said."""
        self.score -= points
        self.warnings.append(text)


def ranked(candidates: list[Candidate], least: int = 0) -> list[Candidate]:
    """The best first, as many as are shown. Of several that look exact none is."""
    found = sorted((c for c in candidates if c.score >= least), key=lambda c: (-c.score, c.name, c.key))[:SHOWN]
    if sum(c.is_exact for c in found) > 1:
        found = [replace(c, is_exact=False) for c in found]
    return [replace(c, score=max(0, min(100, c.score))) for c in found]
