"""The pages for when something cannot be done, each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

__all__ = ["UnstorableText", "bad_request", "csrf_failure", "forbidden", "not_found", "server_error"]


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"status": status, "title": title, "sentence": sentence, "layout": "web/base.html"}
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "This request could not be read", "Go back, reload the page and try again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) or "Your role does not include this."
    return _page(request, 403, "Not yours to do", f"{sentence} Ask a colleague whose task it is.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "Nothing here", "The address leads nowhere, or what was here is gone.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without looking at the person or the database: either may be what is broken."""
    context = {
        "status": 500,
        "title": "Something broke",
        "sentence": "Nothing is half-saved: what you did last is stored whole or not at all. Look first.",
        "layout": "web/bare.html",
    }
    return HttpResponse(render_to_string("web/error.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "This page is too old", "Somebody logged in since. Reload and try again.")


class UnstorableText:
    """Middleware: text that the database cannot hold or look for, such as a NUL, is a bad request, not a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_request(request, exception) if isinstance(exception, DataError) else None
