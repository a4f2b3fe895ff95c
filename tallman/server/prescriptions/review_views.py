"""The clinical review, and the page that shows everything about a prescription."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tallman.core.workflow import Action
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.findings import current_medicines, findings_of, history_of_patient, not_checked
from tallman.server.prescriptions.models import Finding, Prescription
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.prescriptions.pages import find, go_on, keyed, page_of, seen_version, step_context, why_not
from tallman.server.prescriptions.queries import OPEN, work_of
from tallman.server.prescriptions.screenings import is_outdated
from tallman.server.prescriptions.timeline import timeline
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["approve", "decide", "review", "send_back", "show"]


@require("read-work")
@require_safe
def review(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Findings with what was decided, the original and the patient's other medicines beside them."""
    row = find(rx_number)
    context = step_context(request, row)
    work, found, medicines = context["work"], findings_of(row), current_medicines(row)
    context |= {
        "findings": found,
        "not_checked": not_checked(row),
        "chosen": _chosen(request, found) if request.user.can("decide") else None,
        "deciding": why_not(work, Action.DECIDE, request),
        "approving": why_not(work, Action.APPROVE, request),
        "sending_back": why_not(work, Action.SEND_BACK, request),
        "correcting": why_not(work, Action.CORRECT, request),
        "outcomes": [(str(key), o) for key, o in enumerate(OUTCOMES.values(), 1)],
        "here": page_of(row),
        "medicines": medicines,
        "history": history_of_patient(row, medicines),
    }
    return render(request, "prescriptions/review.html", context)


def _chosen(request: HttpRequest, found: list[Finding]) -> int | None:
    """The finding that the outcome keys decide: the one asked for, else the gravest undecided one."""
    wanted = request.GET.get("finding", "")
    open_ones = [f.pk for f in found if f.is_interruptive and f.decision is None]
    asked = [f.pk for f in found if f.is_interruptive and str(f.pk) == wanted]
    return next(iter(asked + open_ones), None)


@require("decide")
@require_POST
@answered
def decide(request: HttpRequest, rx_number: str, pk: int) -> HttpResponse:
    """A coded outcome for one finding, and the reason. Then the next undecided one."""
    finding = get_object_or_404(Finding.objects.select_related("prescription"), pk=pk)
    if finding.prescription.rx_number != rx_number:
        raise Http404
    said = {name: request.POST.get(name, "") for name in ("outcome", "reason")}
    actions.decide(finding=finding, version=seen_version(request), by=request.user, **said)
    return go_to(request, reverse("prescriptions:review", kwargs={"rx_number": rx_number}))


@require("approve")
@require_POST
@answered
def approve(request: HttpRequest, rx_number: str) -> HttpResponse:
    """The clinical review is done. What was screened on another day or with other knowledge is screened again first;
    when that finds something new, the page opens once more."""
    row, version = find(rx_number), seen_version(request)
    if row.version == version and is_outdated(row):
        version = actions.rescreen(prescription=row, by=request.user).version
        if why_not(work_of(find(rx_number)), Action.APPROVE, request):
            messages.warning(request, "It was screened again with what is known today, and something was found.")
            return go_to(request, reverse("prescriptions:review", kwargs={"rx_number": rx_number}))
    actions.approve(prescription=row, version=version, by=request.user)
    return go_on(request, row, "Approved")


@require("send-back")
@require_POST
@answered
def send_back(request: HttpRequest, rx_number: str) -> HttpResponse:
    """It must be entered again, for a reason in words."""
    row = find(rx_number)
    reason = request.POST.get("reason", "")
    actions.send_back(prescription=row, version=seen_version(request), reason=reason, by=request.user)
    return go_on(request, row, "Sent back to entry")


@require("read-work")
@require_safe
def show(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Everything about a prescription; nothing is worked here but holding, cancelling and concerns."""
    row = find(rx_number)
    context = step_context(request, row)
    context |= {
        "findings": findings_of(row),
        "not_checked": not_checked(row),
        "every_concern": row.concerns.select_related("raised_by", "answered_by"),
        "holds": row.holds.select_related("by", "released_by"),
        "fills": row.fills.select_related("filled_by", "checked_by"),
        "moments": timeline(row),
        "medicines": current_medicines(row),
        "cancelling": why_not(context["work"], Action.CANCEL, request),
        "correcting": why_not(context["work"], Action.CORRECT, request),
        "here": page_of(row),
        "promising": keyed(Prescription.PRIORITIES) if request.user.can("enter") and row.stage in OPEN else [],
    }
    return render(request, "prescriptions/show.html", context)
