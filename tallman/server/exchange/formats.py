"""The wire formats at the door, and telling them apart."""

from __future__ import annotations

import logging

from tallman.server.exchange import fhir, hl7v2, script
from tallman.server.exchange.reading import Format, Reading

__all__ = ["FORMATS", "read", "sniff"]

FORMATS: dict[str, Format] = {"script": script.FORMAT, "fhir": fhir.FORMAT, "hl7v2": hl7v2.FORMAT}
_log = logging.getLogger("tallman.exchange")


def read(format: str, content: bytes) -> Reading:
    """Read a message. A reader that breaks is a reason like any other: the message is kept all the same."""
    try:
        return FORMATS[format].read(content)
    except Exception:
        _log.exception("The reader of %s failed.", format)
        return Reading(reason="reader-failed")


def sniff(content: bytes) -> str | None:
    """The format that the first characters show; None when they show none."""
    start = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0\x0b \t\r\n")
    if start.replace(b"\0", b"")[:3] in (b"MSH", b"FHS", b"BHS"):
        return "hl7v2"
    return {b"<": "script", b"{": "fhir"}.get(start[:1])
