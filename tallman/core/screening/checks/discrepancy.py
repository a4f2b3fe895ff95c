"""The parts of one prescription against each other: directions x days = quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tallman.core.knowledge import Knowledge, Source
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.counted import primed_by
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import days_between, name_of, shown
from tallman.core.screening.supplied import (
    OPEN_END,
    as_doses,
    as_pieces,
    cannot_be_counted,
    goes_on_as_told,
    in_dose_unit,
    is_around_a_treatment,
    is_package,
    loosened,
    means_no_days,
)
from tallman.core.screening.ward import is_given_once
from tallman.core.sig import DaysSupply, Interval, Step, course_days, days_supply, quantity_for, why_no_daily_use

__all__ = ["check"]

OWN_RULE = (Source("Tallman: directions, quantity and days' supply of one prescription agree"),)
CODE_RULE = (Source("Tallman: the code and the words of one prescription mean the same medicine"),)
_SLACK_DAYS = 2
_SLACK = Fraction(6, 5)
_FAR_OFF = Fraction(9, 5)
_TOO_MUCH, _FAR_TOO_MUCH = Fraction(3, 2), 3
_TWICE = 2
"""Far too much of tablets where the stated days' supply is that of the course; a bottle holds what it holds."""
_IN_PIECES = frozenset({None, "tablet", "capsule", "caplet", "pill", "mg", "mcg"})
_MONTH, _WEEK = 28, 7
_LEAST_BOTTLE = 30
"""Millilitres."""
_ROUNDS = frozenset({14, 21, 28, 42})
"""Days of a round of treatment: what is taken for its first days is supplied for the whole of it."""
_CYCLE = (21, 35)
_EPISODE = re.compile(r"onset|first sign|outbreak|flare", re.IGNORECASE)
"""Courses that begin each time it comes back: the quantity is for several."""
_SEVERAL = re.compile(
    r"\b(?:ept|expedited|partners?|(?:per|each|every) (?:outbreak|episode|flare|attack|course)|courses|stand-?by|"
    r"self[- ](?:start|treat)\w*|travel\w*|vacation|trip|rescue|spare|cold sores?|fever blisters?|genital herpes)\b",
    re.IGNORECASE,
)
"""What is supplied for more than one course or person, or comes back."""
_MENSES = re.compile(r"\b(?:menses|menstrua\w*|periods?)\b", re.IGNORECASE)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order: its quantity against the length of its course, or against the stated days' supply.

    An order without a quantity, or with neither course nor days' supply, has nothing to compare; neither has a cream
    applied thinly, a canister by weight, or what is taken as needed without a rate. Codes and words that name
    different medicines are a discrepancy of their own.
    """
    for order in case.proposed:
        if order.medicine.conflict:
            yield _torn(order, order.medicine.conflict)
        if order.quantity is None:
            continue
        if not order.sig.is_read:
            if order.days_supply is not None and not _is_for_now(order):
                yield NotChecked("discrepancy", order.id, order.sig.why_not_certain)
            continue
        course = course_days(order.sig)
        if order.days_supply is None and course is None:
            continue
        if order.sig.quantity not in (None, order.quantity.value):
            said = f"the directions ask for {order.sig.quantity}, {order.quantity} are ordered"
            yield _finding("DISCREPANCY-QUANTITY", order, Severity.HIGH, said, ())
            continue
        if means_no_days(order):
            continue
        counted = in_dose_unit(order, order.quantity)
        if any(s.change for s in order.sig.steps):
            yield NotChecked("discrepancy", order.id, "days' supply not worked out: the dose changes from day to day")
            continue
        lasts = days_supply(order.sig, counted, primed_by(order.medicine.product))
        if lasts is None:
            if cannot_be_counted(order) or _is_for_now(order):
                continue
            reason = why_no_daily_use(order.sig) or "the unit of the quantity does not fit the directions"
            yield NotChecked("discrepancy", order.id, f"days' supply not worked out: {reason}")
        elif finding := _compared(order, lasts, course, counted):
            if all(_differ(order, course, otherwise) for otherwise in (as_pieces(order), as_doses(order))):
                yield finding


def _is_for_now(order: Order) -> bool:
    """Whether nobody reckons days from it: what a ward gives comes from its stock, and one dose lasts for no days."""
    return order.setting == "inpatient" or is_given_once(order)


def _differ(order: Order, course: int | None, counted: Amount | None) -> bool:
    """Whether the quantity, counted otherwise, fits no better."""
    lasts = days_supply(order.sig, counted) if counted else None
    return counted is None or lasts is None or _compared(order, lasts, course, counted) is not None


def _compared(order: Order, lasts: DaysSupply, course: int | None, counted: Amount) -> Finding | None:
    if _is_every_month(order, lasts):
        return None
    against = None
    if order.setting != "inpatient":  # A ward is supplied for some days of a course, whatever its length.
        against = _against_course(order, lasts, course, is_package(order, counted))
    return against or _against_stated(order, loosened(order, counted, lasts))


def _torn(order: Order, conflict: str) -> Finding:
    return Finding(
        code="DISCREPANCY-CODE-TEXT",
        category=Category.DISCREPANCY,
        severity=Severity.HIGH,
        order=order.id,
        summary=f"{order.medicine.text}: the code and the words of this order do not mean the same medicine.",
        evidence=(f"as written: {order.medicine.text}", conflict),
        advice="Ask the prescriber which of the two is meant; nothing is filled until that is known.",
        sources=CODE_RULE,
        rule="discrepancy/code-text",
    )


def _against_course(order: Order, lasts: DaysSupply, course: int | None, is_package: bool) -> Finding | None:
    """Too little for the course the directions order, or far too much for it or for the days it is taken as needed."""
    if course is None and lasts.is_course and all(s.duration for s in order.sig.steps):
        course = lasts.low
    needed = quantity_for(order.sig, course) if course else None
    if course is None or needed is None or not needed.high:
        return None
    if any(s.repeat and s.repeat.is_due and _is_months(s.repeat.after) for s in order.sig.steps):
        return None  # The second dose of a vaccine is fetched when it is due.
    if order.refills and lasts.low * (1 + order.refills) >= course - _SLACK_DAYS and lasts.low < course:
        return None  # Its refills bring the rest.
    if not lasts.is_course:
        severity = _how_far(course, lasts)
        if severity and (_is_a_part_of_it(order, lasts, course) or _is_one_of_seldom_doses(order, lasts)):
            severity = Severity.MODERATE
        said = f"{order.quantity} {_last(order)} {_days(lasts)}, the directions order {course} days"
    elif (
        is_package
        or _is_least_bottle(order)
        or goes_on_as_told(order)
        or any(_EPISODE.search(f"{s.prn_reason} {s.start} {s.trigger}") for s in order.sig.steps)
    ):
        return None
    else:
        surplus = (needed.high + lasts.leftover) / needed.high
        are_days_sure = order.days_supply is not None and abs(order.days_supply - course) < _SLACK_DAYS
        is_counted = {s.dose.unit for s in order.sig.steps if s.dose} <= _IN_PIECES
        high = surplus >= (_TWICE if are_days_sure and is_counted else _FAR_TOO_MUCH)
        some = surplus > _TOO_MUCH
        is_of_several = _SEVERAL.search(f"{order.sig.text} {order.note}")
        severity = Severity.HIGH if high and not is_of_several else Severity.MODERATE if some else None
        said = f"{needed.words}, {format_number(order.quantity.value if order.quantity else 0)} are ordered"
    return _finding("DISCREPANCY-QUANTITY", order, severity, said, (lasts.words, needed.words)) if severity else None


def _is_months(wait: Interval | None) -> bool:
    return wait is not None and (wait.unit in ("mo", "y") or (wait.unit == "wk" and wait.low >= 4))


def _is_least_bottle(order: Order) -> bool:
    """Whether it is a bottle to drink from as small as any that is sold."""
    quantity = order.quantity
    is_drunk = order.taken_route in (None, "oral")
    return is_drunk and quantity is not None and quantity.unit == "mL" and quantity.value <= _LEAST_BOTTLE


def _is_every_month(order: Order, lasts: DaysSupply) -> bool:
    """Whether it is so many courses, one in each cycle of 3 to 5 weeks that the stated days' supply covers; one alone,
    where it is of the days of bleeding."""
    needed = quantity_for(order.sig, lasts.low) if lasts.is_course else None
    if needed is None or not needed.high or order.days_supply is None:
        return False
    courses = (needed.high + lasts.leftover) / needed.high
    least = 1 if _MENSES.search(order.sig.text) else 2
    return courses >= least and courses % 1 == 0 and _CYCLE[0] <= order.days_supply / courses <= _CYCLE[1]


def _is_a_part_of_it(order: Order, lasts: DaysSupply, course: int) -> bool:
    """Whether the stated days' supply is that of the quantity: a week or more of a course of a month at least."""
    stated = order.days_supply
    return (
        stated is not None
        and stated >= _WEEK
        and course >= _MONTH
        and lasts.low <= stated + _SLACK_DAYS
        and stated <= lasts.high
    )


