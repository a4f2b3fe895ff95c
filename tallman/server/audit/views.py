"""The record, as a page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallman.server.audit import queries
from tallman.server.audit.forms import FilterForm
from tallman.server.web.access import require

__all__ = ["log"]

PAGE_SIZE = 100


@require("read-audit")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Events, newest first, by who, what, day and patient."""
    form = FilterForm(request.GET)
    found = queries.events(form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "audit/log.html", {"form": form, "page": page})
