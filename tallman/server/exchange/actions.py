"""Taking messages in, reading them again, setting them aside."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction

from tallman.server.accounts.models import ApiToken, User
from tallman.server.audit.actions import Author, record
from tallman.server.exchange import formats, queries
from tallman.server.exchange.knowing import know_numbers, say_who
from tallman.server.exchange.models import Message
from tallman.server.exchange.moving import move
from tallman.server.exchange.reading import Reading
from tallman.server.prescriptions.actions import receive
from tallman.server.refusal import Refused, refuse, unless_may
from tallman.server.web import clock

__all__ = ["Taken", "know_numbers", "move", "read_again", "say_who", "set_aside", "take_in"]

LONGEST_ID = 120
_log = logging.getLogger("tallman.exchange")
_UNSTORABLE = (DataError, IntegrityError, ArithmeticError, ValueError, TypeError, ValidationError, Refused)


@dataclass(frozen=True)
class Taken:
    """A message and whether it had come before, byte for byte."""

    message: Message
    seen_before: bool


def take_in(*, format: str, content: bytes, sender: str, by: Author, token: ApiToken | None = None) -> Taken:
    """A message arrives. It is kept, read and answered once, however often and by how many hands it is sent.

    `sender` counts where the message names none. Other content under a known id is parked beside the first.
    """
    reading = formats.read(format, content)
    digest = hashlib.sha256(content).hexdigest()
    fresh = Message(
        format=format, sender=_key(reading.sender) or sender, message_id=_key(reading.message_id) or f"sha256:{digest}",
        received_at=clock.now(), token=token, content=content, sha256=digest, status=Message.ACCEPTED, answer=b"",
        answer_status=0,
    )  # fmt: skip
    with transaction.atomic():
        row = _found_or_kept(fresh)
        if row.sha256 != digest:
            fresh.conflicts_with = row
            row = _found_or_kept(fresh)
            reading = replace(reading, reason="same-id-other-content", place="")
        if row is fresh:
            _settle(row, reading, by)
            record(action="exchange.take_in", by=by, subject=row, data=_facts(row))
        return Taken(row, seen_before=row is not fresh)


def _key(text: str) -> str:
    """A sender or an id as it is compared: whole, or its hash where it is longer or stranger than any should be."""
    if len(text) <= LONGEST_ID and text.isprintable():
        return text
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()}"


def _found_or_kept(fresh: Message) -> Message:
    """The row that stands under this id already, even since a moment ago; else `fresh`, which is then kept."""
    if found := queries.twin_of(fresh):
        return found
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:
        found = queries.twin_of(fresh)
        if found is None:
            raise
        return found
    return fresh


def _settle(row: Message, reading: Reading, by: Author) -> None:
    """Do what it brings, or park the message with the reason why not; write the answer unless it stands."""
    before = (row.status, row.reason, row.place)
    numbers, reason = _made(row, reading, by)
    row.status = Message.PARKED if reason else Message.ACCEPTED
    row.reason, row.place = reason, reading.place[:200] if reason else ""
    if (row.status, row.reason, row.place) != before or not row.answer:
        known = formats.FORMATS[row.format]
        answer = known.reject(reading, reason, row.place) if reason else known.accept(reading, numbers)
        row.answer, row.answer_status = answer.content, answer.status
    row.save(update_fields=["status", "reason", "place", "answer", "answer_status", "first_answer"])


def _made(row: Message, reading: Reading, by: Author) -> tuple[list[str], str]:
    """The Rx numbers of the prescriptions made of it, all or none, and the reason why nothing was done."""
    if reading.reason:
        return [], reading.reason
    try:
        try:
            return _done(row, reading, by)
        except IntegrityError:
            return _done(row, reading, by)  # somebody made the same patient or stay a moment ago: now it is found
    except _UNSTORABLE:
        return [], "not-storable"
    except (OperationalError, InterfaceError):
        raise  # the database is away or busy: nothing can be kept now, and the sender is told to send it again
    except Exception:
        _log.exception("Message %s could not be taken in.", row.pk)
        return [], "not-storable"


def _done(row: Message, reading: Reading, by: Author) -> tuple[list[str], str]:
    with transaction.atomic():
        made = [receive(received=r, by=by, source=row.source) for r in reading.prescriptions]
        reason = move(message=row, event=reading.event, by=by) if reading.event else ""
        if reason:
            transaction.set_rollback(True)
    return [p.rx_number or "" for p in made], reason


def _facts(row: Message) -> dict[str, object]:
    facts: dict[str, object] = {"format": row.format, "sender": row.sender, "status": row.status, "sha256": row.sha256}
    return facts | ({"reason": row.reason, "place": row.place} if row.reason else {})


@transaction.atomic
def read_again(*, message: Message, by: User) -> Message:
    """Read a waiting message once more, after a repair, or take in one that came under a known id.

    From then on whoever sends it is answered anew. Raises Refused when it does not wait any more.
    """
    unless_may(by, "retry-exception")
    row = _waiting(message)
    answer = bytes(row.answer)
    _settle(row, formats.read(row.format, bytes(row.content)), by)
    if row.first_answer is None and bytes(row.answer) != answer:
        row.first_answer = answer
        row.save(update_fields=["first_answer"])
    record(action="exchange.read_again", by=by, subject=row, data=_facts(row))
    return row


@transaction.atomic
def set_aside(*, message: Message, note: str, by: User) -> Message:
    """Somebody has dealt with it in another way. It is kept; `note` says what was done."""
    unless_may(by, "retry-exception")
    row = _waiting(message)
    if not note.strip():
        raise refuse("note", "Say what was done about it.")
    row.status, row.note = Message.SET_ASIDE, note.strip()
    row.settled_by, row.settled_at = by, clock.now()
    row.save(update_fields=["status", "note", "settled_by", "settled_at"])
    record(action="exchange.set_aside", by=by, subject=row, data={"note": row.note})
    return row


def _waiting(message: Message) -> Message:
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.status != Message.PARKED:
        raise refuse("settled", "Somebody has dealt with this message already.")
    return row
