"""A prescription that came by telephone, on paper or by fax: taken down, then entered like any other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tallman.server.prescriptions import actions
from tallman.server.prescriptions.forms import NewPrescriptionForm
from tallman.server.prescriptions.taken_down import as_received
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["new"]


@require("enter")
@require_http_methods(["GET", "POST"])
@answered
def new(request: HttpRequest) -> HttpResponse:
    """Take it down word for word; entry opens next."""
    form = NewPrescriptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.receive(
            received=as_received(said), origin=said["origin"], priority=said["priority"], by=request.user
        )
        return go_to(request, reverse("prescriptions:entry", kwargs={"rx_number": row.rx_number}))
    return render(request, "prescriptions/new.html", {"form": form}, status=422 if form.errors else 200)
