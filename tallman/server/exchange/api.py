"""Where other systems send prescriptions and what happens to patients in hospital.

A bearer token opens it; what comes is answered in its own language.
"""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.http import require_POST

from tallman.server.accounts.access import require_token
from tallman.server.exchange.actions import take_in
from tallman.server.exchange.body import body_of
from tallman.server.exchange.formats import FORMATS
from tallman.server.exchange.reading import Format, Reading

__all__ = ["fhir", "fhir_encounter", "fhir_medication_request", "hl7v2", "script"]

_log = logging.getLogger("tallman.exchange")


@require_token
@require_POST
def script(request: HttpRequest) -> HttpResponse:
    """A SCRIPT message. 200 with Status or Error; 413, 400 and 503, with Error, when it could not be kept."""
    return _taken_in(request, "script")


@require_token
@require_POST
def hl7v2(request: HttpRequest) -> HttpResponse:
    """An ADT message of HL7 v2. 200 with an ACK; 413, 400 and 503, with one, when it could not be kept."""
    return _taken_in(request, "hl7v2")


@require_token
@require_POST
def fhir(request: HttpRequest) -> HttpResponse:
    """A Bundle with prescriptions or an Encounter. Answered with an OperationOutcome."""
    return _taken_in(request, "fhir")


@require_token
@require_POST
def fhir_medication_request(request: HttpRequest) -> HttpResponse:
    """A MedicationRequest, at the address of its kind."""
    return _taken_in(request, "fhir")


@require_token
@require_POST
def fhir_encounter(request: HttpRequest) -> HttpResponse:
    """An Encounter, at the address of its kind."""
    return _taken_in(request, "fhir")


def _taken_in(request: HttpRequest, name: str) -> HttpResponse:
    format, token = FORMATS[name], request.token  # type: ignore[attr-defined]
    try:
        content = body_of(request, format.largest + 1)
    except UnreadablePostError:
        return _refused(format, "busy", 400)
    if len(content) > format.largest:
        _log.warning("A %s message of more than %d bytes was not kept.", name, format.largest)
        return _refused(format, "too-large", 413)
    try:
        message = take_in(format=name, content=content, sender=token.name, by=token, token=token).message
    except OperationalError:
        _log.exception("A %s message could not be kept now.", name)
        return _refused(format, "busy", 503)
    if message.reason:
        _log.warning("Message %d waits as an exception: %s.", message.pk, message.reason)
    return HttpResponse(bytes(message.answer), status=message.answer_status, content_type=format.content_type)


def _refused(format: Format, reason: str, status: int) -> HttpResponse:
    """The answer to what was not even kept: whoever sent it has to send it again, or otherwise."""
    answer = format.reject(Reading(), reason, "")
    headers = {"Retry-After": "30"} if reason == "busy" else {}
    return HttpResponse(answer.content, status=status, content_type=format.content_type, headers=headers)
