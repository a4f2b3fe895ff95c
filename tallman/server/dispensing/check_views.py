"""The pages for checking what was filled, and for putting it where it waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tallman.core.workflow import Action
from tallman.server.dispensing import actions, queries
from tallman.server.dispensing.label_of import label_of
from tallman.server.dispensing.models import NearMiss
from tallman.server.dispensing.products import side
from tallman.server.prescriptions.pages import find, go_on, seen_version, step_context, why_not
from tallman.server.web.access import require
from tallman.server.web.answers import answered

__all__ = ["reject", "shelve", "verify"]


@require("read-work", to_change="verify")
@require_http_methods(["GET", "POST"])
@answered
def verify(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Product, label and original side by side; POST says that they are right."""
    row = find(rx_number)
    if request.method == "POST":
        actions.verify(prescription=row, version=seen_version(request), by=request.user)
        return go_on(request, row, "Verified")
    context = step_context(request, row)
    fill = queries.open_fill(row)
    lines = list(queries.lines(fill)) if fill else []
    context |= {
        "fill": fill,
        "lines": lines,
        "products": [side(i.product_id, i.name, ndc=i.ndc) for i in dict.fromkeys(x.scan.lot.item for x in lines)],
        "label": label_of(row, fill) if fill else None,
        "misses": NearMiss.objects.filter(prescription=row).select_related("by"),
        "verifying": why_not(context["work"], Action.VERIFY, request),
        "rejecting": why_not(context["work"], Action.REJECT_FILL, request),
    }
    return render(request, "dispensing/verify.html", context)


@require("reject-fill")
@require_POST
@answered
def reject(request: HttpRequest, rx_number: str) -> HttpResponse:
    """It did not pass, for a reason in words."""
    row = find(rx_number)
    reason = request.POST.get("reason", "")
    actions.reject_fill(prescription=row, version=seen_version(request), reason=reason, by=request.user)
    return go_on(request, row, "Sent back to filling")


@require("read-work", to_change="shelve")
@require_http_methods(["GET", "POST"])
@answered
def shelve(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Scan the bin it goes into."""
    row = find(rx_number)
    if request.method == "POST":
        version, bin = seen_version(request), request.POST.get("bin", "")
        made = actions.shelve(prescription=row, version=version, bin=bin, by=request.user)
        return go_on(request, row, f"In bin {made.bin}")
    context = step_context(request, row)
    context |= {
        "fill": queries.open_fill(row),
        "together": queries.waiting_for(row),
        "shelving": why_not(context["work"], Action.SHELVE, request),
    }
    return render(request, "dispensing/shelve.html", context)
