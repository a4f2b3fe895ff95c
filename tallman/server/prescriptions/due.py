"""When a prescription is due in the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

__all__ = ["ALLOWANCE", "due_at"]

ALLOWANCE = {"waiting": timedelta(minutes=15), "urgent": timedelta(hours=2), "routine": timedelta(hours=24)}


def due_at(received_at: datetime, priority: str, promised_at: datetime | None) -> datetime:
    """The promised time; without one, when it was received plus what its priority allows."""
    return promised_at or received_at + ALLOWANCE[priority]
