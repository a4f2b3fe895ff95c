"""Calls from pages of other origins (CORS): a browser asks first, without a token, whether it may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tallman.server.cds_clients.queries import may_call_from

__all__ = ["open_to_all_pages", "open_to_pages"]

View = Callable[..., HttpResponse]


def open_to_pages(view: View) -> View:
    """Let the pages call whose origin a registered system has named. Put it outermost."""
    return _opened(view, "POST", may_call_from)


def open_to_all_pages(view: View) -> View:
    """Let every page read what is for everybody. Put it outermost."""
    return _opened(view, "GET", None)


def _opened(view: View, method: str, may: Callable[[str], bool] | None) -> View:
    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        answer = HttpResponse(status=204) if asks else view(request, *args, **kwargs)
        if may is None:
            answer["Access-Control-Allow-Origin"] = "*"
        else:
            origin = request.headers.get("Origin", "")
            answer["Vary"] = "Origin"
            if not origin or not may(origin):
                return answer
            answer["Access-Control-Allow-Origin"] = origin
        if asks:
            answer["Access-Control-Allow-Methods"] = method
            answer["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            answer["Access-Control-Max-Age"] = "600"
        return answer

    return opened
