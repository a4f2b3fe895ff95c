"""A place in a message, as HL7 names it: PID-3, AL1[2]-5, PID-3(2).4."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Place"]

_WRITTEN = re.compile(r"([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+)(?:\((\d+)\))?(?:\.(\d+))?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """`segment` is its three letters, `occurrence` which of those of that name; 0 means that the part is not named."""

    segment: str
    occurrence: int = 1
    field: int = 0
    repetition: int = 1
    component: int = 0

    def __str__(self) -> str:
        """
        >>> str(Place("AL1", 2, 3)), str(Place("PID", 1, 3, 2, 4))
        ('AL1[2]-3', 'PID-3(2).4')
        """
        text = self.segment + (f"[{self.occurrence}]" if self.occurrence > 1 else "")
        if self.field:
            text += f"-{self.field}" + (f"({self.repetition})" if self.repetition > 1 else "")
        return text + (f".{self.component}" if self.field and self.component else "")

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place of a text as `str` writes it; None when it is none.

        >>> Place.parse("AL1[2]-3") == Place("AL1", 2, 3), Place.parse("byte 4")
        (True, None)
        """
        found = _WRITTEN.fullmatch(text)
        if not found:
            return None
        name, *numbers = found.groups()
        occurrence, field, repetition, component = (int(n) if n else None for n in numbers)
        return cls(name or "", occurrence or 1, field or 0, repetition or 1, component or 0)