def _is_one_of_seldom_doses(order: Order, lasts: DaysSupply) -> bool:
    """Whether what is given once a week or more seldom is fetched dose by dose: the stated days fit the quantity."""
    return (days_between(order) or 0) >= _WEEK and order.days_supply == lasts.low


def _against_stated(order: Order, lasts: DaysSupply) -> Finding | None:
    """The stated days' supply against the days that the quantity lasts. A single dose lasts for none in particular."""
    stated = order.days_supply
    if stated is None or all(s.timing.once or _is_of_one_day(s) for s in order.sig.steps):
        return None
    if is_around_a_treatment(order) and stated > lasts.high:
        return None
    severity = _how_far(stated, lasts)
    course = course_days(order.sig) or 0
    is_whole = abs(course - lasts.high) < _SLACK_DAYS and lasts.high < stated
    if severity and stated in _ROUNDS and _is_in_rounds(order) and is_whole:
        severity = Severity.MODERATE
    said = f"as directed {order.quantity} {_last(order)} {_days(lasts)}, the prescription says {stated}"
    evidence = (lasts.words, f"stated days' supply: {stated}")
    return _finding("DISCREPANCY-DAYS-SUPPLY", order, severity, said, evidence) if severity else None


def _is_of_one_day(step: Step) -> bool:
    """Whether it is given on one day alone ("day 1" of a depot): for how long that works, no quantity tells."""
    return step.days is not None and step.days.first == step.days.last and not step.cycle and not step.timing.interval


