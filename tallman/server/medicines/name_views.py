"""How this pharmacy writes names, and taking over its own copies of lists."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tallman.server import knowledge_in_use
from tallman.server.medicines import actions, queries
from tallman.server.medicines.catalogue import catalogue_of
from tallman.server.medicines.forms import ListForm, NameForm
from tallman.server.medicines.lists import Line, names_in, pairs_in
from tallman.server.medicines.models import key_of
from tallman.server.medicines.names import published
from tallman.server.refusal import Refused
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["import_list", "names"]


@require("read-knowledge", to_change="keep-names")
@require_http_methods(["GET", "POST"])
@answered
def names(request: HttpRequest) -> HttpResponse:
    """The pharmacy's own spellings before those that are published; POST adds one."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = actions.add_name(by=request.user, **form.cleaned_data)
        messages.success(request, f"It is written {name} from now on.")
        return go_to(request, reverse("medicines:names"))
    is_active = "retired" not in request.GET
    own = list(queries.names(is_active=is_active))
    said = {row.key for row in own} if is_active else set()
    context = {"own": own, "is_active": is_active, "form": form, "published": published(), "said": said}
    return render(request, "medicines/names.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Previewed:
    """A line of a list before it is taken over: what it would add, what is unknown here."""

    line: Line
    is_on_record: bool
    unknown: tuple[str, ...]


@require("keep-names")
@require_http_methods(["GET", "POST"])
@answered
def import_list(request: HttpRequest) -> HttpResponse:
    """The pharmacy's own copy of a list: read and shown first, taken over when `save` is said."""
    form = ListForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "pairs")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "medicines/import.html", {"form": form}, status=422 if form.errors else 200)
    said = form.cleaned_data
    lines = (pairs_in if said["kind"] == "pairs" else names_in)(said["text"])
    shown = _previewed(lines, said["kind"])
    if "save" in request.POST and (page := _saved(request, form, shown)):
        return page
    new = sum(not p.line.fault and not p.is_on_record for p in shown)
    context = {"form": form, "shown": shown, "new": new, "faults": sum(bool(p.line.fault) for p in shown)}
    return render(request, "medicines/import.html", context | {"said": said}, status=422 if form.errors else 200)


def _previewed(lines: list[Line], kind: str) -> list[Previewed]:
    known, held = catalogue_of(knowledge_in_use.current()).by_name, queries.keys_on_record(kind)
    shown = []
    for line in lines:
        keys = [key_of(name) for name in line.names]
        new = {(key,) for key in keys} if kind == "names" else {tuple(sorted(keys))}
        unknown = tuple(name for name, key in zip(line.names, keys, strict=True) if key not in known)
        shown.append(Previewed(line, new <= held, unknown))
    return shown


def _saved(request: HttpRequest, form: ListForm, shown: list[Previewed]) -> HttpResponse | None:
    """Take over what can be; None when nothing is new, which the form then says."""
    title, good = form.cleaned_data["list_name"], [p.line.names for p in shown if not p.line.fault]
    try:
        if form.cleaned_data["kind"] == "pairs":
            count = actions.import_pairs(list_name=title, pairs=[(n[0], n[1]) for n in good], by=request.user)
            messages.success(request, f"{title}: {count} pairs are told apart from now on.")
            return go_to(request, reverse("medicines:pairs"))
        count = actions.import_names(list_name=title, names=[n for line in good for n in line], by=request.user)
        messages.success(request, f"{title}: {count} names are shown so from now on.")
        return go_to(request, reverse("medicines:names"))
    except Refused as error:
        for refusal in error.refusals:
            form.add_error(None, refusal.text)
        return None
