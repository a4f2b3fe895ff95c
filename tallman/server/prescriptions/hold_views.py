"""When a prescription is worked: holding, taking off hold, promising, cancelling, passing over."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tallman.server.prescriptions import actions
from tallman.server.prescriptions.pages import find, following, go_on, page_of, queue_page, seen_version
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["cancel", "hold", "next_one", "promise", "resume"]


@require("hold")
@require_POST
@answered
def hold(request: HttpRequest, rx_number: str) -> HttpResponse:
    """It waits, for a coded reason."""
    row = find(rx_number)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    actions.hold(prescription=row, version=seen_version(request), reason=reason, note=note, by=request.user)
    return go_on(request, row, "On hold")


@require("resume")
@require_POST
@answered
def resume(request: HttpRequest, rx_number: str) -> HttpResponse:
    """It goes on where it stood."""
    row = find(rx_number)
    resumed = actions.resume(prescription=row, version=seen_version(request), by=request.user)
    messages.success(request, f"Rx {rx_number} is off hold.")
    return go_to(request, page_of(resumed))


@require("enter")
@require_POST
@answered
def promise(request: HttpRequest, rx_number: str) -> HttpResponse:
    """When it will be ready, and whether the patient waits."""
    row = find(rx_number)
    said = {"priority": request.POST.get("priority", ""), "promised_at": _moment(request.POST.get("promised_at", ""))}
    actions.promise(prescription=row, version=seen_version(request), by=request.user, **said)
    messages.success(request, "The queue has the new time.")
    return go_to(request, reverse("prescriptions:show", kwargs={"rx_number": rx_number}))


def _moment(text: str) -> datetime | None:
    """A time as a date and time field gives it, in the pharmacy's time zone; None when it was left empty."""
    if not text.strip():
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError as error:
        raise refuse("promised-at", "Give the time as a date and a time of day.") from error


@require("cancel")
@require_POST
@answered
def cancel(request: HttpRequest, rx_number: str) -> HttpResponse:
    """It will not be filled."""
    row = find(rx_number)
    reason = request.POST.get("reason", "")
    actions.cancel(prescription=row, version=seen_version(request), reason=reason, by=request.user)
    return go_on(request, row, "Cancelled")


@require("read-work")
@require_safe
def next_one(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Pass over this one: the next of the same stage, or the queue after the last."""
    after = following(request, find(rx_number), is_skipping=True)
    return redirect(page_of(after) if after else queue_page())
