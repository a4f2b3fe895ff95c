"""The label as a PDF to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tallman.documents.label import label_pdf
from tallman.documents.sheet import UnprintableText
from tallman.server.dispensing.label_of import label_of
from tallman.server.prescriptions.models import Prescription
from tallman.server.web.access import require

__all__ = ["label"]


@require("read-work")
@require_safe
def label(request: HttpRequest, rx_number: str) -> HttpResponse:
    """The label of the newest fill, or of the fill that `?fill=` numbers; before filling, a preview."""
    row = get_object_or_404(Prescription.objects.select_related("patient", "prescriber"), rx_number=rx_number)
    fills = row.fills.select_related("filled_by", "checked_by").order_by("-number")
    number = request.GET.get("fill", "")
    fill = get_object_or_404(fills, number=number) if number.isdecimal() else fills.first()
    try:
        document = label_pdf(label_of(row, fill))
    except UnprintableText as error:
        return HttpResponse(f"{error} Write it with other letters.\n", status=422, content_type="text/plain")
    name = f"label-{row.rx_number}.pdf"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
