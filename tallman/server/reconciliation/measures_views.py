"""The measures, as a page and as a file."""

from __future__ import annotations

import csv
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallman.server.reconciliation.measures import Measures, Period, measures_of
from tallman.server.reconciliation.models import Encounter
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["measures", "measures_file"]

DAYS = {"30": "3", "90": "9"}
"""How far back one may look, and the key of each."""


@require("read-patients")
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """The numbers of a period with what they count."""
    found, days = _measured(request)
    units = Encounter.objects.exclude(unit="").order_by("unit").values_list("unit", flat=True).distinct()
    context = {"found": found, "days": days, "choices": DAYS.items(), "units": list(units), "unit": found.period.unit}
    return render(request, "reconciliation/measures.html", context)


@require("read-patients")
@require_safe
def measures_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV, a number a row."""
    found, days = _measured(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reconciliation-{found.period.until}-{days}-days.csv"'
    write = csv.writer(response)
    period = [found.period.since, found.period.until, _text(found.period.unit)]
    write.writerow(["since", "until", "unit", "measure", "of what", "count", "of", "value", "value unit", "definition"])
    write.writerow([*period, "Stays", "", found.stays, "", "", "", "Stays whose admission lies in the period."])
    for one in found.numbers:
        write.writerow([*period, one.name, "", one.count, one.of, one.value, one.unit, one.definition])
    for part in found.breakdowns:
        for label, every, unintended, corrected in part.rows:
            write.writerow([*period, "Not meant", f"{part.title}: {label}", unintended, every, "", "", part.definition])
            write.writerow([*period, "Corrected", f"{part.title}: {label}", corrected, unintended, "", "", ""])
    return response


def _text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _measured(request: HttpRequest) -> tuple[Measures, str]:
    wanted = request.GET.get("days", "")
    days = wanted if wanted in DAYS else "30"
    until = clock.today()
    period = Period(until - timedelta(days=int(days) - 1), until, request.GET.get("unit", ""))
    return measures_of(period, clock.now()), days
