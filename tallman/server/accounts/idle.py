"""The screen locks itself when nobody is at it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tallman.server.web import clock

__all__ = ["BACKGROUND", "IdleLock", "lock", "safe_next", "unlock"]

BACKGROUND = "Tallman-Background"
"""A request with this header (polling) does not count as somebody being there."""
_LOCKED, _SEEN = "locked", "seen"
_GRAIN = 20  # seconds between two writes of the session


class IdleLock:
    """Middleware: after `IDLE_MINUTES` without a request every page leads to the lock page, and back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path in _open_paths():
            return self.get_response(request)
        now = clock.now().timestamp()
        seen = request.session.get(_SEEN, now)
        if now - seen > settings.IDLE_MINUTES * 60:
            lock(request)
        if request.session.get(_LOCKED):
            return _to_lock_page(request)
        if BACKGROUND not in request.headers and (now - seen > _GRAIN or _SEEN not in request.session):
            request.session[_SEEN] = now
        return self.get_response(request)


def lock(request: HttpRequest) -> None:
    """Lock this session until the same person proves to be there."""
    request.session[_LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """Open this session again."""
    request.session.pop(_LOCKED, None)
    request.session[_SEEN] = clock.now().timestamp()


def safe_next(request: HttpRequest, address: str | None) -> str:
    """`address` when it is one of ours, else the start page."""
    ours = address and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if address and ours else reverse("web:home")


def _open_paths() -> set[str]:
    names = ("accounts:lock", "accounts:unlock", "accounts:logout", "accounts:login", "accounts:switch")
    return {reverse(name) for name in names} | {reverse("web:healthz")}


def _to_lock_page(request: HttpRequest) -> HttpResponse:
    page = request.headers.get("HX-Current-URL") or (
        request.get_full_path() if request.method == "GET" else request.headers.get("Referer")
    )
    address = f"{reverse('accounts:lock')}?{urlencode({'next': safe_next(request, page)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
