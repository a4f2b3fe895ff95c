"""The page for filling: scan, count, done."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tallman.core.quantity import format_number
from tallman.core.workflow import Action
from tallman.server.dispensing import actions, queries
from tallman.server.dispensing.fill_page import counted, shelf, stop
from tallman.server.dispensing.models import Scan
from tallman.server.dispensing.products import side
from tallman.server.dispensing.rest import rest_until
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.pages import find, go_on, seen_version, step_context, why_not
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered

__all__ = ["fill", "scan"]

PLACES = 4
MOST = 10**8
"""What the columns hold."""
MANUAL_REASONS = ["The code is damaged", "The code does not scan", "There is no code on it", "The scanner is broken"]


@require("read-work", to_change="fill")
@require_http_methods(["GET", "POST"])
@answered
def fill(request: HttpRequest, rx_number: str) -> HttpResponse:
    """Scan the packages (GET shows what was scanned so far); POST says that it is counted out."""
    row = find(rx_number)
    if request.method == "POST":
        return _fill(request, row)
    context = step_context(request, row)
    context |= counted(row, request.user) | _result(request, row)
    context |= {
        "filling": why_not(context["work"], Action.FILL, request),
        "others": queries.others_filling(row, request.user),
        "shelf": shelf(row),
        "product": side(row.product_id, row.product_name),
        "part": queries.part_given(row),
        "rest_until": rest_until(row),
        "reasons": MANUAL_REASONS,
        "rejected": row.fills.filter(stock_return__kind="rejected").select_related("stock_return__by").last(),
    }
    return render(request, "dispensing/fill.html", context)


def _result(request: HttpRequest, row: Prescription) -> dict[str, Any]:
    """What the scan named in the address was, for a browser that does not swap parts of a page."""
    number = request.GET.get("scan", "")
    scan = Scan.objects.filter(prescription=row, by=request.user, pk=number).first() if number.isdecimal() else None
    return _said(scan) if scan else {}


def _said(scan: Scan) -> dict[str, Any]:
    return {"scan": scan} | ({} if scan.is_right else stop(scan))


def _fill(request: HttpRequest, row: Prescription) -> HttpResponse:
    named = request.POST.getlist("scan")
    scans = [s for s in queries.pending(row, request.user) if str(s.pk) in named]
    amounts = [_amount(request.POST.get(f"amount-{s.pk}", "")) for s in scans]
    total, due = sum(amounts, Decimal(0)), queries.due(row)
    if 0 < total < due and "owe" not in request.POST:
        rest = format_number(due - total)
        raise refuse("part", f"{format_number(total)} of {format_number(due)} are counted. Tick that {rest} are owed.")
    version = seen_version(request)
    actions.fill(
        prescription=row, version=version, scans=scans, quantity=total, amounts=amounts, by=request.user,
        part_reason=request.POST.get("part_reason", ""),
    )  # fmt: skip
    return go_on(request, row, "Filled" if total == due else f"{format_number(total)} of {format_number(due)} filled")


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.strip().replace(",", "") or "0")
    except InvalidOperation as error:
        raise refuse("amounts", "Write each amount as a number.") from error
    if not amount.is_finite() or not 0 <= amount < MOST or amount != round(amount, PLACES):
        raise refuse("amounts", f"Write each amount as a number from zero up, with at most {PLACES} decimal places.")
    return amount


@require("fill")
@require_POST
@answered
def scan(request: HttpRequest, rx_number: str) -> HttpResponse:
    """A package is presented. Answers with what it is and with the list so far; a wrong one with the stop."""
    row = find(rx_number)
    said = {name: request.POST.get(name, "") for name in ("code", "reason", "lot_number")}
    method = "manual" if request.POST.get("method") == "manual" else "scanned"
    version = seen_version(request)
    made = actions.scan(prescription=row, method=method, version=version, by=request.user, **said)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('dispensing:fill', kwargs={'rx_number': rx_number})}?scan={made.pk}")
    context = {"rx": row, "is_part": True} | counted(row, request.user) | _said(made)
    response = render(request, "dispensing/scanned.html", context)
    if method == "manual":
        response["HX-Retarget"], response["HX-Trigger"] = "#answer-scan", "close-dialogs"
    return response
