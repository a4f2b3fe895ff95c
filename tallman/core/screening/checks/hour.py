"""The wrong hour: what keeps awake at bedtime, mealtime insulin at bedtime, a daily medicine only every few days."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallman.core.knowledge import Knowledge
from tallman.core.precaution import Precaution
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import single_dose, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked
from tallman.core.screening.match import name_of
from tallman.core.screening.standing import finding_of, precautions_on, standing
from tallman.core.sig import Step
from tallman.core.sig.doses_a_day import doses_a_day
from tallman.core.sig.model import Frequency
from tallman.core.sig.occasions import DAY_PARTS, clock_part

__all__ = ["check"]

_ONCE_A_DAY = Frequency(1, 1)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order: the hours its directions name against those at which it must not be taken."""
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("hour", order.id, why_not_known(order))
            continue
        rules = list(precautions_on("hour", order, knowledge))
        if rules and not order.sig.is_read:
            said = f"{name_of(order)}: the directions could not be read for certain, and with them the hours"
            yield NotChecked("hour", order.id, said)
        for rule, names in rules:
            if not _is_at(rule, order) or not _is_so_much(rule, names, order):
                continue
            facts = standing(rule, case, order, knowledge)
            if all(f.holds for f in facts):
                summary = f"{name_of(order)}: {rule.effect}"
                yield finding_of(rule, Category.FREQUENCY, case, order, facts, summary=summary)


def _is_at(rule: Precaution, order: Order) -> bool:
    """Whether a step is for such an hour; for a rule of the only hour, whether nothing is for another one; for one of
    the days between doses, whether so many lie between them all."""
    steps = order.sig.steps
    if rule.days_apart:
        return bool(steps) and all(_days_apart(step) >= rule.days_apart for step in steps)
    if not rule.at_no_other:
        return any(not _parts_of_day(step).isdisjoint(rule.at) for step in steps)
    if len(steps) != 1 or steps[0].scale:
        return False
    timing, found = steps[0].timing, _parts_of_day(steps[0])
    return bool(found) and found <= set(rule.at) and timing.frequency in (None, _ONCE_A_DAY)


def _days_apart(step: Step) -> Fraction:
    """How many days lie between regular doses at least; 0 for single doses, as needed, and where nothing says."""
    rhythm = step.timing.frequency or step.timing.interval or step.timing.weekdays
    doses = None if step.prn or step.timing.once or step.days or not rhythm else doses_a_day(step)
    return 1 / doses[1] if doses and doses[1] else Fraction(0)


def _parts_of_day(step: Step) -> set[str]:
    """The parts of the day a step names, by an event or by the clock."""
    timing = step.timing
    return {DAY_PARTS.get(e.code, "at meals") for e in timing.events} | {clock_part(c) for c in timing.clock}


def _is_so_much(rule: Precaution, names: tuple[str, ...], order: Order) -> bool:
    if rule.dose_over is None:
        return True
    dose = single_dose(order, names[0])
    return dose is not None and dose.unit == rule.dose_over.unit and dose.low > rule.dose_over.value
