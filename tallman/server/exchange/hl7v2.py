"""HL7 v2 at the door. Every answer is an ACK; over HTTP it comes with 200, its verdict stands in MSA."""

from __future__ import annotations

import uuid

from django.utils import timezone

from tallman.interchange.hl7v2.message import LARGEST, Segment, parse
from tallman.interchange.hl7v2.place import Place
from tallman.interchange.hl7v2.read import read as read_message
from tallman.interchange.hl7v2.warnings import REFUSALS, Unreadable
from tallman.interchange.hl7v2.write import acknowledgement
from tallman.server.exchange import reasons
from tallman.server.exchange.hl7v2_names import FIELDS, SEGMENTS
from tallman.server.exchange.outline import Line
from tallman.server.exchange.reading import Answer, Format, Reading
from tallman.server.web import clock

__all__ = ["FORMAT"]

_ERRORS = {
    "who-is-this": "204", "number-of-another": "204", "numbers-of-several": "204", "which-stay": "204",
    "same-id-other-content": "205",
}  # fmt: skip
"""Codes of HL7 table 0357 for reasons that are not the reader's: unknown key, duplicate key; else internal error."""


def read(content: bytes) -> Reading:
    """The sender (application and facility), the message's id and its event."""
    try:
        received = read_message(content, timezone.get_default_timezone())
    except Unreadable as refused:
        header = refused.header
        return Reading(
            sender=_sender(header.sender) if header else "",
            message_id=header.control_id if header else "",
            reason=refused.code,
            place=str(refused.place or ""),
            envelope=header,
        )
    header = received.header
    return Reading(_sender(header.sender), header.control_id, event=received.event, envelope=header)


def _sender(said: tuple[str, str]) -> str:
    return "|".join(filter(None, said))


def accept(reading: Reading, numbers: list[str]) -> Answer:
    """AA."""
    return Answer(acknowledgement(reading.envelope, code="AA", message_id=_id(), at=clock.now()), 200)


def reject(reading: Reading, reason: str, place: str) -> Answer:
    """AR for what is no ADT message, AE for the rest, with the reason's code and sentence, and where it is."""
    refusal = REFUSALS.get(reason)
    error = refusal.error if refusal else _ERRORS.get(reason, "207")
    content = acknowledgement(
        reading.envelope,
        code="AR" if refusal and refusal.rejected else "AE",
        message_id=_id(),
        at=clock.now(),
        error=error,
        text=reasons.reason(reason).to_sender,
        place=Place.parse(place),
    )
    return Answer(content, 200)


def _id() -> str:
    """Twenty characters, which is what HL7 allows."""
    return uuid.uuid4().hex[:20].upper()


def pretty(content: bytes) -> str | None:
    """A segment in each line; None when it is no message."""
    try:
        message = parse(content)
    except Unreadable:
        return None
    sign = message.separators.field
    return "\n".join(sign.join([s.name, *s.fields[s.name == "MSH" :]]) for s in message.segments)


def outline(content: bytes) -> list[Line]:
    """The segments with their fields by number and name, repetitions apart; nothing when it is no message."""
    try:
        message = parse(content)
    except Unreadable:
        return []
    return [line for segment in message.segments for line in _lines(segment)]


def _lines(segment: Segment) -> list[Line]:
    names = FIELDS.get(segment.name, {})
    label = f"{SEGMENTS[segment.name]} ({segment.name})" if segment.name in SEGMENTS else segment.name
    first = 3 if segment.name == "MSH" else 1
    said = [
        Line(1, f"{number} {names.get(number, '')}".strip(), (("", part.text_of_all()),))
        for number in range(first, len(segment.fields) + 1)
        for part in segment.parts(number)
        if part
    ]
    return [Line(0, label), *said]


def gist(content: bytes) -> str:
    """ "AE: the sentence"."""
    ack = parse(content)
    msa, err = ack.first("MSA"), ack.first("ERR")
    text = err.text(8) or msa.text(3)
    return ": ".join(filter(None, [msa.text(1), text]))


FORMAT = Format(
    name="HL7 v2",
    content_type="application/hl7-v2",
    suffix="hl7",
    largest=LARGEST,
    read=read,
    accept=accept,
    reject=reject,
    pretty=pretty,
    outline=outline,
    gist=gist,
)
