"""Finding people, and the record of one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallman.server.accounts.idle import safe_next
from tallman.server.patients import actions
from tallman.server.patients.forms import FactKind, PatientForm, kind_of
from tallman.server.patients.models import Patient
from tallman.server.patients.queries import find
from tallman.server.patients.record import record_of
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["add_fact", "edit", "end_fact", "new", "no_known_allergies", "patient", "patients", "tell_apart"]

PAGE = 50


@require("read-patients")
@require_safe
def patients(request: HttpRequest) -> HttpResponse:
    """Everybody whose name, phone number or birth date begins as typed."""
    text = request.GET.get("q", "").strip()
    birth_date = _day(request.GET.get("born", "")) or _day(text)
    found = find("" if _day(text) else text, birth_date=birth_date)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    template = "patients/rows.html" if request.headers.get("HX-Request") else "patients/list.html"
    return render(request, template, {"page": page, "q": text, "born": request.GET.get("born", "")})


def _day(text: str) -> Any:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


@require("edit-patients")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody who was not here before."""
    form = PatientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_patient(person=form.cleaned_data, by=request.user)
        return redirect("patients:patient", pk=added.pk)
    return render(request, "patients/form.html", {"form": form, "title": "New patient"}, status=_status(form))


@require("read-patients")
@require_safe
def patient(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on record about one person."""
    row = get_object_or_404(Patient, pk=pk)
    may_edit, may_refute = request.user.can("edit-patients"), request.user.can("decide")
    record = record_of(row, clock.today())
    context = {"patient": row, "record": record, "may_edit": may_edit, "may_refute": may_refute}
    return render(request, "patients/patient.html", context)


@require("edit-patients")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct name, birth date, address and the like."""
    row = get_object_or_404(Patient, pk=pk)
    form = PatientForm(request.POST or None, instance=Patient.objects.get(pk=pk))
    said = request.POST.get("version", "") if request.method == "POST" else str(row.version)
    version = int(said) if said.isdecimal() else 0
    status = _status(form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_patient(patient=row, version=version, changes=form.cleaned_data, by=request.user)
            return redirect("patients:patient", pk=pk)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            version, status = row.version, 409
    context = {"form": form, "title": "Edit the patient", "patient": row, "version": version}
    return render(request, "patients/form.html", context, status=status)


@require("edit-patients")
@require_http_methods(["GET", "POST"])
def add_fact(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An allergy, condition, measurement, medicine from elsewhere or coverage more."""
    fact, row = _kind(kind), get_object_or_404(Patient, pk=pk)
    form = fact.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_fact(patient=row, fact=form.save(commit=False), by=request.user)
        messages.success(request, f"{fact.title} recorded.")
        return redirect("patients:patient", pk=pk)
    return render(
        request, "patients/form.html", {"form": form, "title": fact.title, "patient": row}, status=_status(form)
    )


@require("edit-patients")
@require_POST
def end_fact(request: HttpRequest, pk: int, kind: str, fact: int) -> HttpResponse:
    """It is no longer so: stopped, resolved, ended, refuted. An allergy is a pharmacist's to refute."""
    about = _kind(kind)
    row = get_object_or_404(about.model, pk=fact, patient=pk)
    changes = {name: clock.today() if value == "today" else value for name, value in about.ending.items()}
    try:
        actions.correct_fact(fact=row, changes=changes, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("patients:patient", pk=pk)


@require("edit-patients")
@require_POST
def no_known_allergies(request: HttpRequest, pk: int) -> HttpResponse:
    """The person was asked and knows of none."""
    try:
        actions.record_no_known_allergies(patient=get_object_or_404(Patient, pk=pk), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("patients:patient", pk=pk)


@require("edit-patients")
@require_POST
@answered
def tell_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two records that look like one person's belong to two."""
    patient, second = get_object_or_404(Patient, pk=pk), get_object_or_404(Patient, pk=other)
    actions.tell_apart(patient=patient, other=second, why=request.POST.get("why", ""), by=request.user)
    messages.success(request, f"Records {pk} and {other} are two people.")
    return go_to(
        request, safe_next(request, request.POST.get("next")) or reverse("patients:patient", kwargs={"pk": pk})
    )


def _kind(key: str) -> FactKind:
    found = kind_of(key)
    if found is None:
        raise Http404("There is no such kind of fact.")
    return found


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
