"""CDS Hooks 2.0 for other systems: which services there are, their answers, and what became of the cards."""

from __future__ import annotations

import logging

import msgspec
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.http import require_POST, require_safe

from tallman.interchange.cds_hooks import services
from tallman.interchange.cds_hooks.feedback import read_feedback
from tallman.interchange.cds_hooks.request import Missing, Unreadable, read
from tallman.interchange.fhir.case import UnreadableBundle
from tallman.server.cds_clients.access import require_caller
from tallman.server.cds_clients.origins import open_to_all_pages, open_to_pages
from tallman.server.exchange import advising, cds
from tallman.server.exchange.body import body_of
from tallman.server.web import clock

__all__ = ["discovery", "feedback", "service"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")
LARGEST = 10 * 1024 * 1024
_log = logging.getLogger("tallman.exchange")


@open_to_all_pages
@require_safe
def discovery(request: HttpRequest) -> HttpResponse:
    """The services on offer; open to everybody and to pages of other origins, as the specification asks."""
    return _json(services.discovery(cds.measured()))


@open_to_pages
@require_caller
@require_POST
def service(request: HttpRequest, id: str) -> HttpResponse:
    """A call of a service, answered with cards. 400: it cannot be read, 404: no such service, 412: no patient."""
    asked = services.SERVICES.get(id)
    if asked is None:
        return _json({"error": "There is no such service: see /cds-services."}, 404)
    content = _content(request)
    if isinstance(content, HttpResponse):
        return content
    try:
        call = read(content, asked)
        advice = cds.advice(call, clock.today())
    except Missing as error:
        return _json({"error": str(error)}, 412)
    except (Unreadable, UnreadableBundle) as error:
        _log.warning("A call of %s could not be read.", asked.id)
        return _json({"error": str(error)}, 400)
    advising.note_advice(advice=advice, service=asked.id, by=request.caller)  # type: ignore[attr-defined]
    return _json({"cards": advice.cards})


@open_to_pages
@require_caller
@require_POST
def feedback(request: HttpRequest, id: str) -> HttpResponse:
    """What became of cards. What is said of cards that are not known here is passed over."""
    if id not in services.SERVICES:
        return _json({"error": "There is no such service: see /cds-services."}, 404)
    content = _content(request)
    if isinstance(content, HttpResponse):
        return content
    try:
        outcomes = read_feedback(content)
    except Unreadable as error:
        return _json({"error": str(error)}, 400)
    advising.note_outcomes(outcomes=outcomes, service=id, by=request.caller)  # type: ignore[attr-defined]
    return _json({})


def _content(request: HttpRequest) -> bytes | HttpResponse:
    try:
        content = body_of(request, LARGEST + 1)
    except UnreadablePostError:
        return _json({"error": "The call broke off: send it again."}, 400)
    return content if len(content) <= LARGEST else _json({"error": "The call is larger than 10 MB."}, 413)


def _json(value: object, status: int = 200) -> HttpResponse:
    return HttpResponse(_ENCODER.encode(value), status=status, content_type="application/json")
