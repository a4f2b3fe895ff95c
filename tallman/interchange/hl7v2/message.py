"""A message as segments, fields, repetitions, components and subcomponents. Segments of any name are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tallman.core.received import ReadWarning
from tallman.interchange.hl7v2.charset import decode
from tallman.interchange.hl7v2.escapes import unescape
from tallman.interchange.hl7v2.place import Place
from tallman.interchange.hl7v2.warnings import Unreadable, warning

__all__ = ["LARGEST", "MOST_SEGMENTS", "Message", "Part", "Segment", "Separators", "parse"]

LARGEST = 1_000_000
"""Bytes."""
MOST_SEGMENTS = 5_000
MOST_REPETITIONS = 200
DELETED = '""'
"""Sent for "there is none", where nothing at all means "not said"."""
_BREAK = re.compile(r"\r\n|\r|\n")
_WRAPPERS = ("FHS", "BHS", "BTS", "FTS")
_FRAME = "\x0b\x1c\x1a \t\r\n"
_ALLOWED = re.compile(r"[!-/:-@\[-`{-~]")
"""Signs of ASCII that are neither letters nor digits."""


@dataclass(frozen=True, slots=True)
class Separators:
    """The signs that part a message. `escape` and `subcomponent` may be empty: old senders name fewer."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"
    truncation: str = ""

    @property
    def standing_for(self) -> dict[str, str]:
        """What the letters of escape sequences stand for."""
        named = {"F": self.field, "S": self.component, "R": self.repetition, "E": self.escape}
        return named | {"T": self.subcomponent or "&", "P": self.truncation or "#"}


@dataclass(frozen=True, slots=True)
class Part:
    """One repetition of a field. Components and subcomponents count from 1."""

    raw: str
    place: Place
    message: Message

    def __bool__(self) -> bool:
        return bool(self.text_of_all())

    @property
    def is_deleted(self) -> bool:
        """Whether it was sent as "there is none"."""
        return self.raw.strip() == DELETED

    def text(self, component: int = 1, subcomponent: int = 1) -> str:
        """The words of a component, without space around; empty when it is not there or was deleted."""
        whole = _nth(self.raw, self.message.separators.component, component)
        return self._read(_nth(whole, self.message.separators.subcomponent, subcomponent), component)

    def text_of_all(self) -> str:
        """The words of every component, with spaces between."""
        pieces = _split(self.raw, self.message.separators.component)
        inner = [p for piece in pieces for p in _split(piece, self.message.separators.subcomponent)]
        return " ".join(filter(None, (self._read(p, 0) for p in inner)))

    def warn(self, code: str, component: int = 0) -> None:
        """Warn of this part, or of one of its components."""
        here = self.place
        self.message.warn(code, Place(here.segment, here.occurrence, here.field, here.repetition, component))

    def _read(self, raw: str, component: int) -> str:
        raw = raw.strip()
        if raw == DELETED:
            return ""
        separators = self.message.separators
        text, understood = unescape(raw, separators.escape, separators.standing_for, self.message.codec)
        if not understood:
            self.warn("ESCAPE-UNKNOWN", component)
        return text.replace("\0", "").strip()


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. Fields count from 1 as in the standard: MSH-1 is the separator itself."""

    name: str
    occurrence: int
    fields: tuple[str, ...]
    message: Message

    def __bool__(self) -> bool:
        return bool(self.fields)

    def raw(self, number: int) -> str:
        """A field as it was sent, its repetitions and escapes untouched."""
        return self.fields[number - 1] if 0 < number <= len(self.fields) else ""

    def parts(self, number: int) -> list[Part]:
        """The repetitions of a field that say something or delete it."""
        raws = _split(self.raw(number), self.message.separators.repetition)
        if len(raws) > MOST_REPETITIONS:
            self.warn("TOO-MANY", number)
        found = enumerate(raws[:MOST_REPETITIONS], 1)
        return [Part(raw, self.place(number, index), self.message) for index, raw in found if raw.strip()]

    def part(self, number: int) -> Part:
        """The first repetition of a field; an empty one when there is none."""
        return next(iter(self.parts(number)), Part("", self.place(number), self.message))

    def text(self, number: int, component: int = 1, subcomponent: int = 1) -> str:
        """The words of a component of a field's first repetition."""
        return self.part(number).text(component, subcomponent)

    def place(self, number: int = 0, repetition: int = 1) -> Place:
        """Where this segment, or a field of it, stands."""
        return Place(self.name, self.occurrence, number, repetition)

    def warn(self, code: str, number: int = 0) -> None:
        """Warn of this segment, or of a field of it."""
        self.message.warn(code, self.place(number))


