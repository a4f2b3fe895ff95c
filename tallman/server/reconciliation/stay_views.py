"""A stay by hand, where no message of the hospital makes it: coming, moving, going home, and what was put wrong."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallman.server.patients.models import Patient
from tallman.server.patients.queries import find as find_patients
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.forms import MomentForm, NewStayForm, StayForm
from tallman.server.reconciliation.models import Encounter
from tallman.server.reconciliation.pages import find, page_of, seen_version, stay_context
from tallman.server.reconciliation.worklist import open_stays, units
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["admit", "cancel", "change", "edit", "leave", "new", "plan_discharge"]

MOST_FOUND = 20


@require("gather-history")
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Whose stay it is: the patient is found first."""
    text = request.GET.get("q", "").strip()
    found = Paginator(find_patients(text), MOST_FOUND).get_page(1) if text else None
    here = set(open_stays().filter(patient__in=list(found or [])).values_list("patient", flat=True)) if found else set()
    context = {"q": text, "found": found, "here": here}
    part = request.headers.get("HX-Request")
    return render(request, f"reconciliation/{'choose_rows' if part else 'choose'}.html", context)


@require("gather-history")
@require_http_methods(["GET", "POST"])
@answered
def admit(request: HttpRequest, patient: int) -> HttpResponse:
    """A stay of this patient; the lists that the pharmacy itself can make are there at once."""
    person = get_object_or_404(Patient, pk=patient)
    form = NewStayForm(request.POST or None, initial={"admitted_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        made = actions.admit(
            patient=person, by=request.user, at=said.pop("admitted_at"), visit_number=said.pop("visit_number"),
            facts=said,
        )  # fmt: skip
        messages.success(request, f"{person} is on the worklist.")
        return go_to(request, page_of(made))
    context = {"form": form, "patient": person, "units": units(), "here": list(open_stays().filter(patient=person))}
    return render(request, "reconciliation/new.html", context, status=422 if form.errors else 200)


@require("gather-history")
@require_safe
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be changed of the stay itself."""
    return _edit_page(request, pk)


def _edit_page(request: HttpRequest, pk: int, form: StayForm | None = None) -> HttpResponse:
    stay = find(pk)
    context = stay_context(request, stay) | {
        "form": form or StayForm(instance=stay.encounter),
        "left": MomentForm(initial={"at": clock.now()}),
        "units": units(),
    }
    return render(request, "reconciliation/edit.html", context, status=422 if form else 200)


@require("gather-history")
@require_POST
@answered
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another place because the patient moved, or facts that were put wrong: the button that was pressed says which."""
    row = get_object_or_404(Encounter, pk=pk)
    form = StayForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, pk, form)
    has_moved = request.POST.get("deed") == "moved"
    if has_moved and form.cleaned_data["unit"] == row.unit:
        raise refuse("unit", f"The unit is still {row.unit or 'not known'}: write the new one.")
    deed = actions.transfer if has_moved else actions.update
    at = max(clock.now(), row.heard_at)
    done = deed(encounter=row, at=at, facts=form.cleaned_data, by=request.user, version=seen_version(request))
    messages.success(request, "Moved: the orders are compared again." if has_moved else "Put right.")
    return go_to(request, page_of(done) if has_moved else reverse("reconciliation:edit", kwargs={"pk": pk}))


@require("gather-history")
@require_POST
@answered
def plan_discharge(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient is being prepared to go home."""
    row = get_object_or_404(Encounter, pk=pk)
    done = actions.plan_discharge(encounter=row, version=seen_version(request), by=request.user)
    messages.success(request, "Going home: the lists are compared for the discharge.")
    return go_to(request, page_of(done))


@require("gather-history")
@require_POST
@answered
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient has gone home."""
    row = get_object_or_404(Encounter, pk=pk)
    done = actions.discharge(
        encounter=row, at=_moment(request), version=seen_version(request), by=request.user
    )  # fmt: skip
    messages.success(request, f"{row.patient} has gone home.")
    return go_to(request, page_of(done))


def _moment(request: HttpRequest) -> datetime:
    form = MomentForm(request.POST)
    if not form.is_valid():
        raise refuse("at", str(next(iter(form.errors["at"]))))
    moment: datetime = form.cleaned_data["at"]
    return moment


@require("gather-history")
@require_POST
@answered
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The admission, the discharge, or the plan to discharge was entered by mistake."""
    row = get_object_or_404(Encounter, pk=pk)
    asked = request.POST.get("what")
    what = asked if asked in ("discharge", "plan") else "admission"
    at = max(clock.now(), row.heard_at)
    actions.cancel(encounter=row, at=at, what=what, version=seen_version(request), by=request.user)
    messages.success(request, f"The {'planned discharge' if what == 'plan' else what} is taken back.")
    return go_to(request, reverse("reconciliation:edit", kwargs={"pk": pk}))
