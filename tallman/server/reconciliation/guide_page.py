"""The interview guide as the page shows it: every question with its answer, and the one that the keys answer now."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.drug import Medicine
from tallman.core.reconciliation.aligned import Aligned
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.models import Encounter, HistoryLine, Probe
from tallman.server.reconciliation.pages import answers_of, numbers
from tallman.server.reconciliation.probes import PROBES, Ask

__all__ = ["Asked", "asked", "following", "row_about", "told_alone"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer; None while it was not asked."""

    ask: Ask
    answer: Probe | None


def asked(encounter: Encounter) -> list[Asked]:
    """Every question of the guide. One query."""
    answers = {probe.code: probe for probe in encounter.probes.select_related("by")}
    return [Asked(ask, answers.get(ask.code)) for ask in PROBES]


def following(questions: list[Asked], code: str) -> str:
    """The next question without an answer, past this one first; empty when all were asked."""
    codes = [one.ask.code for one in questions]
    at = codes.index(code) + 1 if code in codes else 0
    return next((one.ask.code for one in [*questions[at:], *questions[:at]] if one.answer is None), "")


def told_alone(encounter: Encounter) -> list[HistoryLine]:
    """The medicines that only the interview brought up, for a stay of `comparison.stays`."""
    return [line for line in encounter.history.all() if not line.rests_on.all()]


def row_about(stay: Stay, medicine: Medicine) -> Aligned | None:
    """The row of the sources that tells of the same ingredients and has no answer yet."""
    names = {ingredient.name for ingredient in medicine.ingredients}
    if not medicine.is_known:
        return None
    answered = answers_of(stay)
    for row in stay.aligned():
        same = any({i.name for i in line.order.medicine.ingredients} == names for line in row.lines)
        if same and not any(number in answered for number in numbers(row)):
            return row
    return None
