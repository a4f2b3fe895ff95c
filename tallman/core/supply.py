"""Arithmetic of what was supplied: how long it lasts, what is still owed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["days_of_part", "supplied_until", "taken_until"]

GRACE = timedelta(days=7)
GRACE_WITH_REFILLS = timedelta(days=90)
LENGTH_UNKNOWN = timedelta(days=180)


def days_of_part(days_supply: int | None, part: Decimal, whole: Decimal) -> int | None:
    """How many days a part of the quantity lasts, at least one; None when the days' supply of the whole is not known.

    >>> days_of_part(30, Decimal(20), Decimal(60))
    10
    """
    if days_supply is None or whole <= 0:
        return None
    return max(1, int((days_supply * part / whole).to_integral_value(ROUND_HALF_UP)))


def supplied_until(on: date, days: int | None, before: date | None = None) -> date | None:
    """The last day that `days` of medicine handed over on `on` are for, after what is left from `before`.

    >>> supplied_until(date(2026, 3, 1), 10, before=date(2026, 3, 4)).isoformat()
    '2026-03-14'
    """
    if days is None:
        return None
    start = max(on, before + timedelta(days=1)) if before else on
    return start + timedelta(days=days - 1)


def taken_until(handed_over: date, supplied: date | None, refills: int | None) -> date:
    """Until when a medicine that was handed over is taken to be in use.

    People take the last doses late, and a medicine with refills goes on until it is clear that it does not. Where the
    length of the supply is not known, half a year: a medicine wrongly thought current costs a question, one wrongly
    thought ended may cost more.
    """
    if supplied is None:
        return handed_over + LENGTH_UNKNOWN
    return supplied + (GRACE_WITH_REFILLS if refills else GRACE)
