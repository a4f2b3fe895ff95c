"""How many times a day the moments named in a direction make."""

from __future__ import annotations

from collections.abc import Sequence

from tallman.core.sig.model import Event

__all__ = ["DAY_PARTS", "MEALS", "are_apart", "clock_part", "occasions"]

DAY_PARTS = {
    "MORN": "morning", "WAKE": "morning", "ACM": "morning", "CM": "morning", "PCM": "morning", "NOON": "noon", "ACD": "noon",
    "CD": "noon", "PCD": "noon", "AFT": "afternoon", "EVE": "evening", "ACV": "evening", "CV": "evening", "PCV": "evening",
    "NIGHT": "night", "HS": "night",
}  # fmt: skip
"""Which part of the day an event belongs to; meals in general count as three."""
MEALS = frozenset({"C", "AC", "PC"})
_ENDS = ((4, "night"), (11, "morning"), (13, "noon"), (17, "afternoon"), (21, "evening"), (24, "night"))


def clock_part(hour: str) -> str:
    """The part of the day of an hour such as "08:00"."""
    return next(part for end, part in _ENDS if int(hour[:2]) < end)


def occasions(events: Sequence[Event], clock: Sequence[str] = ()) -> int:
    """How many times a day these events and hours make: "in the morning" and "at 8 am" are one.

    >>> occasions([Event("C"), Event("HS")])
    4
    """
    if not clock and len(events) == 1:
        return 3 if events[0].code in MEALS else 1
    hours: dict[str, int] = {}
    for hour in clock:
        hours[clock_part(hour)] = hours.get(clock_part(hour), 0) + 1
    for event in events:
        part = DAY_PARTS.get(event.code)
        if part:
            hours.setdefault(part, 1)
    return sum(hours.values()) + (3 if any(e.code in MEALS for e in events) else 0)


def are_apart(events: Sequence[Event], clock: Sequence[str]) -> bool:
    """Whether an hour is a moment of its own ("in the morning and at 2 pm"), not when a named one is ("in the morning at
    8 am")."""
    parts = {DAY_PARTS.get(event.code) for event in events}
    return bool(events) and any(clock_part(hour) not in parts for hour in clock)