@dataclass(slots=True)
class Message:
    """All segments in their order, and what was said about them while they were read."""

    separators: Separators = Separators()
    codec: str = "utf-8"
    segments: list[Segment] = field(default_factory=list)
    said: dict[ReadWarning, None] = field(default_factory=dict)

    def all(self, *names: str) -> Iterator[Segment]:
        """The segments of some names, in the order sent."""
        return (s for s in self.segments if s.name in names)

    def first(self, name: str) -> Segment:
        """The first segment of a name; an empty one when there is none."""
        return next(self.all(name), Segment(name, 1, (), self))

    def warn(self, code: str, place: Place) -> None:
        """Note a warning, once."""
        self.said[warning(code, place)] = None

    @property
    def warnings(self) -> tuple[ReadWarning, ...]:
        """What was said, in the order it was."""
        return tuple(self.said)


def parse(data: bytes) -> Message:
    """The message in `data`, with or without its MLLP frame. Raises Unreadable, and nothing else."""
    text, codec, doubt = decode(data.lstrip(_FRAME.encode()))
    lines = [line for line in _BREAK.split(text.strip(_FRAME)) if line.strip()]
    while lines and lines[0][:3] in _WRAPPERS:
        lines.pop(0)
    if not lines or not lines[0].startswith("MSH") or len(lines[0]) < 6:
        raise Unreadable("NOT-HL7")
    message = Message(_separators(lines[0]), codec)
    if doubt:
        message.warn(doubt, Place("MSH", 1, 18))
    _add_segments(message, lines)
    return message


def _separators(header: str) -> Separators:
    """The signs of a header. A doubled backslash, which some systems make of one, counts as one."""
    sign, encoding = header[3], header[4:].split(header[3], 1)[0].replace("\\\\", "\\")
    names = ("component", "repetition", "escape", "subcomponent", "truncation")
    signs = (sign, *encoding)
    are_told_apart = len(set(signs)) == len(signs) and all(map(_ALLOWED.match, signs))
    if not encoding or len(encoding) > len(names) or not are_told_apart:
        raise Unreadable("BAD-SEPARATORS", Place("MSH", 1, 2))
    told = dict.fromkeys(names, "") | dict(zip(names, encoding, strict=False))
    return Separators(field=sign, **told)


def _add_segments(message: Message, lines: list[str]) -> None:
    sign, counts = message.separators.field, dict[str, int]()
    for line in _whole(lines, sign):
        name, *fields = line.split(sign)
        name = name.strip()
        if name in _WRAPPERS:
            continue
        counts[name] = counts.get(name, 0) + 1
        if name == "MSH":
            fields = [sign, *fields]
        message.segments.append(Segment(name, counts[name], tuple(fields), message))
        if "\n" in line:
            message.segments[-1].warn("LINE-CONTINUED")
    if counts.get("MSH", 0) > 1:
        raise Unreadable("SEVERAL-MESSAGES", Place("MSH", 2))
    if len(message.segments) > MOST_SEGMENTS:
        raise Unreadable("TOO-MANY-SEGMENTS")


def _whole(lines: list[str], sign: str) -> list[str]:
    """The lines, each that begins no segment put to the one before: texts with line breaks in them are sent so."""
    begins = re.compile(rf"\s*[A-Z][A-Z0-9]{{2}}(?:{re.escape(sign)}|\s*$)")
    found: list[list[str]] = []
    for line in lines:
        if begins.match(line) or not found:
            found.append([line.lstrip()])
        else:
            found[-1].append(line)
    return ["\n".join(pieces) for pieces in found]


def _split(text: str, sign: str) -> list[str]:
    return text.split(sign) if sign else [text]


def _nth(text: str, sign: str, number: int) -> str:
    pieces = _split(text, sign)
    return pieces[number - 1] if number <= len(pieces) else ""