def _is_in_rounds(order: Order) -> bool:
    """Whether it is for the first days of a round of treatment: against cancer, or on days that are counted."""
    return "antineoplastic" in order.medicine.classes or all(s.days for s in order.sig.steps)


def _last(order: Order) -> str:
    return "lasts" if order.quantity is not None and order.quantity.value == 1 else "last"


def _days(lasts: DaysSupply) -> str:
    if lasts.high >= OPEN_END:
        return f"at least {lasts.low} days"
    if lasts.low == 1 < lasts.high:
        return f"at most {lasts.high} days"
    return f"{lasts.low} days" if lasts.low == lasts.high else f"{lasts.low} to {lasts.high} days"


def _how_far(stated: int, lasts: DaysSupply) -> Severity | None:
    """How far the days lie outside what the quantity lasts; None within the slack of two days (of very few, one) or a
    fifth."""
    nearest = min(max(stated, lasts.low), lasts.high)
    if abs(stated - nearest) <= (_SLACK_DAYS if nearest > _SLACK_DAYS else 1):
        return None
    ratio = Fraction(max(stated, nearest), max(1, min(stated, nearest)))
    if ratio <= _SLACK:
        return None
    return Severity.HIGH if ratio >= _FAR_OFF else Severity.MODERATE


def _finding(code: str, order: Order, severity: Severity, said: str, evidence: tuple[str, ...]) -> Finding:
    return Finding(
        code=code,
        category=Category.DISCREPANCY,
        severity=severity,
        order=order.id,
        summary=f"{name_of(order)}: {said}.",
        evidence=(shown(order), *evidence),
        advice="Find out which of directions, quantity and days' supply is wrong before it is filled.",
        sources=OWN_RULE,
        rule=code.lower().replace("discrepancy-", "discrepancy/"),
    )
