"""The pages on which people and machine access are kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tallman.server.accounts import actions
from tallman.server.accounts.forms import PasswordForm, PersonForm, RoleForm, TokenForm
from tallman.server.accounts.models import ApiToken, User
from tallman.server.accounts.roles import ROLES
from tallman.server.web.access import require

__all__ = ["password", "people", "person", "revoke", "tokens"]


@sensitive_post_parameters("password")
@require("manage-users")
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and a form for somebody new."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        added = actions.add_person(**form.cleaned_data, by=request.user)
        messages.success(request, f"{added.display_name} can log in as {added.username}.")
        return redirect("accounts:people")
    context = {
        "form": form,
        "people": User.objects.order_by("-is_active", "display_name"),
        "roles": ROLES.values(),
    }
    return _page(request, "accounts/people.html", context)


@require("manage-users")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: role, access, a new password."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            actions.change_access(person=found, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{found.display_name} is changed.")
            return redirect("accounts:people")
    found.refresh_from_db()
    context = {"form": form, "someone": found, "password_form": PasswordForm(found)}
    return _page(request, "accounts/person.html", context)


@sensitive_post_parameters("new_password")
@require("manage-users")
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a new password."""
    found = get_object_or_404(User, pk=pk)
    form = PasswordForm(found, request.POST)
    if form.is_valid():
        actions.set_password(person=found, password=form.cleaned_data["new_password"], by=request.user)
        messages.success(request, f"{found.display_name} has a new password.")
        return redirect("accounts:people")
    context = {"form": RoleForm(instance=found), "someone": found, "password_form": form}
    return render(request, "accounts/person.html", context, status=422)


@require("manage-tokens")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The machines that may call. A new token is shown on the answer to the form, and never again."""
    form = TokenForm(request.POST or None)
    plain = None
    if form.is_valid():
        _, plain = actions.create_token(name=form.cleaned_data["name"], by=request.user)
        form = TokenForm()
    return _page(request, "accounts/tokens.html", {"form": form, "plain": plain, "tokens": ApiToken.objects.all()})


@require("manage-tokens")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    token = get_object_or_404(ApiToken, pk=pk)
    try:
        actions.revoke_token(name=token.name, by=request.user)
        messages.success(request, f"{token.name} can no longer call.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:tokens")


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
