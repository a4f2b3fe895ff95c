"""When a prescription is due in the queue, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tallman.core.workflow import Stage

__all__ = ["ALLOWANCE", "Ageing", "ageing", "clock_text", "due_at", "span"]

ALLOWANCE = {"waiting": timedelta(minutes=15), "urgent": timedelta(hours=2), "routine": timedelta(hours=24)}
SOON = timedelta(minutes=15)
_TO_BE_DONE = {Stage.RECEIVED, Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED}


@dataclass(frozen=True, slots=True)
class Ageing:
    """How a due time is shown: the words, and `late`, `soon` or nothing."""

    text: str
    level: str = ""


def due_at(received_at: datetime, priority: str, promised_at: datetime | None) -> datetime:
    """The promised time; without one, when it was received plus what its priority allows."""
    return promised_at or received_at + ALLOWANCE[priority]


def ageing(stage: str, due: datetime, changed: datetime, now: datetime) -> Ageing:
    """ "in 12 min" or "3 h late" while there is work to do; after that, how long it has waited: "for 2 d"."""
    if stage not in _TO_BE_DONE:
        return Ageing(f"for {span(now - changed)}" if now - changed >= timedelta(minutes=1) else "just now")
    if due < now:
        return Ageing(f"{span(now - due)} late" if now - due >= timedelta(minutes=1) else "due now", "late")
    return Ageing(f"in {span(due - now)}", "soon" if due - now <= SOON else "")


def span(time: timedelta) -> str:
    """A length of time in the largest unit that says enough.

    >>> span(timedelta(minutes=12)), span(timedelta(hours=30)), span(timedelta(days=3))
    ('12 min', '30 h', '3 d')
    """
    minutes = int(time.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"


def clock_text(moment: datetime, today: date) -> str:
    """The time of day in the pharmacy's time zone, with the day when that is not today."""
    local = timezone.localtime(moment)
    days = abs((local.date() - today).days)
    return f"{local:%H:%M}" if not days else f"{local:%a %H:%M}" if days < 7 else f"{local:%d %b %H:%M}"
