"""The pairs that a pharmacy keeps, and those that its near misses suggest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tallman.server.medicines import actions, queries
from tallman.server.medicines.forms import PairForm, ReasonForm
from tallman.server.medicines.mixups import suggestions
from tallman.server.medicines.models import LookAlikePair, TallManName
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["accept", "dismiss", "pairs", "retire", "retire_list"]

PAGE = 50
LOOKED_BACK = timedelta(days=365)
_KINDS: dict[str, type[LookAlikePair] | type[TallManName]] = {"pairs": LookAlikePair, "names": TallManName}


@require("read-knowledge", to_change="keep-names")
@require_http_methods(["GET", "POST"])
@answered
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that count, and what happened here that suggests another; POST adds one."""
    form = PairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pair = actions.add_pair(by=request.user, **form.cleaned_data)
        messages.success(request, f"{pair} are told apart from now on.")
        return go_to(request, reverse("medicines:pairs"))
    text, is_active = request.GET.get("q", "").strip(), "retired" not in request.GET
    rows = queries.pairs(text, is_active=is_active)
    context: dict[str, Any] = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "q": text,
        "is_active": is_active,
        "form": form,
        "suggestions": suggestions(clock.now() - LOOKED_BACK),
        "lists": queries.lists_in_use(),
    }
    return render(request, "medicines/pairs.html", context, status=422 if form.errors else 200)


@require("keep-names")
@require_POST
@answered
def accept(request: HttpRequest) -> HttpResponse:
    """What happened here becomes a pair of the pharmacy's own."""
    form = PairForm(request.POST)
    if not form.is_valid():
        raise refuse("pair", "The page is incomplete: reload it and try again.")
    pair = actions.add_pair(by=request.user, source="near-miss", **form.cleaned_data)
    messages.success(request, f"{pair} are told apart from now on.")
    return go_to(request, reverse("medicines:pairs"))


@require("keep-names")
@require_POST
@answered
def dismiss(request: HttpRequest) -> HttpResponse:
    """What happened here needs no pair."""
    said = {name: request.POST.get(name, "") for name in ("one", "other", "reason")}
    actions.dismiss_mix_up(by=request.user, **said)
    messages.success(request, "Put aside. It is asked again when it happens again.")
    return go_to(request, reverse("medicines:pairs"))


@require("read-knowledge", to_change="keep-names")
@require_http_methods(["GET", "POST"])
@answered
def retire(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One pair or name with its story; POST retires it."""
    row: LookAlikePair | TallManName = get_object_or_404(_KINDS[kind], pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.retire(kept=row, by=request.user, **form.cleaned_data)
        messages.success(request, f"{row} is retired.")
        return go_to(request, reverse(f"medicines:{kind}"))
    status = 422 if form.errors else 200
    return render(request, "medicines/kept.html", {"row": row, "kind": kind, "form": form}, status=status)


@require("keep-names")
@require_POST
@answered
def retire_list(request: HttpRequest) -> HttpResponse:
    """Everything of an imported list no longer counts."""
    said = {name: request.POST.get(name, "") for name in ("list_name", "reason")}
    count = actions.retire_list(by=request.user, **said)
    messages.success(request, f"{said['list_name']}: {count} retired.")
    return go_to(request, reverse("medicines:pairs"))
