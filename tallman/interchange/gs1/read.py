"""Reading a GS1 DataMatrix or GS1-128: trade item number (01), expiry (17), lot (10), serial number (21).

A lot or a serial number has no fixed length: a separator (FNC1, sent as ASCII 29) ends it. Scanners that work as
keyboards often lose that separator, and what follows is then swallowed. So every way of dividing such a text is
returned, the literal one first; only the pharmacy's record of lots can tell which is right.

Source: GS1 General Specifications, sections 3 (application identifiers) and 7.8 (separators).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from biip import ParseError
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message

from tallman.core.codes import CodeError
from tallman.core.codes import gtin as gtins
from tallman.core.codes.gtin import GTIN

__all__ = ["SEPARATOR", "PackageCode", "looks_like", "read"]

SEPARATOR = "\x1d"
_SENT_AS = re.compile(r"<GS>|\{GS\}|<FNC1>|\{FNC1\}|\^\]|[\u241d|~]")
"""How scanners and testers write the separator; none of it may stand in a value."""
_SYMBOLOGY = re.compile(r"^\](?:d2|C1|e0|Q3|J1)")
_BEGINNING = re.compile(r"01\d{14}|\(\d{2,4}\)|" + _SYMBOLOGY.pattern)
_FIXED = {"01": 14, "17": 6, "11": 6, "13": 6, "15": 6}
_VARIABLE = {"10": 20, "21": 20}


@dataclass(frozen=True, slots=True)
class PackageCode:
    """What a package's code says of it. `lot` and `serial` are empty, `expires_on` None where it says nothing."""

    gtin: GTIN
    expires_on: date | None = None
    lot: str = ""
    serial: str = ""


def looks_like(text: str) -> bool:
    """Whether a scanned text is an element string and not a bare number."""
    text = _SENT_AS.sub(SEPARATOR, text)
    return SEPARATOR in text or bool(_BEGINNING.match(text.strip()))


def read(text: str) -> tuple[PackageCode, ...]:
    """Every reading of an element string, the literal one first.

    Raises CodeError when it has no trade item number, or none whose check digit is right.

    >>> read("010030591093301217271231" + "10AB1" + "2199")[-1]
    PackageCode(gtin=GTIN(digits='00305910933012'), expires_on=datetime.date(2027, 12, 31), lot='AB1', serial='99')
    """
    text = _SYMBOLOGY.sub("", _plain(text))
    found = dict.fromkeys(code for elements in _divisions(text) if (code := _code(elements)))
    if not found:
        raise CodeError("this code holds no trade item number that is right: scan again")
    return tuple(found)


def _plain(text: str) -> str:
    return _SENT_AS.sub(SEPARATOR, text.strip()).strip()


def _divisions(text: str) -> Iterator[dict[str, str]]:
    """The literal reading, then every other one in which each identifier stands once."""
    try:
        message = GS1Message.parse_hri(text) if text.startswith("(") else GS1Message.parse(text)
        yield {e.ai.ai: e.value for e in message.element_strings}
    except ParseError:
        pass
    if not text.startswith("("):
        yield from _split(text, frozenset())


def _split(text: str, seen: frozenset[str]) -> Iterator[dict[str, str]]:
    """Divisions of a text in which any separator may be missing."""
    ai, rest = text[:2], text[2:]
    if not text:
        yield {}
    elif ai in _FIXED and ai not in seen and len(rest) >= _FIXED[ai]:
        yield from _joined(ai, rest, _FIXED[ai], seen)
    elif ai in _VARIABLE and ai not in seen:
        end = rest.find(SEPARATOR)
        longest = min(_VARIABLE[ai], len(rest) if end < 0 else end)
        for length in range(longest, 0, -1):
            yield from _joined(ai, rest, length, seen)


def _joined(ai: str, rest: str, length: int, seen: frozenset[str]) -> Iterator[dict[str, str]]:
    value, after = rest[:length], rest[length:].lstrip(SEPARATOR)
    for others in _split(after, seen | {ai}):
        yield {ai: value, **others}


def _code(elements: dict[str, str]) -> PackageCode | None:
    try:
        gtin = gtins.parse(elements.get("01", ""))
        expires = GS1ElementString.extract("17" + elements["17"]).date if "17" in elements else None
    except (CodeError, ParseError):
        return None
    return PackageCode(gtin, expires, elements.get("10", ""), elements.get("21", ""))
