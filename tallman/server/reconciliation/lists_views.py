"""The lists of a stay: what there is, adding one by hand or from a file, withdrawing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallman.server.reconciliation import actions
from tallman.server.reconciliation.comparison import Stay
from tallman.server.reconciliation.forms import FileForm, TypedListForm
from tallman.server.reconciliation.lists_page import shown_lists
from tallman.server.reconciliation.models import MedicineList
from tallman.server.reconciliation.pages import find, stay_context
from tallman.server.reconciliation.typed import read_lines
from tallman.server.refusal import refuse
from tallman.server.web.access import require
from tallman.server.web.answers import answered, go_to

__all__ = ["add", "lists", "read", "upload", "withdraw"]


@require("read-patients")
@require_safe
def lists(request: HttpRequest, pk: int) -> HttpResponse:
    """Every list with its lines, those that count first."""
    stay = find(pk)
    every = shown_lists(stay)
    context = stay_context(request, stay) | {
        "current": [one for one in every if one.row.is_current],
        "withdrawn": [one for one in every if not one.row.is_current],
    }
    return render(request, "reconciliation/lists.html", context)


@require("gather-history")
@require_http_methods(["GET", "POST"])
@answered
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A list more, typed and scanned a medicine a line."""
    stay = find(pk)
    form = TypedListForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = actions.add_list(
            encounter=stay.encounter, kind=said["kind"], name=said["told_by"] or said["kind"], on=said["on"],
            told_by=said["told_by"], reliability=said["reliability"], by=request.user,
            lines=[line.row for line in read_lines(said["lines"])],
        )  # fmt: skip
        return _kept(request, pk, [made])
    return _add_page(request, stay, form, FileForm(prefix="file"))


def _add_page(request: HttpRequest, stay: Stay, form: TypedListForm, file_form: FileForm) -> HttpResponse:
    typed = read_lines(str(form["lines"].value() or ""))
    context = stay_context(request, stay) | {"form": form, "file_form": file_form, "typed": typed}
    status = 422 if form.errors or file_form.errors else 200
    return render(request, "reconciliation/add_list.html", context, status=status)


@require("gather-history")
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed so far, as it is read. Writes nothing."""
    return render(request, "reconciliation/typed.html", {"typed": read_lines(request.POST.get("lines", "")[:20_000])})


@require("gather-history")
@require_POST
@answered
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The lists in a file."""
    stay = find(pk)
    form = FileForm(request.POST, request.FILES, prefix="file")
    if not form.is_valid():
        return _add_page(request, stay, TypedListForm(), form)
    said = form.cleaned_data
    made = actions.receive_lists(
        encounter=stay.encounter, content=said["file"].read(), name=said["told_by"] or said["file"].name[:80],
        orders=said["orders"], told_by=said["told_by"], by=request.user,
    )  # fmt: skip
    if not made:
        raise refuse("known", "These lists were added before: nothing was changed.")
    return _kept(request, pk, made)


def _kept(request: HttpRequest, pk: int, made: list[MedicineList]) -> HttpResponse:
    said: list[Any] = [f"{one.name}, {one.lines.count()} medicines" for one in made]
    messages.success(request, f"Added: {'; '.join(said)}.")
    return go_to(request, reverse("reconciliation:lists", kwargs={"pk": pk}))


@require("gather-history")
@require_POST
@answered
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A list counts no longer; it stays on record. The orders before it count again."""
    row = get_object_or_404(MedicineList.objects.select_related("encounter"), pk=number, encounter=pk)
    back = actions.drop_list(medicine_list=row, by=request.user)
    again = f" {back.name} of {timezone.localtime(back.at):%b %d, %H:%M} counts again." if back else ""
    messages.success(request, f"Withdrawn: {row.name}.{again}")
    return go_to(request, reverse("reconciliation:lists", kwargs={"pk": pk}))
