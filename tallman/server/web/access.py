"""Who may open which page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

__all__ = ["SAFE_METHODS", "require", "require_login"]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponse]


def require(permission: str, *, to_change: str | None = None) -> Callable[[View], View]:
    """Open a view only to people whose role grants `permission`; everybody else gets a plain 403 page.

    `to_change` asks for another permission for POST and the like. Anonymous visitors are sent to log in.
    Put it outermost, so that refusal comes before any look at the database.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_login(request)
            needed = permission if request.method in SAFE_METHODS else to_change or permission
            if not request.user.can(needed):
                raise PermissionDenied(f"A {request.user.role_title.lower()} may not do this ({needed}).")
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        guarded.permission_to_change = to_change or permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def require_login(view: View) -> View:
    """Open a view to everybody who is logged in, whatever their role."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        return view(request, *args, **kwargs)

    return guarded


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):  # the whole page goes to the login, not the part that was asked for
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))._replace(scheme="", netloc="").geturl()
        login = redirect_to_login(page)
        return HttpResponse(status=204, headers={"HX-Redirect": login.url})
    return redirect_to_login(request.get_full_path())
