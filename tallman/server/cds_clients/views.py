"""The page on which the systems that may ask are kept."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallman.server.cds_clients import actions, queries
from tallman.server.cds_clients.forms import ClientForm, DetailsForm, KeysForm
from tallman.server.cds_clients.models import CdsClient
from tallman.server.web.access import require

__all__ = ["change", "client", "clients", "keys", "switch"]


@require("manage-tokens")
@require_http_methods(["GET", "POST"])
def clients(request: HttpRequest) -> HttpResponse:
    """Every system that may ask, and a form for another."""
    form = ClientForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in form.Meta.fields}
        added = actions.register(**told, keys=form.read(), by=request.user)
        messages.success(request, f"{added.name} may call now.")
        return redirect("cds_clients:client", added.pk)
    context = {"form": form, "clients": queries.clients()}
    return render(request, "cds_clients/clients.html", context, status=422 if form.errors else 200)


@require("manage-tokens")
@require_safe
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: its keys, what is known of it, and whether it may call."""
    return _page(request, get_object_or_404(CdsClient, pk=pk))


@require("manage-tokens")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a system."""
    found = get_object_or_404(CdsClient, pk=pk)
    form = DetailsForm(request.POST, instance=found)
    if not form.is_valid():
        return _page(request, found, details=form)
    actions.change(client=found, **form.cleaned_data, by=request.user)
    messages.success(request, f"{form.cleaned_data['name']} is changed.")
    return redirect("cds_clients:client", pk)


@require("manage-tokens")
@require_POST
def keys(request: HttpRequest, pk: int) -> HttpResponse:
    """Roll the keys of a system."""
    found = get_object_or_404(CdsClient, pk=pk)
    form = KeysForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, keys=form)
    actions.replace_keys(client=found, keys=form.read(), by=request.user)
    messages.success(request, f"{found.name} signs with these keys from now on.")
    return redirect("cds_clients:client", pk)


@require("manage-tokens")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a system off, or on again."""
    found = get_object_or_404(CdsClient, pk=pk)
    on = request.POST.get("on") == "1"
    try:
        actions.switch(client=found, on=on, by=request.user)
        messages.success(request, f"{found.name} {'may call again' if on else 'can no longer call'}.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("cds_clients:client", pk)


def _page(
    request: HttpRequest, found: CdsClient, details: DetailsForm | None = None, keys: KeysForm | None = None
) -> HttpResponse:
    refused = details is not None or keys is not None
    found.refresh_from_db()
    context = {
        "client": found,
        "details": details or DetailsForm(instance=found),
        "keys_form": keys or KeysForm(),
    }
    return render(request, "cds_clients/client.html", context, status=422 if refused else 200)
