"""The records that somebody has to complete."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallman.server.prescriptions.incomplete import incomplete
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["records"]


@require("read-patients")
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Everybody with a prescription in work whose record lacks what the checks need."""
    return render(request, "prescriptions/records.html", {"rows": incomplete(clock.today())})
