"""Where other systems send the medicine lists of a stay: what was taken before, or what is ordered."""

from __future__ import annotations

import logging

import msgspec
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.http import require_POST

from tallman.core.reconciliation.line import SourceKind
from tallman.server.accounts.access import require_token
from tallman.server.exchange.body import body_of
from tallman.server.reconciliation.actions import receive_lists
from tallman.server.reconciliation.models import Encounter, MedicineList
from tallman.server.refusal import Refused

__all__ = ["lists"]

LARGEST = 10 * 1024 * 1024
HOLDS = {"history": "", "orders": SourceKind.HOSPITAL.value, "discharge-orders": SourceKind.DISCHARGE.value}
"""What the lists hold, as the sender says it."""
_log = logging.getLogger("tallman.exchange")


@require_token
@require_POST
def lists(request: HttpRequest) -> HttpResponse:
    """A Bundle for the stay `visit` (of `authority`), `holds` one of `HOLDS`. 201 with the lists that were made, 200
    when they were there; 404 without such a stay, 409 with several; 413, 422 and 503 with the reason."""
    asked = request.GET
    if asked.get("holds", "history") not in HOLDS:
        return _refused(f"Say what the lists hold: {', '.join(HOLDS)}.", 422)
    try:
        content = body_of(request, LARGEST + 1)
    except UnreadablePostError:
        return _refused("The call broke off: send it again.", 400)
    if len(content) > LARGEST:
        return _refused("The Bundle is larger than 10 MB.", 413)
    stays = _stays(asked.get("visit", ""), asked.get("authority"))
    if len(stays) != 1:
        return _refused(*_NOT_ONE[bool(stays)])
    return _received(request, stays[0], content, HOLDS[asked.get("holds", "history")])


_NOT_ONE = {
    False: ("There is no stay of this visit: send its admission first.", 404),
    True: ("Several houses have this number: say whose it is with `authority`.", 409),
}


def _stays(visit: str, authority: str | None) -> list[Encounter]:
    if not visit:
        return []
    found = Encounter.objects.filter(visit_number=visit).exclude(status="cancelled").select_related("patient")
    return list(found if authority is None else found.filter(authority=authority))[:2]


def _received(request: HttpRequest, stay: Encounter, content: bytes, orders: str) -> HttpResponse:
    token = request.token  # type: ignore[attr-defined]
    name = request.GET.get("name", "").strip()[:80] or token.name
    try:
        made = receive_lists(encounter=stay, content=content, name=name, by=token, orders=orders)
    except Refused as error:
        _log.warning("Lists for a stay could not be used: %s.", ", ".join(r.code for r in error.refusals))
        return _refused(str(error), 422)
    except (ValidationError, DataError):
        _log.warning("Lists for a stay could not be kept.")
        return _refused("Something in the Bundle is too long, or holds characters that cannot be kept.", 422)
    except OperationalError:
        return _refused("Busy: send it again.", 503, {"Retry-After": "30"})
    return _json({"lists": [_told(one) for one in made]}, 201 if made else 200)


def _told(made: MedicineList) -> dict[str, object]:
    return {"kind": made.kind, "name": made.name, "lines": made.lines.count()}


def _refused(sentence: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return _json({"error": sentence}, status, headers)


def _json(value: object, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(value), status=status, content_type="application/json", headers=headers)
