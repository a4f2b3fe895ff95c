"""The queue: what is to be done, the one due first on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tallman.core.workflow import PHARMACISTS, Stage
from tallman.server.prescriptions.due import Ageing, ageing, clock_text
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.pages import page_of
from tallman.server.prescriptions.queries import Standing, every_open_concern, lines, numbered, standings, stopped
from tallman.server.prescriptions.queries import queue as rows_of
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["TABS", "Line", "queue"]

PER_PAGE = 50
TABS = {
    Stage.RECEIVED: "To enter",
    Stage.ENTERED: "To review",
    Stage.TO_FILL: "To fill",
    Stage.FILLED: "To verify",
    Stage.VERIFIED: "To shelve",
    Stage.READY: "Ready",
    Stage.OWED: "Owed",
    Stage.ON_HOLD: "On hold",
    Stage.RETURNED_TO_STOCK: "Returned",
}
"""What is to be done where a prescription stands, in the order of the work."""
EVERYTHING = "all"
FILTERS = [
    ("mine", "Mine", "m"), ("flagged", "Flagged", "f"), ("urgent", "Urgent", "u"), ("waiting", "Patient waits", "w"),
]  # fmt: skip
"""Name in the address, label and key of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of the queue shows beside the prescription itself, made here because templates are slow at it."""

    page: str
    """The address on which it is worked."""
    ageing: Ageing
    clock: str
    due: str
    born: str
    what: str
    """Quantity and directions."""


@require("read-work")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """A stage as a list; htmx gets the part that changes by itself. A scanned Rx number opens its page at once."""
    search = request.GET.get("q", "").strip()
    found = numbered(search) if search else None
    if found is not None:
        return redirect(page_of(found))
    stage = None if search else _stage(request)
    stood = standings()
    page = _page(request, _rows(request, stage, search), _known_count(request, stage, stood, search))
    context = {
        "tabs": _tabs(stood, None if search else stage),
        "everything": {"count": sum(s.count for s in stood), "here": stage is None and not search},
        "stage": stage.value if stage else "",
        "search": search,
        "page": page,
        "lines": [_line(row, clock.now(), clock.today()) for row in lines(list(page))],
        "concerns": every_open_concern().count(),
        "stopped": stopped().count(),
        "filters": [_filter(request, *f) for f in FILTERS],
        "is_narrowed": _is_narrowed(request),
    }
    part = request.headers.get("HX-Request") and request.headers.get("HX-Target") == "queue"
    return render(request, "dispensing/queue_rows.html" if part else "dispensing/queue.html", context)


def _is_narrowed(request: HttpRequest) -> bool:
    return any(name in request.GET for name, _, _ in FILTERS)


def _filter(request: HttpRequest, name: str, label: str, key: str) -> dict[str, Any]:
    """A filter with whether it is on and the address that turns it over."""
    given, on = request.GET.copy(), name in request.GET
    given.pop("page", None)
    if on:
        given.pop(name)
    else:
        given[name] = "1"
    return {"name": name, "label": label, "key": key, "on": on, "address": f"?{given.urlencode()}"}


def _stage(request: HttpRequest) -> Stage | None:
    """The stage asked for; else the one where this person's own work is."""
    wanted = request.GET.get("stage", "")
    if wanted == EVERYTHING:
        return None
    if wanted in set(TABS):
        return Stage(wanted)
    return Stage.ENTERED if request.user.actor.role in PHARMACISTS else Stage.RECEIVED


def _rows(request: HttpRequest, stage: Stage | None, search: str) -> QuerySet[Prescription]:
    rows = rows_of(stage, search, is_flagged="flagged" in request.GET)
    if "mine" in request.GET:
        me = request.user
        rows = rows.filter(Q(entered_by=me) | Q(approved_by=me) | Q(filled_by=me) | Q(verified_by=me))
    if "urgent" in request.GET:
        rows = rows.exclude(priority="routine")
    return rows.filter(priority="waiting") if "waiting" in request.GET else rows


def _known_count(request: HttpRequest, stage: Stage | None, stood: list[Standing], search: str) -> int | None:
    """How many rows there are where the tabs have counted them already."""
    if search or _is_narrowed(request):
        return None
    return sum(s.count for s in stood if stage in (None, s.stage))


def _page(request: HttpRequest, rows: QuerySet[Prescription], count: int | None) -> Page[int]:
    paginator = Paginator(rows.values_list("pk", flat=True), PER_PAGE)
    if count is not None:
        paginator.count = count  # type: ignore[misc]
    return paginator.get_page(request.GET.get("page"))


def _tabs(stood: list[Standing], stage: Stage | None) -> list[dict[str, Any]]:
    by_stage = {s.stage: s for s in stood}
    return [
        {
            "key": str(key),
            "stage": tab.value,
            "label": label,
            "count": by_stage[tab].count,
            "late": by_stage[tab].late if tab in _LATE_COUNTS else 0,
            "here": tab is stage,
        }
        for key, (tab, label) in enumerate(TABS.items(), 1)
    ]


_LATE_COUNTS = {Stage.RECEIVED, Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED}


def _line(row: Prescription, now: datetime, today: date) -> tuple[Prescription, Line]:
    return row, Line(
        page=page_of(row),
        ageing=ageing(row.stage, row.due_at, row.changed_at, now),
        clock=clock_text(row.due_at, today),
        due=row.due_at.isoformat(),
        born=row.patient.birth_date.isoformat() if row.patient and row.patient.birth_date else "",
        what=" · ".join(filter(None, [row.quantity_text, row.sig or row.received_sig])),
    )
