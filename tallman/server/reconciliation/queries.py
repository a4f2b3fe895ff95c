"""Questions to the stays that actions and pages ask."""

from __future__ import annotations

from tallman.server.reconciliation.comparison import Stay, stays
from tallman.server.reconciliation.models import Encounter
from tallman.server.web import clock

__all__ = ["unanswered"]


def unanswered(encounter: Encounter) -> list[str]:
    """The medicines of the sources that the history has no answer to, by name."""
    whole = stays().get(pk=encounter.pk)
    answered = {f"line:{one.pk}" for told in whole.history.all() for one in told.rests_on.all()}
    rows = Stay(whole, clock.today()).aligned()
    return [row.name for row in rows if not any(line.ref in answered for line in row.lines)]
