"""What stands on the shelf: find it, receive it, count it, recall it, send it away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tallman.server.inventory import actions, queries
from tallman.server.inventory.forms import CountForm, DestroyForm, ItemForm, RecallForm, ReceiveForm
from tallman.server.inventory.models import Lot, Movement, StockItem
from tallman.server.refusal import Refused
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["item", "lot", "new", "stock"]

PAGE = 50
SOON = timedelta(days=60)
DEEDS: dict[str, tuple[str, type[Form], Callable[..., Any]]] = {
    "count": ("Count the shelf", CountForm, actions.adjust_stock),
    "recall": ("Recall the lot", RecallForm, actions.recall_lot),
    "destroy": ("Take off the shelf for good", DestroyForm, actions.destroy_stock),
}
"""What is done to a lot, by the last word of its address."""


@require("read-stock")
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    """Every package, by name or NDC, with what is left; beside it what must come off the shelf."""
    text = request.GET.get("q", "").strip()
    page = Paginator(queries.items(text), PAGE).get_page(request.GET.get("page"))
    if request.headers.get("HX-Request"):
        return render(request, "inventory/rows.html", {"page": page, "q": text})
    today = clock.today()
    context = {"page": page, "q": text, "off": queries.expiring(today + SOON)[:40], "on": today}
    return render(request, "inventory/stock.html", context)


@require("manage-stock")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A package not stocked before."""
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("inventory:item", pk=actions.add_item(**form.cleaned_data, by=request.user).pk)
        except Refused as refused:
            _say(form, refused)
    return render(request, "inventory/form.html", {"form": form, "title": "New package"}, status=_status(form))


@require("read-stock", to_change="manage-stock")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One package: its lots, what moved, and receiving more of it."""
    row = get_object_or_404(StockItem, pk=pk)
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            received = actions.receive_stock(item=row, by=request.user, **form.cleaned_data)
            messages.success(request, f"Lot {received.number} is on the shelf.")
            return redirect("inventory:item", pk=pk)
        except Refused as refused:
            _say(form, refused)
    moved = Movement.objects.filter(lot__item=row).select_related("lot", "by").order_by("-pk")[:30]
    context = {"item": row, "lots": queries.lots().filter(item=row), "moved": moved, "form": form, "on": clock.today()}
    return render(request, "inventory/item.html", context, status=_status(form))


@require("manage-stock")
@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Count, recall or destroy a lot."""
    if deed not in DEEDS:
        raise Http404("There is nothing of that name to do to a lot.")
    title, shape, act = DEEDS[deed]
    row = get_object_or_404(Lot.objects.select_related("item"), pk=pk)
    form = shape(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(lot=row, by=request.user, **form.cleaned_data)
            return redirect("inventory:item", pk=row.item_id)
        except Refused as refused:
            _say(form, refused)
    context = {"form": form, "title": title, "lot": row, "left": queries.on_hand(row)}
    return render(request, "inventory/form.html", context, status=_status(form))


def _say(form: Any, refused: Refused) -> None:
    for refusal in refused.refusals:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.text)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
