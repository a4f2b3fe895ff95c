"""What is read from the database once a request, however many names the page shows."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

__all__ = ["OncePerRequest", "once"]

T = TypeVar("T")
_read: ContextVar[dict[Any, Any] | None] = ContextVar("what this request has read", default=None)


class OncePerRequest:
    """Middleware: every request begins having read nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _read.set({})
        try:
            return self.get_response(request)
        finally:
            _read.reset(token)


def once(read: Callable[[], T]) -> T:
    """What `read` answers: asked at most once in a request, outside of one every time."""
    held = _read.get()
    if held is None:
        return read()
    if read not in held:
        held[read] = read()
    return held[read]  # type: ignore[no-any-return]
