"""SCRIPT at the door. Every answer is HTTP 200: its verdict stands in the SCRIPT answer itself, as networks expect."""

from __future__ import annotations

import uuid

from django.utils import timezone

from tallman.interchange.ncpdp_script import document, write
from tallman.interchange.ncpdp_script.part import local_name
from tallman.interchange.ncpdp_script.read import read as read_message
from tallman.interchange.ncpdp_script.warnings import Unreadable
from tallman.server.exchange import reasons
from tallman.server.exchange.outline import Line, of_xml
from tallman.server.exchange.reading import Answer, Format, Reading
from tallman.server.web import clock

__all__ = ["FORMAT"]


def read(content: bytes) -> Reading:
    """The header's sender and id, and the prescription. An id out of a broken message is answered, never believed."""
    try:
        message = read_message(content, timezone.get_default_timezone())
    except Unreadable as refused:
        header = refused.header
        known = header if header and header.transaction else None
        return Reading(
            sender=known.sender if known else "",
            message_id=known.message_id if known else "",
            reason=refused.code,
            place=refused.place,
            envelope=header,
        )
    header = message.header
    return Reading(header.sender, header.message_id, (message.prescription,), envelope=header)


def accept(reading: Reading, numbers: list[str]) -> Answer:
    """Status 010. The pharmacy's Rx number is no part of it."""
    return Answer(write.status(reading.envelope, message_id=uuid.uuid4().hex, sent_at=clock.now()), 200)


def reject(reading: Reading, reason: str, place: str) -> Answer:
    """Error with the reason's code and sentence, and where in the message it is."""
    said = reasons.reason(reason)
    text = f"{said.to_sender} ({place})" if place else said.to_sender
    content = write.error(
        reading.envelope, code=said.error, description=text, message_id=uuid.uuid4().hex, sent_at=clock.now()
    )
    return Answer(content, 200)


def outline(content: bytes) -> list[Line]:
    """The message in words; nothing when it is not sound XML."""
    try:
        root = document.document(content)
    except Unreadable:
        return []
    return [line for part in root for line in of_xml(part)]


def gist(content: bytes) -> str:
    """ "Error 900: the sentence"."""
    body = document.document(content).find("{*}Body")[0]
    code, text = body.findtext("{*}Code"), body.findtext("{*}Description")
    return ": ".join(filter(None, [f"{local_name(body)} {code}", text]))


FORMAT = Format(
    name="NCPDP SCRIPT",
    content_type="application/xml",
    suffix="xml",
    largest=document.LARGEST,
    read=read,
    accept=accept,
    reject=reject,
    pretty=document.pretty,
    outline=outline,
    gist=gist,
)
