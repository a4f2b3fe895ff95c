"""Write reminders as an iCalendar file. It names the medicine and the direction, never the patient."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tallman.core.sig import Sig
from tallman.core.sig.reminders import Reminder, reminders

__all__ = ["Entry", "calendar"]

_FREQUENCY = {"d": "DAILY", "wk": "WEEKLY", "mo": "MONTHLY"}
_WEEKDAY = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
_WEEK = tuple(_WEEKDAY)
_LINE = 75
_LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Entry:
    """One medicine of the calendar: its name, how the patient reads the direction, the direction, the first day."""

    name: str
    directions: str
    sig: Sig
    begins: date


def calendar(entries: Iterable[Entry], *, written: datetime) -> tuple[bytes, tuple[str, ...]]:
    """The calendar file (UTF-8, CRLF), and the names of the medicines that no clock can tell when to take.

    Times are local to whoever opens it ("floating" in RFC 5545). `written` has a time zone.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tallman//Reminders//EN", "CALSCALE:GREGORIAN"]
    left_out = []
    for entry in entries:
        planned = reminders(entry.sig)
        if planned is None:
            left_out.append(entry.name)
            continue
        for reminder in planned:
            lines += [line for at in reminder.times for line in _event(entry, reminder, at, written)]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode(), tuple(left_out)


def _event(entry: Entry, reminder: Reminder, at: str, written: datetime) -> Iterator[str]:
    first = _first_day(entry.begins + timedelta(days=reminder.first_day), reminder)
    start = datetime.combine(first, time(int(at[:2]), int(at[3:])))
    named = f"{entry.name}|{entry.directions}|{start.isoformat()}".encode()
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(named).hexdigest()[:32]}@tallman"
    yield f"DTSTAMP:{_utc(written)}"
    yield f"DTSTART:{start:%Y%m%dT%H%M%S}"
    yield f"DTEND:{start + _LASTS:%Y%m%dT%H%M%S}"
    if rule := _rule(entry.begins, reminder):
        yield f"RRULE:{rule}"
    yield f"SUMMARY:{_text(entry.name)}"
    yield f"DESCRIPTION:{_text(entry.directions)}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.name)}", "TRIGGER:PT0S", "END:VALARM")
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta(0)
    return f"{moment.replace(tzinfo=None) - offset:%Y%m%dT%H%M%SZ}"


def _first_day(begins: date, reminder: Reminder) -> date:
    """The first of the weekdays from the beginning on: a start that the rule does not match would be a day too many."""
    while reminder.weekdays and _WEEK[begins.weekday()] not in reminder.weekdays:
        begins += timedelta(days=1)
    return begins


def _rule(begins: date, reminder: Reminder) -> str:
    if reminder.days == 1:
        return ""
    parts = [f"FREQ={'WEEKLY' if reminder.weekdays else _FREQUENCY[reminder.unit]}"]
    if reminder.every > 1:
        parts.append(f"INTERVAL={reminder.every}")
    if reminder.weekdays:
        parts.append("BYDAY=" + ",".join(_WEEKDAY[d] for d in reminder.weekdays))
    if reminder.days is not None:
        last = begins + timedelta(days=reminder.first_day + reminder.days - 1)
        parts.append(f"UNTIL={last:%Y%m%d}T235959")
    return ";".join(parts)


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 bytes each, continued with a space; a character is never cut."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > _LINE - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += encoded
    pieces.append(piece)
    return "\r\n ".join(p.decode() for p in pieces) + "\r\n"
