"""The worklist page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tallman.server.reconciliation import worklist
from tallman.server.reconciliation.models import Encounter
from tallman.server.reconciliation.pages import page_of
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["stays"]

PER_PAGE = 50
MOST_GONE = 20


@require("read-patients")
@require_safe
def stays(request: HttpRequest) -> HttpResponse:
    """Open stays as a list; htmx gets the part that changes by itself. A scanned visit number opens its stay."""
    search, shown = request.GET.get("q", "").strip(), request.GET.get("show", "all")
    if (found := _scanned(search)) is not None:
        return redirect(page_of(found))
    wanted = shown if shown in worklist.FILTERS else "all"
    narrowed = _narrowed(request, worklist.open_stays(), search)
    counts = worklist.counted(narrowed)
    rows = worklist.rows_of(narrowed.filter(worklist.FILTERS[wanted][1]))
    page = _page(request, rows, counts[wanted])
    context = {
        "search": search,
        "shown": wanted,
        "tabs": _tabs(request, counts, wanted),
        "page": page,
        "lines": _lines(page),
        "gone": _lines(worklist.rows_of(_narrowed(request, worklist.unreconciled(clock.now()), search))[:MOST_GONE]),
        "units": worklist.units(),
        "unit": request.GET.get("unit", ""),
        "mine": "mine" in request.GET,
        "turned": _turned(request, "mine"),
    }
    part = request.headers.get("HX-Request") and request.headers.get("HX-Target") == "stays"
    return render(request, f"reconciliation/{'worklist_rows' if part else 'worklist'}.html", context)


def _scanned(text: str) -> Encounter | None:
    """The one stay of a visit number."""
    found = list(Encounter.objects.filter(visit_number=text)[:2]) if text else []
    return found[0] if len(found) == 1 else None


def _narrowed(request: HttpRequest, rows: QuerySet[Encounter], search: str) -> QuerySet[Encounter]:
    if search:
        rows = worklist.named(rows, search)
    if unit := request.GET.get("unit", ""):
        rows = rows.filter(unit=unit)
    return worklist.worked_by(rows, request.user) if "mine" in request.GET else rows


def _page(request: HttpRequest, rows: QuerySet[Encounter], count: int) -> Page[Encounter]:
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def _lines(rows: Any) -> list[tuple[Encounter, worklist.Line]]:
    return [(row, worklist.line_of(row, clock.now(), clock.today())) for row in rows]


def _tabs(request: HttpRequest, counts: dict[str, int], wanted: str) -> list[dict[str, Any]]:
    return [
        {
            "key": str(key), "name": name, "label": label, "count": counts[name], "here": name == wanted,
            "address": _address(request, show=name),
        }
        for key, (name, (label, _)) in enumerate(worklist.FILTERS.items())
    ]  # fmt: skip


def _turned(request: HttpRequest, name: str) -> str:
    """The address that turns a filter over."""
    return _address(request, **{name: None if name in request.GET else "1"})


def _address(request: HttpRequest, **changes: str | None) -> str:
    given = request.GET.copy()
    given.pop("page", None)
    for name, value in changes.items():
        if value is None:
            given.pop(name, None)
        else:
            given[name] = value
    return f"?{given.urlencode()}"
