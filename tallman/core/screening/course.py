"""How long a course lasts: longer than it may, or too short to cure."""

from __future__ import annotations

import re
from fractions import Fraction

from tallman.core.knowledge import DoseLimit
from tallman.core.prescription import Order
from tallman.core.quantity import format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import daily_exposure, supplied_a_day
from tallman.core.screening.finding import Category, Finding, Severity
from tallman.core.screening.match import days_of_treatment, name_of, shown

__all__ = ["LONG_ADVICE", "days_in_all", "frequency_finding", "too_long", "too_short"]

LONG_ADVICE = "Ask the prescriber for how long it is meant; shorten the course or choose another medicine."
_SHORT_ADVICE = "Ask the prescriber for how many days it is meant: an illness half cured comes back."
_FAR_TOO_LONG, _FAR_TOO_SHORT = 2, Fraction(1, 2)
_IS_A_REST = re.compile(
    r"\b(?:remain\w*|complet\w+|finish\w*|more|left|last|additional|another|until|then|rest of|bridge|lost|spilled|"
    r"starter|first|await\w*|pending|total)\b",
    re.IGNORECASE,
)
"""Words by which the days ordered are not the whole course."""
_ACID_BLOCKERS = frozenset({"acid-blocker"})
_LASTING_ILLNESS = ("C", "D", "E", "F", "I", "W", "Z")
"""What courses are taken beside, not for."""


def too_long(order: Order, limit: DoseLimit) -> Finding | None:
    """A course beyond the longest: somewhat so informs, twice so stops, and where the limit is hard every day."""
    days = days_in_all(order, limit) if limit.max_days is not None else None
    if limit.max_days is None or days is None or days <= limit.max_days:
        return None
    summary = f"{name_of(order)}: a course of {format_number(days)} days, the most is {limit.max_days} days."
    far = limit.hard or days > limit.max_days * _FAR_TOO_LONG
    level = Severity.HIGH if far else Severity.MODERATE
    return frequency_finding("DOSE-COURSE-MAX", level, order, limit, summary, LONG_ADVICE)


def too_short(case: Case, order: Order, limit: DoseLimit) -> Finding | None:
    """A course that ends before what it is for can be cured: less than half of the days stops.

    What goes on with a treatment, here or on a ward, and what is given once, is the end or the beginning of another
    course, and says nothing.
    """
    days = days_of_treatment(order) if limit.min_days is not None else None
    if limit.min_days is None or days is None:
        return None
    days *= 1 + (order.refills or 0)
    if days >= limit.min_days or _is_part_of_a_course(case, order, limit):
        return None
    summary = f"{name_of(order)}: a course of {format_number(days)} days, and {limit.min_days} are needed."
    level = Severity.HIGH if days < limit.min_days * _FAR_TOO_SHORT else Severity.MODERATE
    return frequency_finding("DOSE-COURSE-SHORT", level, order, limit, summary, _SHORT_ADVICE)


def _is_part_of_a_course(case: Case, order: Order, limit: DoseLimit) -> bool:
    steps = order.sig.steps
    if order.setting == "inpatient" or any(s.prn for s in steps) or all(s.timing.once for s in steps):
        return True
    if _IS_A_REST.search(f"{order.sig.text} {order.note}"):
        return True
    others = [*case.current, *(o for o, _ in case.stopped)]
    # The acid blocker beside the antibiotics against Helicobacter is on the list before them: it tells of no course.
    others = [o for o in others if not o.medicine.is_any_of(_ACID_BLOCKERS)]
    if not order.reasons:  # Of several for one problem, and of one for several, nobody knows which is for which.
        others += [o for o in case.proposed if o is not order]
        if any(_may_be_for(code, order) and not code.startswith(limit.indications) for code in case.patient.codes):
            return True
    return any(i.indications and _treats(i.indications, limit) for o in others for i in o.medicine.ingredients)


def _may_be_for(code: str, order: Order) -> bool:
    return not code.startswith(_LASTING_ILLNESS) and any(
        code.startswith(i.indications) for i in order.medicine.ingredients if i.indications
    )


def _treats(indications: tuple[str, ...], limit: DoseLimit) -> bool:
    """Whether what has these indications is for what the limit is for."""
    return any(mine.startswith(code) for mine in limit.indications for code in indications)


def _fewest_as_needed(order: Order, limit: DoseLimit) -> Fraction:
    days, exposure = Fraction(order.days_supply or 0), daily_exposure(order, limit.ingredient)
    a_day, unit = supplied_a_day(order, limit.ingredient)
    return a_day * days / exposure.high if exposure and exposure.high and unit == exposure.unit else days


def days_in_all(order: Order, limit: DoseLimit) -> Fraction | None:
    """The length of the course, with the refills where its directions set no end, or the limit is hard. As needed is no
    course, but where the limit is hard: then on as many days as the quantity lasts at the most of each day."""
    times = 1 + (order.refills or 0)
    if any(s.prn for s in order.sig.steps) and not any(s.duration for s in order.sig.steps):
        return _fewest_as_needed(order, limit) * times if limit.hard and order.days_supply else None
    days = days_of_treatment(order)
    if days is None and order.days_supply is not None:
        return Fraction(order.days_supply * times)
    is_again = limit.hard and not all(s.timing.once for s in order.sig.steps)
    return days * times if days and is_again else days


def frequency_finding(code: str, level: Severity, order: Order, limit: DoseLimit, summary: str, advice: str) -> Finding:
    """A finding of how often, or for how long, that rests on a limit."""
    return Finding(
        code=code,
        category=Category.FREQUENCY,
        severity=level,
        order=order.id,
        summary=summary,
        evidence=(shown(order), limit.note) if limit.note else (shown(order),),
        advice=advice,
        sources=limit.sources,
        rule=limit.id,
        reviewed=bool(limit.review and limit.review.reviewed_by),
    )
