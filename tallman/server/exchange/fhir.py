"""FHIR R4 at the door. Answers are OperationOutcomes; the HTTP status says the same as they do."""

from __future__ import annotations

from typing import Any

import msgspec
from django.utils import timezone

from tallman.interchange.fhir import answer
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.encounters import is_about_an_encounter, read_encounter
from tallman.interchange.fhir.read import read as read_orders
from tallman.interchange.fhir.warnings import Unreadable
from tallman.server.exchange import reasons
from tallman.server.exchange.outline import Line, of_json
from tallman.server.exchange.reading import Answer, Format, Reading

__all__ = ["FORMAT"]

LARGEST = 5_000_000
"""Bytes. A Bundle may carry a long history beside the prescriptions."""
KEPT = "encounter"
"""The envelope of what is about an encounter."""
NOT_EVEN_JSON = {"NOT-JSON", "IS-XML", "TOO-DEEP", "NOT-FHIR"}
_KINDS = {"same-id-other-content": ("duplicate", 409), "too-large": ("too-long", 413), "busy": ("transient", 503)}
"""FHIR's issue type and the HTTP status of refusals that are not the reader's."""
_DECODER = msgspec.json.Decoder(float_hook=str)


def read(content: bytes) -> Reading:
    """The prescriptions of a Bundle or MedicationRequest, or the event of an Encounter.

    The sender is whoever's token it is: FHIR does not say.
    """
    zone = timezone.get_default_timezone()
    try:
        sent = document(content)
        message_id = _message_id(sent)
    except Unreadable as refused:
        return Reading(reason=refused.code, place=refused.where, envelope=refused)
    try:
        if is_about_an_encounter(sent):
            return Reading(message_id=message_id, event=read_encounter(content, zone), envelope=KEPT)
        return Reading(message_id=message_id, prescriptions=tuple(read_orders(content, zone)))
    except Unreadable as refused:
        return Reading(message_id=message_id, reason=refused.code, place=refused.where, envelope=refused)


def _message_id(sent: dict[str, Any]) -> str:
    """A Bundle's identifier, else its id; a MedicationRequest's identifier with its id; empty without an identifier.

    An Encounter is sent again whenever it changes: only its version tells one message of it from the next.

    Senders reuse identifiers: one order may come as several resources, told apart by their ids.
    """
    said, own = sent.get("identifier"), f"{sent['resourceType']}/{sent['id']}" if sent.get("id") else ""
    is_bundle = sent["resourceType"] == "Bundle"
    if sent["resourceType"] == "Encounter":
        return ""
    for identifier in said if isinstance(said, list) else [said]:
        if isinstance(identifier, dict) and identifier.get("value"):
            number = f"{identifier.get('system', '')}|{identifier['value']}"
            return number if is_bundle else f"{number} {own}".strip()
    return own if is_bundle else ""


def accept(reading: Reading, numbers: list[str]) -> Answer:
    """200, with a warning for everything that was not understood."""
    if reading.envelope == KEPT:
        return Answer(answer.kept_event(reading.event.warnings if reading.event else ()), 200)
    warnings = [w for p in reading.prescriptions for w in p.warnings]
    return Answer(answer.kept(len(numbers), warnings), 200)


def reject(reading: Reading, reason: str, place: str) -> Answer:
    """400 for what is no FHIR, 409 for a known id, 413 for too much, 422 for the rest."""
    if isinstance(reading.envelope, Unreadable) and reading.envelope.code == reason:
        return Answer(answer.refused(reading.envelope), 400 if reason in NOT_EVEN_JSON else 422)
    kind, status = _KINDS.get(reason, ("exception", 422))
    details = {"coding": [{"code": reason}], "text": reasons.reason(reason).to_sender}
    issue = {"severity": "error", "code": kind, "details": details}
    return Answer(msgspec.json.encode({"resourceType": "OperationOutcome", "issue": [issue]}), status)


def pretty(content: bytes) -> str | None:
    """The JSON laid out in lines, its numbers as sent; None when it is not sound."""
    try:
        return msgspec.json.format(content, indent=2).decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def outline(content: bytes) -> list[Line]:
    """The resource in words; nothing when it is no sound JSON."""
    try:
        sent = _DECODER.decode(content)
        return [line for name, value in sent.items() for line in of_json(name, value)] if sent else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, AttributeError):
        return []


def gist(content: bytes) -> str:
    """ "Error: the sentence" of an OperationOutcome, its first issue."""
    issue = msgspec.json.decode(content)["issue"][0]
    text = issue["details"]["text"]
    return f"{issue['severity'].capitalize()}: {text}"


FORMAT = Format(
    name="FHIR R4",
    content_type=answer.CONTENT_TYPE,
    suffix="json",
    largest=LARGEST,
    read=read,
    accept=accept,
    reject=reject,
    pretty=pretty,
    outline=outline,
    gist=gist,
)
