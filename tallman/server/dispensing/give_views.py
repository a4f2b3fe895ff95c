"""The pages for handing over, for what is owed, and for what goes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tallman.core.workflow import PHARMACISTS, Action, Stage
from tallman.server.accounts.models import User
from tallman.server.dispensing import actions, queries
from tallman.server.dispensing.fill_page import shelf
from tallman.server.dispensing.models import HandOver
from tallman.server.dispensing.rest import rest_until
from tallman.server.dispensing.wording import quantity_text
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.pages import find, go_on, page_of, queue_page, seen_version, step_context, why_not
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["hand_over", "owed", "return_to_stock"]


@require("read-work", to_change="hand-over")
@require_http_methods(["GET", "POST"])
@answered
def hand_over(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Two identifiers, counselling, and who picks it up."""
    row = find(rx_number)
    if request.method == "POST":
        return _hand_over(request, row)
    context = step_context(request, row)
    counsellors = list(User.objects.filter(role__in=PHARMACISTS, is_active=True))
    context |= {
        "fill": queries.open_fill(row),
        "together": queries.waiting_for(row),
        "identifiers": _identifiers(row),
        "relationships": HandOver.RELATIONSHIPS,
        "counsellors": sorted(counsellors, key=lambda u: u.pk != request.user.pk),
        "handing": why_not(context["work"], Action.HAND_OVER, request),
        "returning": why_not(context["work"], Action.RETURN_TO_STOCK, request),
    }
    return render(request, "dispensing/hand_over.html", context)


def _identifiers(row: Prescription) -> list[tuple[str, str, str, str]]:
    """Key, code and name of each identifier, and what is on record for it."""
    patient = row.patient
    known = {
        "name": row.patient_name,
        "birth-date": f"{patient.birth_date:%B} {patient.birth_date.day}, {patient.birth_date.year}" if patient else "",
        "address": patient.address if patient else "",
        "phone": patient.phone if patient else "",
        "photo-id": row.patient_name,
    }
    return [(str(n), code, text, known[code]) for n, (code, text) in enumerate(HandOver.IDENTIFIERS, 1)]


def _hand_over(request: HttpRequest, row: Prescription) -> HttpResponse:
    first, second = [*request.POST.getlist("identifier"), "", ""][:2]
    said: dict[str, Any] = {n: request.POST.get(n, "") for n in ("counselling", "picked_up_by", "relationship")}
    number = request.POST.get("counselled_by", "")
    if said["counselling"] == "accepted" and number.isdecimal():
        said["counselled_by"] = User.objects.filter(pk=number).first()
    version = seen_version(request)
    actions.hand_over(
        prescription=row, version=version, first_identifier=first, second_identifier=second, by=request.user, **said
    )  # fmt: skip
    return _after(request, row)


def _after(request: HttpRequest, row: Prescription) -> HttpResponse:
    """What else waits for the same person; else the queue, never the record of somebody else."""
    other = queries.waiting_for(row).filter(prescription__stage=Stage.READY).first()
    if other is not None:
        messages.success(request, f"Rx {row.rx_number}: handed over. This waits for the same patient.")
        return go_to(request, page_of(other.prescription))
    messages.success(request, f"Rx {row.rx_number}: handed over.")
    return go_to(request, f"{queue_page()}?stage={Stage.READY}")


@require("read-work", to_change="complete-owed")
@require_http_methods(["GET", "POST"])
@answered
def owed(request: HttpRequest, rx_number: str) -> HttpResponse:
    """What is still to come; POST takes it up and opens the page for filling."""
    row = find(rx_number)
    if request.method == "POST":
        after = actions.complete_owed(prescription=row, version=seen_version(request), by=request.user)
        messages.success(request, f"Rx {row.rx_number}: fill the rest now.")
        return go_to(request, page_of(after))
    context = step_context(request, row)
    context |= {
        "given": queries.given(row),
        "owed_text": quantity_text(row.owed_quantity, row.quantity_unit),
        "rest_until": rest_until(row),
        "shelf": shelf(row),
        "completing": why_not(context["work"], Action.COMPLETE_OWED, request),
    }
    return render(request, "dispensing/owed.html", context)


@require("read-work", to_change="return-to-stock")
@require_http_methods(["GET", "POST"])
@answered
def return_to_stock(request: HttpRequest, rx_number: str) -> HttpResponse:
    """What goes back on the shelf, and why."""
    row = find(rx_number)
    if request.method == "POST":
        version, reason = seen_version(request), request.POST.get("reason", "")
        actions.return_to_stock(prescription=row, version=version, reason=reason, by=request.user)
        return go_on(request, row, "Returned to stock")
    context = step_context(request, row)
    fill = queries.open_fill(row)
    context |= {
        "fill": fill,
        "lines": queries.lines(fill) if fill else [],
        "reasons": ["Not picked up", "The patient does not want it", "The prescriber stopped it", "Filled in error"],
        "returning": why_not(context["work"], Action.RETURN_TO_STOCK, request),
    }
    return render(request, "dispensing/return.html", context)
