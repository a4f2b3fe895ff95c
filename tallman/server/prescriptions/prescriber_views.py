"""Those who write prescriptions: find them, add them, put their record right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tallman.server.audit.queries import history_of
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.matching.prescribers import prescribers_called
from tallman.server.prescriptions.models import Prescriber, Prescription
from tallman.server.prescriptions.prescriber_forms import SCHEDULES, PrescriberRecordForm
from tallman.server.prescriptions.queries import OPEN
from tallman.server.prescriptions.timeline import moments
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["edit", "new", "prescriber", "prescribers"]

PAGE = 50
SOON = timedelta(days=60)


@require("read-work")
@require_safe
def prescribers(request: HttpRequest) -> HttpResponse:
    """Everybody whose name, practice or number fits what is typed; with `ending`, whose registration ends soon."""
    text, ending = request.GET.get("q", "").strip(), "ending" in request.GET
    found, today = prescribers_called(text), clock.today()
    if ending:
        found = found.filter(dea_until__lt=today + SOON).order_by("dea_until", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    name = "prescriber_rows" if request.headers.get("HX-Request") else "prescribers"
    context = {"page": page, "q": text, "ending": ending, "today": today, "soon": today + SOON}
    return render(request, f"prescriptions/{name}.html", context)


@require("read-work")
@require_safe
def prescriber(request: HttpRequest, pk: int) -> HttpResponse:
    """One record, what is doubtful in it, what waits of this prescriber, and who changed what."""
    row = get_object_or_404(Prescriber, pk=pk)
    waiting = Prescription.objects.filter(prescriber=row, stage__in=OPEN).order_by("due_at", "pk")
    context = {
        "prescriber": row,
        "schedules": [text for code, text in SCHEDULES if code in row.dea_schedules],
        "doubts": row.doubts(clock.today()),
        "waiting": waiting[:PAGE],
        "moments": moments(history_of(row)),
    }
    return render(request, "prescriptions/prescriber.html", context)


@require("enter")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody who is not on record yet."""
    form = PrescriberRecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.add_prescriber(by=request.user, **form.cleaned_data)
        messages.success(request, f"{row} is on record.")
        return redirect("prescriptions:prescriber", pk=row.pk)
    context = {"form": form, "title": "New prescriber"}
    return render(request, "prescriptions/prescriber_form.html", context, status=422 if form.errors else 200)


@require("edit-prescribers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the record right. What somebody else changed meanwhile is told, not written over."""
    row = get_object_or_404(Prescriber, pk=pk)
    meant: Any = Prescriber.objects.get(pk=pk)
    form = PrescriberRecordForm(request.POST or None, instance=meant, may_decide=request.user.can("decide"))
    said = request.POST.get("version", "") if request.method == "POST" else str(row.version)
    version, status = int(said) if said.isdecimal() else 0, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_prescriber(prescriber=row, version=version, changes=form.cleaned_data, by=request.user)
            messages.success(request, f"{meant}: saved.")
            return redirect("prescriptions:prescriber", pk=pk)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            version, status = row.version, 409
        except (Refused, ValidationError) as error:
            form.add_error(None, str(error) if isinstance(error, Refused) else error)
    context = {"form": form, "title": "Edit the prescriber", "prescriber": row, "version": version}
    status = status if status != 200 or not form.errors else 422
    return render(request, "prescriptions/prescriber_form.html", context, status=status)
