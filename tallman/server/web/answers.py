"""What a person sees when an action says no, or when somebody else was faster. And how a page sends them on.

Put `@answered` innermost, around a view that calls actions. A form sent by htmx names the element that shows the
answer, its id beginning with "answer": `hx-target="#answer-hold"`. With any other target the answer goes to the
page's messages. Either way the form stays as it was filled in; a form sent without htmx gets a page that repeats what
was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tallman.core.workflow import Refusal
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock

__all__ = ["answered", "conflict", "go_to", "refused", "typed_before"]

View = Callable[..., HttpResponse]
_TYPED = "typed"
_NOT_TYPED = {"csrfmiddlewaretoken", "version", "next"}


def answered(view: View) -> View:
    """Turn Refused and ValidationError into a 422 with their sentences, and Conflict into a 409 that says who."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as error:
            return refused(request, error)
        except ValidationError as error:
            return refused(request, Refused(Refusal("invalid", text) for text in error.messages))
        except Conflict as error:
            return conflict(request, error)
        except DataError:
            text = "Something typed is too long, or holds characters that cannot be kept: write it shorter and plainer."
            return refused(request, Refused([Refusal("unstorable", text)]))

    return answering


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """422: the sentences of the refusal."""
    sentences = list(dict.fromkeys(r.text for r in error.refusals))
    return _answer(request, "web/refused.html", {"sentences": sentences}, 422)


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """409: who changed it and when, and the way to look again. What was typed is shown once more on that page."""
    minutes = int((clock.now() - error.when).total_seconds() // 60)
    page = _page_of(request)
    if typed := _typed(request):
        request.session[_TYPED] = {"page": page, "fields": typed}
    context = {"who": error.who or "Somebody", "when": timezone.localtime(error.when), "minutes": minutes, "page": page}
    return _answer(request, "web/conflict.html", context, 409)


def typed_before(request: HttpRequest) -> list[list[str]]:
    """Field and text of what this person had typed on this page when somebody else was faster; given once."""
    kept = request.session.get(_TYPED)
    if not kept or kept["page"].partition("?")[0] != request.path:
        return []
    del request.session[_TYPED]
    return list(kept["fields"])


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page to another address, whether a form or htmx asked."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        context |= {"layout": "web/answer_page.html", "typed": _typed(request), "page": _page_of(request)}
        return render(request, template, context, status=status)
    response = render(request, template, context | {"layout": "web/answer_part.html"}, status=status)
    if not request.headers.get("HX-Target", "").startswith("answer"):
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:window:top"
    return response


def _page_of(request: HttpRequest) -> str:
    """The address of the page that the person is looking at, without its host."""
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or request.get_full_path()
    host = f"//{request.get_host()}"
    path = seen.partition(host)[2] if host in seen else seen
    return path if path.startswith("/") and not path.startswith("//") else request.path


def _typed(request: HttpRequest) -> list[list[str]]:
    said = ((name, value) for name, values in request.POST.lists() for value in values)
    return [[n.replace("_", " ").capitalize(), v] for n, v in said if v.strip() and n not in _NOT_TYPED]
