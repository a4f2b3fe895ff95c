"""The history page: sources side by side, and the best possible history built of them with single keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from tallman.core.reconciliation.line import State
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.history_page import HistoryRow, history_rows
from tallman.server.reconciliation.models import CERTAINTIES, Encounter, HistoryLine, ListLine
from tallman.server.reconciliation.pages import address, find, page_of, seen_version, stay_context, told_by_of
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["add", "answer", "complete", "history", "reopen", "take_back"]

LAST_TAKEN = ["today", "this morning", "last night", "yesterday", "two or more days ago", "does not know"]


@require("read-patients")
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What every source tells of each medicine, what is taken in truth, and the row that the keys answer now."""
    stay = find(pk)
    sources, rows = history_rows(stay)
    counts = {line.pk for one in stay.lists if one.is_current for line in one.lines.all()}
    told = [line for line in stay.encounter.history.all() if not any(one.pk in counts for one in line.rests_on.all())]
    context = stay_context(request, stay) | {
        "sources": sources,
        "rows": rows,
        "only_told": told,
        "current": _current(request, rows) if request.user.can("gather-history") else None,
        "answered_count": sum(not row.is_open for row in rows),
        "told_by": told_by_of(stay.encounter),
        "last_taken": LAST_TAKEN,
        "certainties": CERTAINTIES,
    }
    return render(request, "reconciliation/history.html", context)


def _current(request: HttpRequest, rows: list[HistoryRow]) -> int | None:
    """The row that is asked for, else the first that is open."""
    wanted = request.GET.get("row", "")
    asked = [row.id for row in rows if str(row.id) == wanted]
    return next(iter(asked + [row.id for row in rows if row.is_open]), None)


@require("gather-history")
@require_POST
@answered
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to one row: taken as a source tells it, taken otherwise, or not taken. Then the next row."""
    encounter = get_object_or_404(Encounter, pk=pk)
    given = request.POST
    lines = list(ListLine.objects.filter(medicine_list__encounter=encounter, medicine_list__is_current=True))
    lines = [line for line in lines if str(line.pk) in given.getlist("line")]
    if kept := given.get("keep"):
        held = get_object_or_404(HistoryLine, pk=kept, encounter=encounter)
        actions.keep_answer(line=held, against=lines, by=request.user)
        return go_to(request, address("history", encounter))
    wanted = given.getlist("as")[-1:]  # The button that was pressed comes after what the form proposes.
    chosen = next((line for line in lines if [str(line.pk)] == wanted), None)
    if chosen is None:
        raise refuse("row", "The lists say something else by now: look at the row again.")
    told = HistoryLine(
        text=given.get("text", "").strip() or chosen.text,
        rxcui="" if given.get("text", "").strip() else chosen.rxcui,
        directions=given.get("directions", "").strip() or chosen.directions,
        reason=chosen.reason,
        note=given.get("note", "").strip(),
        state=given.get("state") or State.ACTIVE,
        told_by=given.get("told_by", "").strip(),
        certainty=given.get("certainty") or "sure",
        last_taken=given.get("last_taken", "").strip(),
    )
    actions.add_history(encounter=encounter, line=told, rests_on=lines, by=request.user)
    return go_to(request, address("history", encounter))


@require("gather-history")
@require_POST
@answered
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A medicine that no source tells of."""
    encounter = get_object_or_404(Encounter, pk=pk)
    given = request.POST
    told = HistoryLine(
        text=given.get("text", "").strip(), directions=given.get("directions", "").strip(),
        told_by=given.get("told_by", "").strip(), last_taken=given.get("last_taken", "").strip(),
        reason=given.get("reason", "").strip(), certainty=given.get("certainty") or "sure",
    )  # fmt: skip
    actions.add_history(encounter=encounter, line=told, rests_on=[], by=request.user)
    return go_to(request, address("history", encounter))


@require("gather-history")
@require_POST
@answered
def take_back(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """An answer is taken back, and asked again."""
    told = get_object_or_404(HistoryLine.objects.select_related("encounter"), pk=line, encounter=pk)
    actions.drop_history(line=told, by=request.user)
    return go_to(request, address("history", told.encounter))


@require("gather-history")
@require_POST
@answered
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """The history is complete: on to the orders."""
    encounter = get_object_or_404(Encounter, pk=pk)
    done = actions.complete_history(encounter=encounter, version=seen_version(request), by=request.user)
    messages.success(request, "The history is complete.")
    return go_to(request, page_of(done))


@require("gather-history")
@require_POST
@answered
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The history is worked on again."""
    encounter = get_object_or_404(Encounter, pk=pk)
    actions.reopen_history(encounter=encounter, version=seen_version(request), by=request.user)
    return go_to(request, address("history", encounter))
