"""FHIR dates, which may end after the year or the month, as days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from tallman.interchange.fhir.contents import Contents
from tallman.interchange.fhir.datatypes import Quantity
from tallman.interchange.fhir.units import unit_of

__all__ = ["about_born", "day_of", "days_of", "exact_day", "moment_of"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?$")
_LONGEST = 3650
_OLD_ENOUGH = {True: 2, False: 3}
"""From how many years on the middle of the month, or of the year, of birth is near enough to check doses by."""
_IN_DAYS = {"d": 1, "wk": 7, "mo": 30, "y": 365}


def exact_day(text: str, zone: tzinfo = UTC) -> date | None:
    """The day of a date or a point in time, as written there; None when it has none or is no date.

    A moment given in UTC is on the day it falls on in `zone`: UTC is the calendar of no prescriber.
    """
    match = _DATE.match(text.strip())
    if not match or not match[3]:
        return None
    try:
        if text.strip().endswith("Z"):
            return datetime.fromisoformat(text.strip()).astimezone(zone).date()
        return date(int(match[1]), int(match[2]), int(match[3]))
    except (ValueError, OverflowError):
        return None


def day_of(contents: Contents, text: str, where: str) -> date | None:
    """Like `exact_day`, with a warning for what is no whole date."""
    found = exact_day(text, contents.zone)
    if found is None and text.strip():
        match = _DATE.match(text.strip())
        contents.warn("DATE-PARTIAL" if match and not match[3] else "DATE-UNREADABLE", where)
    return found


def about_born(contents: Contents, text: str, where: str, on: date) -> date | None:
    """A date of birth. One that ends after the month or the year is taken for the middle of it, with a warning, unless
    the patient is so young that it makes a difference."""
    match = _DATE.match(text.strip())
    if match is None or match[3]:
        return day_of(contents, text, where)
    try:
        middle = date(int(match[1]), int(match[2] or 7), 15 if match[2] else 1)
    except ValueError:
        return day_of(contents, text, where)
    if on.year - middle.year <= _OLD_ENOUGH[bool(match[2])]:
        return day_of(contents, text, where)
    contents.warn("BORN-ABOUT", where)
    return middle


def moment_of(contents: Contents, text: str, where: str) -> datetime | None:
    """A point in time, or the beginning of a day in the reader's time zone; None, with a warning, for what is neither.

    A time without an offset, which FHIR does not allow, is in that zone too.
    """
    day = day_of(contents, text, where)
    if day is None:
        return None
    try:
        found = datetime.fromisoformat(text.strip()) if "T" in text else datetime.combine(day, time())
        moment = found if found.tzinfo else found.replace(tzinfo=contents.zone)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        contents.warn("DATE-UNREADABLE", where)
        return None
    return moment


def days_of(contents: Contents, length: Quantity | None, where: str) -> int | None:
    """A length of supply in days: a month counts 30. None, with a warning, when it is no whole number of days."""
    if length is None or length.value is None:
        return None
    said = unit_of(length)
    factor = _IN_DAYS.get(said) if said or length.code or length.unit else 1
    days = length.value * factor if factor else None
    if days is None or not 0 < days <= _LONGEST or days != days.to_integral_value():
        contents.warn("DAYS-UNREADABLE", where)
        return None
    return int(days)
