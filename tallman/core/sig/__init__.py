"""Prescription directions: read them, compute with them, say them in plain words."""

from __future__ import annotations

from tallman.core.sig.daily import DailyUse, daily_use, why_no_daily_use
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
    Wear,
)
from tallman.core.sig.parse import parse
from tallman.core.sig.say import say
from tallman.core.sig.schedule import Schedule, schedule
from tallman.core.sig.single import SingleUse, single_use
from tallman.core.sig.supply import DaysSupply, QuantityNeeded, course_days, days_supply, quantity_for

__all__ = [
    "Change",
    "DailyUse",
    "DayRange",
    "DaysSupply",
    "Dose",
    "Duration",
    "Event",
    "Frequency",
    "Interval",
    "Link",
    "Maximum",
    "Notation",
    "QuantityNeeded",
    "Rate",
    "Repeat",
    "ScaleRow",
    "Schedule",
    "Sig",
    "SingleUse",
    "Span",
    "Status",
    "Step",
    "Timing",
    "Wear",
    "course_days",
    "daily_use",
    "days_supply",
    "parse",
    "quantity_for",
    "say",
    "schedule",
    "single_use",
    "why_no_daily_use",
]
