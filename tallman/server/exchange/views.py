"""Messages that wait as exceptions, and every message as it came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tallman.server.exchange import actions, formats, queries
from tallman.server.exchange.formats import FORMATS
from tallman.server.exchange.models import Message
from tallman.server.exchange.reasons import reason
from tallman.server.exchange.stay_reasons import WHO
from tallman.server.exchange.whose import candidates
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.matching import Candidate
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.access import require
from tallman.server.web.answers import answered

__all__ = ["content", "exceptions", "message", "original", "read_again", "say_who", "set_aside"]

PAGE_SIZE = 50


@require("read-exceptions")
@require_safe
def exceptions(request: HttpRequest) -> HttpResponse:
    """What waits, urgent and old first, each with its reason and what to do; under another tab what was set aside."""
    is_waiting = request.GET.get("show") != "set-aside"
    found: Any = _urgent_first(list(queries.parked())) if is_waiting else queries.set_aside()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"message": m, "reason": reason(m.reason)} for m in page]
    context = {"page": page, "rows": rows, "is_waiting": is_waiting, "waiting": queries.parked().count()}
    return render(request, "exchange/exceptions.html", context | {"now": clock.now()})


def _urgent_first(found: list[Message]) -> list[Message]:
    return sorted(found, key=lambda m: not reason(m.reason).is_urgent)


@require("retry-exception")
@require_POST
@answered
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a waiting message once more and say what came of it."""
    row = actions.read_again(message=get_object_or_404(Message, pk=pk), by=request.user)
    if row.status == Message.PARKED:
        messages.warning(request, f"Read again, and it still waits. {reason(row.reason).text}.")
        return redirect("exchange:message", pk=row.pk)
    return _told_what_came(request, row)


def _told_what_came(request: HttpRequest, row: Message) -> HttpResponse:
    """Back to the exceptions, with what was made of the message."""
    numbers = ", ".join(f"Rx {p.rx_number}" for p in queries.prescriptions_of(row))
    moved = ", ".join(f"{m.encounter.patient}: {m.get_kind_display().lower()}" for m in queries.movements_of(row))
    said = f"{numbers}, now in the queue" if numbers else moved or "nothing is to be done about it"
    messages.success(request, f"Taken in: {said}.")
    return redirect("exchange:exceptions")


@require("retry-exception")
@require_POST
@answered
def say_who(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody says who a message is about, a person on record or somebody new; then it is read again."""
    row = get_object_or_404(Message, pk=pk)
    event = formats.read(row.format, bytes(row.content)).event
    if event is None:
        raise refuse("no-event", "This message does not tell of a patient's stay.")
    chosen = request.POST.get("patient", "")
    if chosen != "new" and not chosen.isdecimal():
        raise refuse("patient", "Choose who it is.")
    who = None if chosen == "new" else get_object_or_404(Patient, pk=chosen)
    row = actions.read_again(
        message=actions.say_who(message=row, event=event, patient=who, by=request.user), by=request.user
    )
    if row.status == Message.PARKED:
        messages.warning(request, f"It still waits. {reason(row.reason).text}.")
        return redirect("exchange:message", pk=row.pk)
    return _told_what_came(request, row)


@require("retry-exception")
@require_POST
@answered
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an exception that was dealt with in another way."""
    row = get_object_or_404(Message, pk=pk)
    actions.set_aside(message=row, note=request.POST.get("note", ""), by=request.user)
    messages.success(request, "Set aside. The message is kept.")
    return redirect("exchange:exceptions")


@require("read-work")
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A message as received, the answer it got, and what was made of it."""
    row = get_object_or_404(queries.whole(), pk=pk)
    return render(request, "exchange/message.html", _shown(row))


@require("read-work")
@require_safe
def original(request: HttpRequest, rx_number: str) -> HttpResponse:
    """The message a prescription came in; for one on paper or by telephone what was noted down."""
    prescription = get_object_or_404(Prescription, rx_number=rx_number)
    row = queries.message_of(prescription)
    if row is not None:
        return render(request, "exchange/message.html", _shown(row) | {"prescription": prescription})
    return render(request, "exchange/no_message.html", {"prescription": prescription})


def _shown(row: Message) -> dict[str, Any]:
    raw, format = bytes(row.content), FORMATS[row.format]
    return {
        "message": row,
        "reason": reason(row.reason) if row.reason else None,
        "prescriptions": queries.prescriptions_of(row),
        "movements": queries.movements_of(row),
        "people": _people(row),
        "size": len(raw),
        "outline": format.outline(raw),
        "pretty": format.pretty(raw),
        "raw": _text(raw),
        "answers": [
            (title, format.gist(bytes(content)), format.pretty(bytes(content)))
            for title, content in (("Answered on arrival", row.first_answer), (_now(row), row.answer))
            if content is not None
        ],
    }


def _people(row: Message) -> list[Candidate] | None:
    """Those on record who may be meant, where a person has to say who it is; None where not."""
    if row.status != Message.PARKED or row.reason not in WHO:
        return None
    event = formats.read(row.format, bytes(row.content)).event
    return candidates(event, row) if event else None


def _now(row: Message) -> str:
    return "Answered from now on" if row.first_answer is not None else "Answered"


def _text(raw: bytes) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return bytes(raw).decode(encoding, "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


@require("read-work")
@require_safe
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as received, to be saved: never shown by the browser as what they say they are."""
    row = get_object_or_404(Message, pk=pk)
    name = f"message-{row.pk}.{FORMATS[row.format].suffix}"
    return HttpResponse(
        bytes(row.content),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
