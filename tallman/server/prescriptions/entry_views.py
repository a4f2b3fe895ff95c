"""Entry: turning what was received into a prescription, the original beside the form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from tallman.core.workflow import Action, Stage
from tallman.server.patients.actions import add_patient as add_person
from tallman.server.patients.actions import record_fact
from tallman.server.patients.forms import PatientForm
from tallman.server.patients.models import Allergy
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.entry_page import live as live_context
from tallman.server.prescriptions.entry_page import pick, picks, replaceable
from tallman.server.prescriptions.forms import EntryForm
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.pages import find, go_on, seen_version, step_context, why_not
from tallman.server.prescriptions.picker import listing
from tallman.server.prescriptions.prescriber_forms import PrescriberForm
from tallman.server.prescriptions.sent_allergies import unrecorded_allergies
from tallman.server.prescriptions.taken_down import as_patient, as_prescriber
from tallman.server.refusal import Refused
from tallman.server.web.access import require
from tallman.server.web.answers import answered

__all__ = ["add_allergies", "add_patient", "add_prescriber", "choices", "entry", "live", "products", "replaces"]

_PATIENT_ID, _PRESCRIBER_ID = "new_patient_%s", "new_prescriber_%s"  # both forms are on the page at once
_PICKS = ("patient", "prescriber", "product")


@require("read-work", to_change="enter")
@require_http_methods(["GET", "POST"])
@answered
def entry(request: HttpRequest, rx_number: str) -> HttpResponse:
    """The page, and saving what was typed. What does not do comes back at its field, everything kept."""
    row = find(rx_number)
    if request.method == "POST" and (name := request.POST.get("find")) in _PICKS:
        return _looked_up(request, row, name)
    if request.method == "POST":
        form = _form(row, request.POST)
        if (saved := _save(request, row, form)) is not None:
            return saved
        part = request.headers.get("HX-Request") is not None
        context = _page(request, row, form)
        return render(request, f"prescriptions/{'entry_fields' if part else 'entry'}.html", context, status=422)
    return render(request, "prescriptions/entry.html", _page(request, row, _form(row)))


def _looked_up(request: HttpRequest, row: Prescription, name: str) -> HttpResponse:
    """The page with what one of the choices was looked up by, for a browser without scripts. Saves nothing."""
    form = _form(row, request.POST)
    form.errors.clear()  # nobody said yet that this is all
    context = _page(request, row, form, {name: request.POST.get(f"find-{name}", "")})
    return render(request, "prescriptions/entry.html", context)


def _form(row: Prescription, data: Any = None) -> EntryForm:
    return EntryForm(row, data, is_correction=row.stage != Stage.RECEIVED)


def _save(request: HttpRequest, row: Prescription, form: EntryForm) -> HttpResponse | None:
    """Enter or correct it and go on; None when something was refused, which the form then says. Raises Conflict."""
    version = seen_version(request)
    if not form.is_valid():
        return None
    try:
        said = {"prescription": row, "version": version, "entry": form.draft(), "by": request.user}
        if row.stage == Stage.RECEIVED:
            actions.enter(**said)
            return go_on(request, row, "Entered")
        actions.correct(reason=form.cleaned_data["reason"], **said)
        return go_on(request, row, "Corrected")
    except Refused as error:
        form.refuse(error.refusals)
        return None


def _page(
    request: HttpRequest, row: Prescription, form: EntryForm, typed: dict[str, str] | None = None
) -> dict[str, Any]:
    context = step_context(request, row)
    action = Action.ENTER if row.stage == Stage.RECEIVED else Action.CORRECT
    return context | live_context(row, form) | {
        "form": form,
        "picks": picks(row, form, typed),
        "replaceable": replaceable(row, form),
        "entering": why_not(context["work"], action, request),
        "is_correction": action is Action.CORRECT,
        "patient_form": PatientForm(initial=as_patient(row.received), auto_id=_PATIENT_ID),
        "prescriber_form": PrescriberForm(initial=as_prescriber(row.received), auto_id=_PRESCRIBER_ID),
    }  # fmt: skip


@require("enter")
@require_POST
def live(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Reading, arithmetic and findings for what is typed so far. Writes nothing, refuses nothing."""
    row = find(rx_number)
    form = _form(row, request.POST)
    return render(request, "prescriptions/entry_live.html", live_context(row, form) | {"rx": row, "form": form})


@require("enter")
@require_POST
def replaces(request: HttpRequest, rx_number: str) -> HttpResponse:
    """The prescriptions that the one in entry may replace, for the patient and product chosen now."""
    row = find(rx_number)
    form = _form(row, request.POST)
    return render(
        request, "prescriptions/entry_replaces.html", {"rx": row, "replaceable": replaceable(row, form), "form": form}
    )


@require("enter")
@require_POST
def choices(request: HttpRequest, rx_number: str, name: str) -> HttpResponse:
    """Candidates for what somebody typed into one of the three choices; for nothing typed, those of the message, with
    the one just chosen."""
    if name not in _PICKS:
        raise Http404
    row = find(rx_number)
    found = pick(row, name, typed=request.POST.get(f"find-{name}", ""), chosen=request.POST.get(name, ""))
    return render(request, "prescriptions/candidates.html", {"pick": found, "rx": row})


@require("enter")
@require_safe
def products(request: HttpRequest, rx_number: str) -> HttpResponse:
    """What the product picker lists for the letters or the code in `q`. Chooses nothing."""
    found = listing(find(rx_number), request.GET.get("q", ""))
    return render(request, "prescriptions/product_list.html", {"listing": found})


@require("edit-patients")
@require_POST
@answered
def add_patient(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Somebody who is not on record yet; chosen at once."""
    row = find(rx_number)
    form = PatientForm(request.POST, auto_id=_PATIENT_ID)
    if not form.is_valid():
        return _again(request, row, form, "patient")
    patient = add_person(person=form.cleaned_data, by=request.user)
    return _chosen(request, row, "patient", patient.pk)


@require("enter")
@require_POST
@answered
def add_prescriber(request: HttpRequest, rx_number: str) -> HttpResponse:
    """A prescriber who is not on record yet; chosen at once."""
    row = find(rx_number)
    form = PrescriberForm(request.POST, auto_id=_PRESCRIBER_ID)
    if not form.is_valid():
        return _again(request, row, form, "prescriber")
    try:
        prescriber = actions.add_prescriber(by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _again(request, row, form, "prescriber")
    return _chosen(request, row, "prescriber", prescriber.pk)


def _again(request: HttpRequest, row: Prescription, form: Any, name: str) -> HttpResponse:
    response = render(request, "prescriptions/add_fields.html", {"form": form, "rx": row}, status=422)
    return retarget(reswap(response, "innerHTML"), f"#add-{name}-fields")


def _chosen(request: HttpRequest, row: Prescription, name: str, pk: int) -> HttpResponse:
    found = pick(row, name, chosen=str(pk))
    return render(request, "prescriptions/candidates.html", {"pick": found, "rx": row})


@require("edit-patients")
@require_POST
@answered
def add_allergies(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Put the allergies that the message names on the record of the patient chosen now, and look again."""
    row = find(rx_number)
    form = _form(row, request.POST)
    patient = form.draft().patient
    if patient is not None:
        for said in unrecorded_allergies(row, patient):
            known = {name: said.get(name) or "" for name in ("substance", "reaction", "severity")}
            record_fact(patient=patient, fact=Allergy(**known), by=request.user)
    return render(request, "prescriptions/entry_live.html", live_context(row, form) | {"rx": row, "form": form})
