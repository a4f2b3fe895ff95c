"""The interview guide: one question at a time, answered by a key; what comes up is taken down at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tallman.server.patients.actions import record_fact, record_no_known_allergies
from tallman.server.patients.models import Allergy
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.guide_page import asked, following, row_about, told_alone
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine
from tallman.server.reconciliation.pages import find, numbers, stay_context, told_by_of
from tallman.server.reconciliation.probes import OPENING, PROBES, Ask, Then
from tallman.server.reconciliation.typed import TypedLine, read_line
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["answer", "guide", "none_known", "tell"]


@require("read-patients")
@require_safe
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question with who asked it and the answer; the one that is asked for, or the next, has the keys."""
    stay = find(pk)
    questions = asked(stay.encounter)
    wanted = request.GET.get("ask", "")
    if wanted not in {one.ask.code for one in questions}:
        wanted = following(questions, "")
    context = stay_context(request, stay) | {
        "opening": OPENING,
        "questions": questions,
        "current": wanted if request.user.can("gather-history") else "",
        "done": sum(one.answer is not None for one in questions),
        "told": told_alone(stay.encounter),
        "told_by": told_by_of(stay.encounter),
    }
    return render(request, "reconciliation/guide.html", context)


def _next(request: HttpRequest, encounter: Encounter, code: str) -> HttpResponse:
    return _at(request, encounter, following(asked(encounter), code))


def _at(request: HttpRequest, encounter: Encounter, code: str) -> HttpResponse:
    page = reverse("reconciliation:guide", kwargs={"pk": encounter.pk})
    return go_to(request, f"{page}?ask={code}" if code else page)


def _ask(code: str) -> Ask:
    found = next((ask for ask in PROBES if ask.code == code), None)
    if found is None:
        raise Http404("This is no question of the guide.")
    return found


@require("gather-history")
@require_POST
@answered
def answer(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Yes stays at the question, to take down what there is; no and "could not be asked" go on to the next."""
    ask, encounter = _ask(code), get_object_or_404(Encounter, pk=pk)
    said = request.POST.get("answer", "")
    actions.answer_probe(encounter=encounter, code=code, answer=said, by=request.user)
    return _at(request, encounter, ask.code) if said == "yes" else _next(request, encounter, code)


@require("gather-history")
@require_POST
@answered
def tell(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Something that came up; an empty field goes on to the next question."""
    ask, stay = _ask(code), find(pk)
    line = request.POST.get("lines", "").strip()
    if not line:
        return _next(request, stay.encounter, code)
    if ask.then is Then.ALLERGY:
        allergy = Allergy(substance=line[:240], reaction=request.POST.get("reaction", "").strip()[:240])
        record_fact(patient=stay.encounter.patient, fact=allergy, by=request.user)
        messages.success(request, f"On the record of allergies: {allergy}.")
    else:
        _take_down(request, stay, read_line(line))
    return _at(request, stay.encounter, code)


def _take_down(request: HttpRequest, stay: Stay, typed: TypedLine) -> None:
    """A line of the history; it answers the sources that tell of the same medicine."""
    row = row_about(stay, typed.medicine)
    if row and not typed.directions and not typed.note:
        where = row.told[0].source.name
        raise refuse("listed", f"{row.name.capitalize()} stands on a list ({where}): say how it is taken.")
    told = HistoryLine(
        text=typed.row.text, rxcui=typed.row.rxcui, directions=typed.row.directions, note=typed.note, state=typed.state,
        told_by=request.POST.get("told_by", "").strip(),
    )  # fmt: skip
    rests_on = list(ListLine.objects.filter(pk__in=numbers(row))) if row else []
    actions.add_history(encounter=stay.encounter, line=told, rests_on=rests_on, by=request.user)
    beside = f" It answers {row.told[0].source.name} too." if row else ""
    messages.success(request, f"Taken down: {told}.{beside}")


@require("gather-history")
@require_POST
@answered
def none_known(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient was asked and knows of no allergy: that goes on the record."""
    encounter = get_object_or_404(Encounter.objects.select_related("patient"), pk=pk)
    record_no_known_allergies(patient=encounter.patient, by=request.user)
    code = next(ask.code for ask in PROBES if ask.then is Then.ALLERGY)
    actions.answer_probe(encounter=encounter, code=code, answer="no", by=request.user)
    return _next(request, encounter, code)
