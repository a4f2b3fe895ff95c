"""Holding, taking off hold, cancelling, and passing over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from tallman.server.prescriptions import actions
from tallman.server.prescriptions.pages import find, following, go_on, page_of, queue_page, seen_version
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["cancel", "hold", "next_one", "resume"]


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
