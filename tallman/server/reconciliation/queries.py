"""Questions to the stays that actions and pages ask."""

from __future__ import annotations

from tallman.server.reconciliation.comparison import Stay, stays
from tallman.server.reconciliation.models import Encounter
from tallman.server.reconciliation.news import news_of
from tallman.server.reconciliation.pages import answers_of, numbers
from tallman.server.web import clock

__all__ = ["unanswered"]


def unanswered(encounter: Encounter) -> list[str]:
    """The medicines of the sources that the history has no answer to, by name; with what a source said otherwise since
    it was answered."""
    stay = Stay(stays().get(pk=encounter.pk), clock.today())
    answers = answers_of(stay)
    found = []
    for row in stay.aligned():
        if not any(number in answers for number in numbers(row)):
            found.append(row.name)
        elif later := news_of(row, answers, stay):
            found.append(f"{row.name} ({'; '.join(one.sentence for one in later)})")
    return found
