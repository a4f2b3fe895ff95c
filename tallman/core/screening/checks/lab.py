"""A laboratory value that speaks against a medicine, and one that should be watched and is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tallman.core.knowledge import Knowledge
from tallman.core.lab import latest_result
from tallman.core.precaution import Monitoring
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import matching_ingredients, name_of, shown
from tallman.core.screening.standing import precautions_found

__all__ = ["check"]


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the latest results, and its results against what is usually watched."""
    for order in case.proposed:
        yield from precautions_found("lab", Category.LAB, case, order, knowledge)
        for rule in _watched(order, knowledge):
            yield from _watch(rule, case, order, knowledge)


def _watched(order: Order, knowledge: Knowledge) -> list[Monitoring]:
    found = {rule.id: rule for i in order.medicine.ingredients for rule in knowledge.monitoring_of.get(i.name, ())}
    return [rule for rule in found.values() if matching_ingredients(rule.medicines, order)]


def _watch(rule: Monitoring, case: Case, order: Order, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Whether one of the values is recent enough, once the medicine has been taken long enough to expect it."""
    results = [r for lab in rule.labs if (r := latest_result(case.patient, knowledge.labs[lab], case.on))]
    ages = [days for r in results if (days := r.age_in_days(case.on)) is not None]
    if any(days <= rule.within_days for days in ages) or not _is_due(rule, case, order):
        return
    names = " or ".join(knowledge.labs[lab].name for lab in rule.labs)
    if not case.patient.observations or not any(
        latest_result(case.patient, lab, case.on) for lab in knowledge.labs.values()
    ):
        if Severity(rule.severity).rank <= Severity.MODERATE.rank:
            yield NotChecked("lab", order.id, f"{name_of(order)}: no laboratory results are on record ({names})")
        return
    last = f"the last is {min(ages)} days old" if ages else "none is on record"
    yield Finding(
        code="LAB-NOT-WATCHED",
        category=Category.LAB,
        severity=_overdue(rule, ages),
        order=order.id,
        summary=f"{name_of(order)}: {names} is looked at every {rule.within_days} days, {last}.",
        advice=rule.advice,
        evidence=(shown(order), *map(str, results)),
        sources=rule.sources,
        rule=rule.id,
        reviewed=bool(rule.review and rule.review.reviewed_by),
    )


def _overdue(rule: Monitoring, ages: list[int]) -> Severity:
    if rule.stops_after_days is not None and ages and min(ages) > rule.stops_after_days:
        return min(Severity(rule.severity), Severity.HIGH, key=lambda s: s.rank)
    return Severity(rule.severity)


def _is_due(rule: Monitoring, case: Case, order: Order) -> bool:
    started = _started(case, order)
    return rule.before_start if started is None else (case.on - started).days >= rule.first_within_days


def _started(case: Case, order: Order) -> date | None:
    """When the patient began with the ingredient, as far as the record says; None for a medicine that is new."""
    names = order.medicine.names
    since = [o.started or o.written for o in case.current if names & o.medicine.names]
    known = [day for day in since if day]
    return min(known, default=None)
