"""Moments as HL7 writes them: YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from tallman.interchange.hl7v2.message import Part

__all__ = ["day_of", "moment_of", "offset_of"]

_WRITTEN = re.compile(
    r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{0,6})\d*)?)?)?)?)?)?\s*([+-]\d{4}|Z)?", re.ASCII
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(?:(Z)|([+-]\d\d):?(\d\d))?", re.ASCII
)
_EARLIEST = 1800


def day_of(part: Part, component: int = 1) -> date | None:
    """The calendar day as written; None, with a warning, for what has no day or is no date."""
    text = part.text(component)
    found = _fields(text)
    if found and found[3]:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    if text.strip("0"):
        part.warn("DATE-UNREADABLE", component)
    return None


def moment_of(part: Part, zone: tzinfo, component: int = 1) -> datetime | None:
    """The moment. One without an offset is in `zone`; one without a time of day, with a warning, at its beginning.

    None where nothing is sent, and, with a warning, for what has no day or is no date.
    """
    text = part.text(component)
    found = _fields(text)
    if not found or not found[3]:
        if text.strip("0"):
            part.warn("DATE-UNREADABLE", component)
        return None
    hour, minute, second = (int(found[n] or 0) for n in (4, 5, 6))
    try:
        # Midnight at the end of a day is sent as 24:00 by some.
        day = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=hour == 24)
        fraction = int((found[7] or "").ljust(6, "0"))
        clock = time(0 if hour == 24 else hour, minute, min(second, 59), fraction, _offset(found[8]) or zone)
        moment = datetime.combine(day, clock)
        if moment.astimezone(UTC).year < _EARLIEST:
            raise ValueError
    except (ValueError, OverflowError):
        part.warn("DATE-UNREADABLE", component)
        return None
    if not found[4]:
        part.warn("TIME-MISSING", component)
    return moment


def offset_of(part: Part) -> tzinfo | None:
    """The offset of a moment from UTC: MSH-7's holds for the whole message. None when it has none."""
    found = _fields(part.text())
    return _offset(found[8]) if found else None


def _fields(text: str) -> re.Match[str] | None:
    """The digits of a moment; those of an ISO 8601 one too, which some send."""
    if iso := _ISO.fullmatch(text):
        text = "".join(filter(None, iso.groups()))
    return _WRITTEN.fullmatch(text)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return timezone(size if text[0] == "+" else -size) if size < timedelta(hours=24) else None
