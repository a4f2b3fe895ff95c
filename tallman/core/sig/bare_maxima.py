"""What a maximum without a unit counts: "4 mL every 4 to 6 hours, max 5/day" are five doses, "10 mg …, max 60 a day"
are milligrams."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tallman.core.quantity import UNITS
from tallman.core.sig.amounts import is_measured
from tallman.core.sig.model import Maximum, Step
from tallman.core.sig.occasions import occasions

__all__ = ["counts_either", "with_counted_maxima"]

_HOURS = 24


def with_counted_maxima(step: Step) -> Step:
    """The step with its bare maxima made doses where they can be nothing else."""
    counted = tuple(
        replace(m, unit="dose") if _are_doses(m, step) and not _is_amount(m, step) else m for m in step.maxima
    )
    return step if counted == step.maxima else replace(step, maxima=counted)


def counts_either(limit: Maximum, step: Step) -> bool:
    """Whether a bare maximum may be so many doses or so much of what is measured, and that makes a difference."""
    return step.dose is not None and step.dose.high != 1 and _are_doses(limit, step) and _is_amount(limit, step)


def _are_doses(limit: Maximum, step: Step) -> bool:
    """Whether it is a day's number of doses, of what is measured and not counted, that the directions can come to."""
    if limit.unit is not None or limit.period is None or step.dose is None or not is_measured(step.dose.unit):
        return False
    return limit.value == int(limit.value) and 0 < limit.value <= _times(step) * _days(limit)


def _is_amount(limit: Maximum, step: Step) -> bool:
    """Whether two doses at least are within it."""
    return step.dose is not None and limit.value >= 2 * step.dose.high


def _times(step: Step) -> Fraction:
    """How many doses a day there can be; one an hour where nothing says how often."""
    interval, often = step.timing.interval, step.timing.frequency
    if interval and interval.unit == "h" and interval.low:
        return Fraction(_HOURS) / Fraction(interval.low)
    if often and often.unit == "d":
        return Fraction(often.high)
    return Fraction(occasions(step.timing.events, step.timing.clock) or _HOURS)


def _days(limit: Maximum) -> Fraction:
    return Fraction(limit.period or 1) * UNITS[limit.period_unit].factor / UNITS["d"].factor
