"""The envelope of a SCRIPT message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from tallman.interchange.ncpdp_script.part import Part

__all__ = ["Header", "guess_header", "read_header", "read_moment"]

VERSIONS = {"20170715": "2017071", "2017071": "2017071", "10.6": "10.6", "010": "10.6"}
_VERSION_ATTRIBUTES = ("TransactionVersion", "StructuresVersion", "TransportVersion", "version")


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent what to whom, and when. Empty means not said.

    `version` is 2017071, 2023011, 10.6 or empty, `version_sent` how the message writes it; `sender` and `recipient`
    are addresses with the qualifier that says of what kind; `signed` whether the sender marks the message as digitally
    signed.
    """

    message_id: str = ""
    sender: str = ""
    sender_qualifier: str = ""
    recipient: str = ""
    recipient_qualifier: str = ""
    sent_at: datetime | None = None
    relates_to: str = ""
    order_number: str = ""
    version: str = ""
    version_sent: str = ""
    transaction: str = ""
    signed: bool = False


def read_header(message: Part, transaction: str) -> Header:
    """The header of a message whose body holds `transaction`."""
    header = message.part("Header")
    versions = [message.attribute(name) for name in _VERSION_ATTRIBUTES]
    sender, recipient = header.part("From"), header.part("To")
    return Header(
        message_id=header.text("MessageID"),
        sender=sender.own_text(),
        sender_qualifier=sender.attribute("Qualifier"),
        recipient=recipient.own_text(),
        recipient_qualifier=recipient.attribute("Qualifier"),
        sent_at=read_moment(header.text("SentTime", "SentTime/UTCDateTime")),
        relates_to=header.text("RelatesToMessageID"),
        order_number=header.text("PrescriberOrderNumber"),
        version=next((v for said in versions if (v := _version(said))), ""),
        version_sent=next((said for said in versions if _version(said)), ""),
        transaction=transaction,
        signed=_is_signed(header),
    )


def _version(said: str) -> str:
    return VERSIONS.get(said, "2023011" if re.fullmatch("2023[0-9]{3,4}", said) else "")


def _is_signed(header: Part) -> bool:
    signature = header.part("DigitalSignature")
    indicator = signature.text("DigitalSignatureIndicator").lower()
    return bool(signature) and indicator not in {"false", "0", "n"}


def read_moment(text: str) -> datetime | None:
    """A moment such as 2026-01-15T09:30:00.5304856Z, in UTC; None when it is none. Finer than microseconds is cut."""
    cut = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        moment = datetime.fromisoformat(cut)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def guess_header(data: bytes) -> Header | None:
    """The message id out of bytes that are no sound XML, so that the answer can say what it answers."""
    found = re.search(rb"<(?:\w+:)?MessageID>\s*([A-Za-z0-9._:\-]{1,80})\s*</", data[:65_536].replace(b"\0", b""))
    return Header(message_id=found[1].decode("ascii")) if found else None
