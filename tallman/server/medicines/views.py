"""Looking medicines up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tallman.core.lookalike.search import universe_of
from tallman.server import knowledge_in_use
from tallman.server.medicines.catalogue import catalogue_of, schedule_of
from tallman.server.medicines.confusion import Confusion, among, others_of
from tallman.server.medicines.models import key_of
from tallman.server.medicines.page import medicine_of, page_of
from tallman.server.medicines.search import Found, Hit, find
from tallman.server.web import clock
from tallman.server.web.access import require

__all__ = ["medicine", "search"]

MOST, NEAR = 40, 6


@require("read-knowledge")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Medicines for letters, a brand, an NDC, an RxCUI or a scan. One that fits alone is listed like any other."""
    text = request.GET.get("q", "").strip()
    found = find(text, knowledge_in_use.current())
    hits = found.hits[:MOST]
    known = [pair for pair in among(hits) if pair.is_known]
    context = {
        "q": text,
        "found": found,
        "rows": [_row(hit, known) for hit in hits],
        "left_out": len(found.hits) - len(hits),
        "known": known,
        "near": _near(found),
    }
    return render(request, f"medicines/{'found' if request.headers.get('HX-Request') else 'search'}.html", context)


def _row(hit: Hit, known: list[Confusion]) -> dict[str, Any]:
    alone = hit.products[0].id if len(hit.products) == 1 else hit.medicine.slug
    return {
        "hit": hit,
        "address": reverse("medicines:medicine", args=[alone]),
        "brands": ", ".join(hit.medicine.brands[:4]) + (" …" if len(hit.medicine.brands) > 4 else ""),
        "schedule": schedule_of(hit.medicine.products, knowledge_in_use.current()),
        "mixed": list(others_of(hit, known)),
    }


def _near(found: Found) -> list[tuple[str, str]]:
    """Where nothing fits, the names spelled or spoken most like it, each with its page."""
    if found.hits or found.read_as or len(found.text) < 3:
        return []
    knowledge = knowledge_in_use.current()
    by_name = catalogue_of(knowledge).by_name
    names = (n.name for n in universe_of(knowledge).nearest(found.text, 3 * NEAR))
    known = [(name, by_name[key_of(name)]) for name in names if key_of(name) in by_name]
    return [(name, reverse("medicines:medicine", args=[m.slug])) for name, m in known[:NEAR]]


@require("read-knowledge")
@require_safe
def medicine(request: HttpRequest, ref: str) -> HttpResponse:
    """One medicine: what it is, what it is taken for, what is held of it, what is not known, what is on the shelf."""
    found = medicine_of(ref, knowledge_in_use.current())
    if found is None:
        raise Http404("No medicine here has this address.")
    return render(request, "medicines/medicine.html", page_of(*found, clock.today()) | {"back": _back(request)})


def _back(request: HttpRequest) -> str:
    """The page of ours that somebody came from."""
    page = request.GET.get("back", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
