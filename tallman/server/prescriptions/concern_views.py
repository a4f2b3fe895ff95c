"""Raising concerns, and answering them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallman.core.workflow import Action
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Concern
from tallman.server.prescriptions.pages import find, page_of, step_context, why_not
from tallman.server.prescriptions.queries import every_open_concern
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["concern", "concerns", "raise_concern"]


@require("raise-concern")
@require_POST
@answered
def raise_concern(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Raise one. With htmx the page stays as it is, with what is typed on it, and shows the concern."""
    row = find(rx_number)
    said = {name: request.POST.get(name, "") for name in ("kind", "what", "why")}
    actions.raise_concern(prescription=row, how_sure=request.POST.get("how_sure") or "unsure", by=request.user, **said)
    if not request.headers.get("HX-Request"):
        messages.success(request, RAISED)
        return go_to(request, page_of(row))
    context = step_context(request, row) | {"said": RAISED}
    response = render(request, "prescriptions/raised.html", context)
    response.headers["HX-Trigger"] = "close-dialogs"
    return response


RAISED = "Concern raised. It goes no further until a pharmacist has answered."


@require("read-work")
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """Every concern that waits for an answer, oldest first."""
    return render(request, "prescriptions/concerns.html", {"concerns": every_open_concern()})


@require("read-work", to_change="answer-concern")
@require_http_methods(["GET", "POST"])
@answered
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """One concern with its prescription; POST answers it."""
    asked = get_object_or_404(Concern.objects.select_related("prescription", "raised_by", "answered_by"), pk=pk)
    row = find(asked.prescription.rx_number or "")
    if request.method == "POST":
        actions.answer_concern(concern=asked, answer=request.POST.get("answer", ""), by=request.user)
        messages.success(request, f"Answered. {asked.raised_by} reads it on Rx {row.rx_number}.")
        return go_to(request, _next_concern(pk) or page_of(row))
    context = step_context(request, row)
    context |= {"concern": asked, "refusals": why_not(context["work"], Action.ANSWER_CONCERN, request)}
    return render(request, "prescriptions/concern.html", context)


def _next_concern(pk: int) -> str:
    found = every_open_concern().exclude(pk=pk).first()
    return reverse("prescriptions:concern", kwargs={"pk": found.pk}) if found else ""
