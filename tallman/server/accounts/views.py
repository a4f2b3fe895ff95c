"""Coming, leaving, locking; the people and the machines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tallman.server.accounts import actions, idle
from tallman.server.accounts.forms import LoginForm, OwnPasswordForm, UnlockForm
from tallman.server.web.access import require_login

__all__ = ["here", "lock", "locked_out", "log_in", "log_out", "own_password", "switch", "unlock"]


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The login page. Leads back to the page that was asked for."""
    next_page = idle.safe_next(request, request.POST.get("next") or request.GET.get("next"))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user, backend="django.contrib.auth.backends.ModelBackend")
        actions.log_in(person=form.user)
        return redirect(next_page)
    return render(request, "accounts/login.html", {"form": form, "next": next_page}, status=_status(form))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    _leave(request)
    return redirect("accounts:login")


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Leave, so that somebody else can log in and go on where this page was."""
    next_page = idle.safe_next(request, request.POST.get("next"))
    _leave(request)
    return redirect(f"{reverse('accounts:login')}?{urlencode({'next': next_page})}")


@never_cache
@require_login
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """POST locks the screen; GET shows the page in the way until the same person gives their password."""
    next_page = idle.safe_next(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST":
        idle.lock(request)
        return redirect(f"{reverse('accounts:lock')}?{urlencode({'next': next_page})}")
    return render(request, "accounts/lock.html", {"form": UnlockForm(request), "next": next_page})


@sensitive_post_parameters("password")
@never_cache
@require_login
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the locked screen again, on the page it was on."""
    next_page = idle.safe_next(request, request.POST.get("next"))
    form = UnlockForm(request, request.POST)
    if form.is_valid():
        idle.unlock(request)
        return redirect(next_page)
    return render(request, "accounts/lock.html", {"form": form, "next": next_page}, status=_status(form))


@sensitive_post_parameters("old_password", "new_password")
@require_login
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; one's sessions elsewhere end."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        changed = actions.set_password(person=request.user, password=form.cleaned_data["new_password"], by=request.user)
        update_session_auth_hash(request, changed)
        messages.success(request, "Your password is changed.")
        return redirect("web:home")
    return render(request, "accounts/own_password.html", {"form": form}, status=_status(form))


@require_login
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody is typing: the idle lock starts to count anew (see `idle.IdleLock`)."""
    return HttpResponse(status=204)


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Shown after too many wrong passwords."""
    return render(request, "accounts/locked_out.html", status=429)


def _leave(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        actions.log_out(person=request.user)
    logout(request)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
