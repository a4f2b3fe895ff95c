"""What the pages of a stay share: finding it, the frame around it, and where each stage is worked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from tallman.core.reconciliation.aligned import Aligned
from tallman.core.reconciliation.line import Line, SourceKind
from tallman.server.prescriptions.banner import banner_for
from tallman.server.reconciliation.comparison import Stay, stays
from tallman.server.reconciliation.models import Encounter, Stage
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.answers import typed_before

__all__ = ["answers_of", "find", "numbers", "numbers_of", "page_of", "seen_version", "stay_context", "told_by_of"]

TABS = [
    ("History", "history", "1"), ("Orders", "decisions", "2"), ("Discharge", "discharge", "3"), ("Lists", "lists", "4"),
    ("Interview guide", "guide", "5"),
]  # fmt: skip


def find(pk: int) -> Stay:
    """The stay with everything a comparison reads. Raises Http404."""
    encounter = stays().filter(pk=pk).first()
    if encounter is None:
        raise Http404
    return Stay(encounter, clock.today())


def page_of(encounter: Encounter) -> str:
    """The address of the page on which the stay is worked now."""
    if not encounter.history_completed_at:
        name = "history"
    else:
        name = "discharge" if encounter.stage is Stage.DISCHARGE else "decisions"
    return address(name, encounter)


def address(name: str, encounter: Encounter) -> str:
    """The address of a page of the stay; empty when there is no such page."""
    try:
        return reverse(f"reconciliation:{name}", kwargs={"pk": encounter.pk})
    except NoReverseMatch:
        return ""


def stay_context(request: HttpRequest, stay: Stay) -> dict[str, Any]:
    """What `reconciliation/stay.html` shows: `stay` the encounter, `patient` its banner, `tabs`, the clock of the
    history, `signed` stages, `typed_before`."""
    encounter = stay.encounter
    due = encounter.history_due_at
    return {
        "stay": encounter,
        "patient": banner_for(encounter.patient, stay.on),
        "tabs": [
            (label, url, key, url == request.path) for label, name, key in TABS if (url := address(name, encounter))
        ],
        "history_due": due,
        "history_is_late": not encounter.history_completed_at and clock.now() > due,
        "stage": encounter.stage,
        "undecided_on": "Discharge" if encounter.stage is Stage.DISCHARGE else "Orders",
        "signed": encounter.signed,
        "typed_before": typed_before(request),
    }


def answers_of(stay: Stay) -> dict[int, Any]:
    """The history's answer to each line of a source, by the line's number."""
    return {line.pk: told for told in stay.encounter.history.all() for line in told.rests_on.all()}


def told_by_of(encounter: Encounter) -> str:
    """Who was asked last: mostly the same person tells of everything."""
    spoken = [row for row in encounter.lists.all() if row.kind in (SourceKind.INTERVIEW, SourceKind.BOTTLES)]
    told = [one.told_by for one in (*spoken, *encounter.history.all())]
    return next((who for who in reversed(told) if who), "patient")


def numbers(row: Aligned) -> list[int]:
    """The numbers of the lines that a row holds."""
    return numbers_of(row.lines)


def numbers_of(lines: Iterable[Line]) -> list[int]:
    """The numbers of lines of the sources."""
    return [int(line.ref.partition(":")[2]) for line in lines]


def seen_version(request: HttpRequest) -> int:
    """The version of the stay that the person saw when the form was made. Raises Refused without one."""
    try:
        return int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise refuse("version", "The page is incomplete: reload it and try again.") from error
