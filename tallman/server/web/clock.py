"""What time it is. The only place of the program that reads the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.conf import settings
from django.utils import timezone

__all__ = ["fixed", "now", "today"]

_fixed: datetime | None = None


def now() -> datetime:
    """This moment, in UTC. With the setting `TALLMAN_TODAY` the day is that one, the time of day is real."""
    if _fixed is not None:
        return _fixed
    moment = datetime.now(UTC)
    if not settings.TALLMAN_TODAY:
        return moment
    local = timezone.localtime(moment)
    day = date.fromisoformat(settings.TALLMAN_TODAY)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def today() -> date:
    """The pharmacy's calendar day, in its own time zone."""
    return timezone.localdate(now())


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment`: for tests and for making the demo pharmacy."""
    global _fixed
    before, _fixed = _fixed, moment
    try:
        yield
    finally:
        _fixed = before
