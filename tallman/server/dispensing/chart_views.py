"""What a patient takes home on paper or in the telephone: the chart of the day, and reminders."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallman.core.sig import parse, say
from tallman.core.sig.say_es import say_in_spanish
from tallman.documents.chart import chart_pdf
from tallman.documents.sheet import UnprintableText
from tallman.interchange.ical.write import Entry, calendar
from tallman.server.dispensing.chart_of import chart_of, in_use
from tallman.server.dispensing.label_of import pharmacy
from tallman.server.patients.models import Patient
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["chart", "reminders"]


@require("read-work")
@require_safe
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart of the medicines in use; `?lang=es` in Spanish, `?size=large` for weak eyes."""
    patient = get_object_or_404(Patient, pk=pk)
    today = clock.today()
    language = "es" if request.GET.get("lang") == "es" else "en"
    place = pharmacy()
    try:
        document = chart_pdf(
            chart_of(patient, in_use(patient, today), on=today, language=language),
            pharmacy=" · ".join(filter(None, [place.name, place.phone])),
            is_large=request.GET.get("size") == "large",
        )
    except UnprintableText as error:
        return HttpResponse(f"{error} Write it with other letters.\n", status=422, content_type="text/plain")
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="medicines.pdf"'}
    )


@require("read-work")
@require_safe
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminders for the calendar of a telephone, each from the day it began; `?lang=es` in Spanish."""
    patient = get_object_or_404(Patient, pk=pk)
    today = clock.today()
    words = say_in_spanish if request.GET.get("lang") == "es" else say
    entries = []
    for row in in_use(patient, today):
        sig = parse(row.directions)
        entries.append(Entry(row.medicine, words(sig) or row.directions, sig, row.since))
    found, _ = calendar(entries, written=timezone.now())
    return HttpResponse(
        found, content_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="reminders.ics"'}
    )
