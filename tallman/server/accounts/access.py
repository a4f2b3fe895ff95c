"""Access for machines."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tallman.server.accounts import actions
from tallman.server.accounts.queries import authenticate_token

__all__ = ["require_token"]

View = Callable[..., HttpResponse]


def require_token(view: View) -> View:
    """Open a view to machines with a valid bearer token, set as `request.token`; all others get 401.

    The body of a refused request is not read.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = authenticate_token(request)
        if token is None:
            return HttpResponse(
                "A valid bearer token is needed: make one with `tallman token create NAME`.\n",
                status=401,
                content_type="text/plain",
                headers={"WWW-Authenticate": 'Bearer realm="tallman"'},
            )
        actions.note_use(token=token)
        request.token = token  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    guarded.required_token = True  # type: ignore[attr-defined]
    return guarded
