"""When to be reminded: the clock times and days that a direction asks for, counted from the day it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tallman.core.quantity import UNITS
from tallman.core.sig.model import Interval, Sig, Step, Timing

__all__ = ["HOURS", "Reminder", "reminders"]

HOURS = {
    "WAKE": "07:00", "MORN": "08:00", "NOON": "12:00", "AFT": "15:00", "EVE": "18:00", "NIGHT": "21:00", "HS": "22:00",
    "ACM": "07:30", "CM": "08:00", "PCM": "08:30", "ACD": "11:30", "CD": "12:00", "PCD": "12:30", "ACV": "17:30",
    "CV": "18:00", "PCV": "18:30",
}  # fmt: skip
"""Usual hours of the events of a day; the patient moves them to suit."""

_SPREAD = {
    1: ("08:00",),
    2: ("08:00", "18:00"),
    3: ("08:00", "12:00", "18:00"),
    4: ("08:00", "12:00", "18:00", "22:00"),
}
_AT_MEALS = {"C": ("08:00", "12:00", "18:00"), "AC": ("07:30", "11:30", "17:30"), "PC": ("08:30", "12:30", "18:30")}
_COURSE_UNITS = {"d": 1, "wk": 7}
_FIRST_HOUR = 6
_DAY = Fraction(1440)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Reminders of one step: at `times` ("08:00"), every `every` days, weeks or months, or on `weekdays`.

    `first_day` counts from 0; `days` is for how many days it goes on (None: until somebody says stop).
    """

    step: Step
    times: tuple[str, ...]
    every: int = 1
    unit: str = "d"
    weekdays: tuple[str, ...] = ()
    first_day: int = 0
    days: int | None = None


def reminders(sig: Sig) -> tuple[Reminder, ...] | None:
    """The reminders of a direction; None for what no clock can tell: as needed, as directed, changing doses, unread."""
    if not sig.is_read or not sig.steps:
        return None
    found: list[Reminder] = []
    begins = 0
    for phase in sig.phases():
        ends: list[int | None] = []
        for step in phase:
            if step.prn or step.as_directed or step.change or step.scale or step.link == "or":
                return None
            planned = _in_course(step) if step.days else _from(step, begins)
            if planned is None:
                return None
            found += planned
            last = planned[-1]
            ends.append(None if last.days is None else last.first_day + last.days)
        begins = -1 if None in ends else max(end for end in ends if end is not None)
    if any(r.first_day < 0 for r in found):
        return None
    return tuple(found)


def _from(step: Step, begins: int) -> list[Reminder] | None:
    """The reminders of a step that begins so many days after the first."""
    rhythm = _rhythm(step)
    if rhythm is None:
        return None
    times, every, unit = rhythm
    return [Reminder(step, times, every, unit, step.timing.weekdays, begins, 1 if step.timing.once else _days(step))]


def _in_course(step: Step) -> list[Reminder] | None:
    """The reminders of a step on named days of the course; of a round, one for each of its days, as often as it comes."""
    days, rhythm = step.days, _rhythm(step) or (("08:00",), 1, "d")
    if (
        days is None
        or days.unit not in _COURSE_UNITS
        or rhythm[1:] != (1, "d")
        or step.timing.weekdays
        or step.duration
    ):
        return None
    each = _COURSE_UNITS[days.unit]
    first, end = (days.first - 1) * each, None if days.last is None else days.last * each
    if step.cycle is None:
        return [Reminder(step, rhythm[0], first_day=first, days=None if end is None else end - first)]
    if end is None or step.cycle.unit not in _COURSE_UNITS:
        return None
    again = int(step.cycle.low) * _COURSE_UNITS[step.cycle.unit]
    return [Reminder(step, rhythm[0], every=again, first_day=day) for day in range(first, end)]


def _days(step: Step) -> int | None:
    if step.duration is None:
        return None
    return int(-(-Fraction(step.duration.high) * UNITS[step.duration.unit].factor // _DAY))


def _rhythm(step: Step) -> tuple[tuple[str, ...], int, str] | None:
    t = step.timing
    named = tuple(sorted({*t.clock, *_at_events(t)}))
    if t.interval and t.interval.unit in ("h", "min"):
        hours = _every_so_many_hours(t.interval)
        return (hours, 1, "d") if hours else None
    if t.interval:
        whole = t.interval.low == t.interval.high == int(t.interval.low)
        return (named or ("08:00",), int(t.interval.low), t.interval.unit) if whole and t.interval.unit != "y" else None
    f = t.frequency
    if f and (f.low != f.high or f.period != 1):
        return None
    if f and f.unit in ("wk", "mo"):
        return (named or ("08:00",), 1, f.unit) if f.high == 1 or t.weekdays else None
    if f and f.unit != "d":
        return None
    spread = _SPREAD.get(f.high, ()) if f else ()
    times = named or spread or (("08:00",) if t.once or t.weekdays else ())
    return (times, 1, "d") if times and (not f or not named or len(named) >= f.high or f.high == 1) else None


def _at_events(timing: Timing) -> Iterator[str]:
    for event in timing.events:
        for hour in _AT_MEALS.get(event.code, (HOURS.get(event.code, ""),)):
            if hour:
                yield _earlier(hour, event.offset)


def _earlier(hour: str, minutes: int) -> str:
    """The hour, and the minutes before it. "Before breakfast" with minutes counts from breakfast itself."""
    if not minutes:
        return hour
    at = max(int(hour[:2]) * 60 + int(hour[3:]) + 30 - minutes, 0)
    return f"{at // 60:02}:{at % 60:02}"


def _every_so_many_hours(interval: Interval) -> tuple[str, ...]:
    """ "Every 8 hours" as clock times from 6 in the morning; nothing where the hours do not divide a day."""
    if interval.unit != "h" or interval.low != interval.high or interval.low != int(interval.low):
        return ()
    step = int(interval.low)
    if step < 1 or 24 % step:
        return ()
    start = _FIRST_HOUR if step <= 8 else 8
    return tuple(sorted(f"{(start + step * n) % 24:02}:00" for n in range(24 // step)))
