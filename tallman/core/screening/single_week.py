"""What is given once in a week of a course: "600 mg IV week 1" is one dose, not one on each of its days."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.prescription import Order
from tallman.core.routes import INJECTED
from tallman.core.sig import DayRange, Step

__all__ = ["once_in_its_week"]

_WEEK = 7
_DAILY = "insulin"
"""What is injected every day, so that a week of a course is each of its days."""


def once_in_its_week(order: Order) -> Order:
    """The order with each injection or infusion for one week, of which nothing says how often, as one dose of its first
    day. What is swallowed, and insulin, is left as it is read."""
    if _DAILY in order.medicine.classes or not any(map(_is_of_a_week, order.sig.steps)):
        return order
    steps = tuple(_on_its_day(s) if _is_of_a_week(s) else s for s in order.sig.steps)
    return replace(order, sig=replace(order.sig, steps=steps))


def _is_of_a_week(step: Step) -> bool:
    days, timing = step.days, step.timing
    if days is None or days.unit != "wk" or days.first != days.last or step.dose is None or step.route not in INJECTED:
        return False
    often = timing.frequency or timing.interval or timing.events or timing.weekdays or timing.month_days or timing.clock
    return not (often or step.rate or step.prn or step.duration or (timing.count or 1) > 1)


def _on_its_day(step: Step) -> Step:
    day = (step.days.first - 1) * _WEEK + 1 if step.days else 1
    return replace(step, days=DayRange(day, day))
