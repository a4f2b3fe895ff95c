"""Answers in SCRIPT: Status when a message was taken, Error when it was not. Neither says anything of a patient."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from tallman import __version__
from tallman.interchange.ncpdp_script.header import Header

__all__ = ["STATUS", "error", "status"]

STATUS = {"000": "accepted for delivery", "010": "accepted by the ultimate receiver"}
_NAMESPACE = "http://www.ncpdp.org/schema/SCRIPT"
_VERSIONED = ("DatatypesVersion", "TransportVersion", "TransactionVersion", "StructuresVersion", "ECLVersion")


def status(to: Header | None, *, message_id: str, sent_at: datetime, code: str = "010") -> bytes:
    """A Status that answers the message with header `to`. 010: it has arrived; 000: it is on its way."""
    if code not in STATUS:
        raise ValueError(f"unknown status {code!r}")
    return _answer("Status", code, "", to or Header(), message_id, sent_at)


def error(to: Header | None, *, code: str, description: str, message_id: str, sent_at: datetime) -> bytes:
    """An Error that answers the message with header `to`.

    `code` is 600, 601, 602, 700 or 900; `description` one of our own sentences.
    """
    return _answer("Error", code, description, to or Header(), message_id, sent_at)


def _answer(kind: str, code: str, description: str, to: Header, message_id: str, sent_at: datetime) -> bytes:
    root = _root(to)
    header = etree.SubElement(root, "Header")
    _add(header, "To", to.sender or "UNKNOWN", Qualifier=to.sender_qualifier or "ZZZ")
    _add(header, "From", to.recipient or "UNKNOWN", Qualifier=to.recipient_qualifier or "ZZZ")
    _add(header, "MessageID", message_id)
    if to.message_id:
        _add(header, "RelatesToMessageID", to.message_id)
    _add(header, "SentTime", sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    if to.version != "10.6":
        software = etree.SubElement(header, "SenderSoftware")
        _add(software, "SenderSoftwareDeveloper", "Tallman")
        _add(software, "SenderSoftwareProduct", "Tallman")
        _add(software, "SenderSoftwareVersionRelease", __version__)
    if to.order_number:
        _add(header, "PrescriberOrderNumber", to.order_number)
    body = etree.SubElement(etree.SubElement(root, "Body"), kind)
    _add(body, "Code", code)
    if description:
        _add(body, "Description", description)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _root(to: Header) -> Any:
    if to.version == "10.6":
        namespaces: dict[Any, str] = {None: _NAMESPACE}
        return etree.Element("Message", {"version": "010", "release": "006"}, nsmap=namespaces)
    version = to.version_sent if to.version == "2023011" else "20170715"
    return etree.Element("Message", dict.fromkeys(_VERSIONED, version) | {"TransactionDomain": "SCRIPT"})


def _add(parent: Any, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = text
