"""Prescription directions: read them, compute with them, say them in plain words."""

from __future__ import annotations

from tallman.core.sig.model import (
    Change,
    DayRange,
    Dose,
    Duration,
    Event,
    Frequency,
    Interval,
    Link,
    Maximum,
    Notation,
    Rate,
    Repeat,
    ScaleRow,
    Sig,
    Span,
    Status,
    Step,
    Timing,
)
from tallman.core.sig.parse import parse

__all__ = [
    "Change",
    "DayRange",
    "Dose",
    "Duration",
    "Event",
    "Frequency",
    "Interval",
    "Link",
    "Maximum",
    "Notation",
    "Rate",
    "Repeat",
    "ScaleRow",
    "Sig",
    "Span",
    "Status",
    "Step",
    "Timing",
    "parse",
]
