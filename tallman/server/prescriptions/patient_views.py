"""What a patient gets here, as a part of the patient's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallman.server.prescriptions.models import Prescription
from tallman.server.web.access import require

__all__ = ["of_patient"]

MOST = 100


@require("read-work")
@require_safe
def of_patient(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest prescriptions of one person, those in work first."""
    rows = Prescription.objects.filter(patient=pk).select_related("prescriber").order_by("-pk")[:MOST]
    done = ("handed-over", "cancelled", "returned-to-stock")
    ordered = sorted(rows, key=lambda row: row.stage in done)
    return render(request, "prescriptions/of_patient.html", {"rows": ordered})
