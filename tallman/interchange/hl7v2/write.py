"""The answer to a message: ACK with MSA, and ERR where something is wrong. It says nothing of a patient."""

from __future__ import annotations

from datetime import datetime

from tallman.interchange.hl7v2.charset import LAST_RESORT
from tallman.interchange.hl7v2.header import Header
from tallman.interchange.hl7v2.place import Place

__all__ = ["acknowledgement"]

CODES = {"AA": "accepted", "AE": "an error in what it holds", "AR": "rejected as it stands"}
ERRORS = {
    "0": "Message accepted", "100": "Segment sequence error", "101": "Required field missing", "102": "Data type error",
    "200": "Unsupported message type", "201": "Unsupported event code", "204": "Unknown key identifier",
    "205": "Duplicate key identifier", "207": "Application internal error",
}  # fmt: skip
"""HL7 table 0357."""
_LONGEST_ECHO = 250


def acknowledgement(
    to: Header | None, *, code: str, message_id: str, at: datetime, error: str = "0", text: str = "",
    place: Place | None = None,
) -> bytes:  # fmt: skip
    """An ACK in the separators and the character set of the message with header `to` (None: it had none to be read).

    `code` is AA, AE or AR, `error` a code of `ERRORS`, `text` one of our own sentences, `message_id` the answer's own.
    ERR is as the version has it: from 2.5 on with the place, severity and sentence in fields of their own.
    """
    if code not in CODES or error not in ERRORS:
        raise ValueError(f"unknown acknowledgement {code!r} {error!r}")
    header = to or Header()
    segments = [_msh(header, message_id, at), _msa(header, code, text)]
    if error != "0":
        segments.append(_err(header, error, text, place))
    return ("\r".join(segments) + "\r").encode(_codec(header), "replace")


def _msh(to: Header, message_id: str, at: datetime) -> str:
    s = to.separators
    encoding = s.component + s.repetition + s.escape + s.subcomponent + s.truncation
    kind = ["ACK", *filter(None, [_safe(to, to.event)])]
    if len(kind) == 2 and _version(to) >= (2, 4):
        kind.append("ACK")
    (app, house), (to_app, to_house) = to.raw_receiver, to.raw_sender
    fields = [
        "MSH" + s.field + encoding, _echo(app) or "TALLMAN", _echo(house), _echo(to_app), _echo(to_house),
        at.strftime("%Y%m%d%H%M%S%z"), "", s.component.join(kind), message_id, _echo(to.raw_processing) or "P",
        _echo(to.raw_version) or "2.5", "", "", "", "", "", _echo(to.charset),
    ]  # fmt: skip
    return s.field.join(fields).rstrip(s.field)


def _msa(to: Header, code: str, text: str) -> str:
    fields = ["MSA", code, _echo(to.raw_control_id)]
    # MSA-3 has been for older versions only since 2.4: there the sentence has no other place.
    if text and _version(to) < (2, 5):
        fields.append(_safe(to, text))
    return to.separators.field.join(fields)


def _err(to: Header, error: str, text: str, place: Place | None) -> str:
    s = to.separators
    where = _where(place)
    coded = [error, _safe(to, ERRORS[error]), "HL70357"]
    if _version(to) < (2, 5):
        inner = (s.subcomponent or " ").join(coded)
        return f"ERR{s.field}{s.component.join([*[*where, '', '', ''][:3], inner])}"
    fields = ["ERR", "", s.component.join(where), s.component.join(coded), "E", "", "", "", _safe(to, text)]
    return s.field.join(fields).rstrip(s.field)


def _where(place: Place | None) -> list[str]:
    """Segment, which of that name, field, repetition and component, as far as named."""
    if place is None:
        return []
    numbers = [place.occurrence, place.field, place.repetition if place.field else 0, place.component]
    while len(numbers) > 1 and (not numbers[-1] or (numbers[-1] == 1 and len(numbers) == 3)):
        numbers.pop()
    return [place.segment, *map(str, numbers)]


def _version(to: Header) -> tuple[int, int]:
    """The version as numbers; 2.5 where it is none."""
    pieces = to.version.split(".")
    if len(pieces) > 1 and all(p.isascii() and p.isdigit() and len(p) < 3 for p in pieces[:2]):
        return int(pieces[0]), int(pieces[1])
    return 2, 5


def _echo(raw: str) -> str:
    """A field as it was sent, for the answer: without line breaks, and no longer than any sensible one."""
    return "".join(c for c in raw[:_LONGEST_ECHO] if c.isprintable())


def _safe(to: Header, text: str) -> str:
    """Words of ours with the message's separators escaped."""
    s = to.separators
    signs = {sign: letter for letter, sign in reversed(s.standing_for.items()) if sign}
    if not s.escape:
        return "".join(" " if c in signs else c for c in text)
    return "".join(f"{s.escape}{signs[c]}{s.escape}" if c in signs else c for c in text)


def _codec(to: Header) -> str:
    return to.codec if to.codec in ("ascii", "utf-8") or to.codec.startswith("iso8859") else LAST_RESORT
