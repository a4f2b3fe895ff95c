"""Two medicines that should not meet, or only with care."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from tallman.core.knowledge import Interaction, Knowledge
from tallman.core.patient import age_in_years
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import matching_ingredients, name_of, shown
from tallman.core.screening.renewal import is_refill, names_as_replaced

__all__ = ["check"]

_WAITS = re.compile(
    r"\b(?:36|48)\s*h|wash-?out|\b(?:days?|weeks?|hours?) after|\bafter (?:the )?(?:last|stopping)", re.IGNORECASE
)
_WEEK = 7
_PALLIATIVE = ("Z515", "G893")
"""ICD-10-CM: encounter for palliative care, pain of a tumor."""


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against everything else the patient takes. Pairs of proposed orders are named once."""
    for position, order in enumerate(case.proposed):
        if not order.medicine.is_known:
            yield NotChecked("interaction", order.id, why_not_known(order))
            continue
        others = (*case.continuing, *case.proposed[:position])
        for other in others:
            if not other.medicine.is_known:
                reason = why_not_known(other, " on the medicine list")
                yield NotChecked("interaction", order.id, reason)
        yield from _findings(case, order, [o for o in others if o.medicine.is_known], knowledge)
        yield from _too_soon(case, order, knowledge)


def _findings(case: Case, order: Order, others: list[Order], knowledge: Knowledge) -> Iterator[Finding]:
    matched: defaultdict[str, list[Order]] = defaultdict(list)
    others = [o for o in others if not names_as_replaced(order, o)]
    one, opposite = _sides(order, knowledge)
    for other in others:
        # A rule can only apply to a pair when its two sides speak of the two.
        there = _sides(other, knowledge)
        shared = [knowledge.interactions[id] for id in (one & there[1]) | (opposite & there[0])]
        if applying := [rule for rule in shared if _applies(rule, case, order, other)]:
            worst = min(applying, key=lambda rule: (_severity(rule, case, order).rank, _breadth(rule), rule.id))
            matched[worst.id].append(other)
    for id, partners in matched.items():
        yield _finding(knowledge.interactions[id], case, order, partners)


def _too_soon(case: Case, order: Order, knowledge: Knowledge) -> Iterator[Finding]:
    """What was stopped, and still counts for some days or weeks: the worst rule of each pair."""
    one, opposite = _sides(order, knowledge)
    switched = [(o, 0) for o in case.current if o.id in order.replaces and o.medicine.is_known]
    for other, days in (*case.stopped, *switched):
        if any(other.medicine.names & o.medicine.names for o in case.continuing):
            continue
        there = _sides(other, knowledge)
        rules = [knowledge.interactions[id] for id in (one & there[1]) | (opposite & there[0])]
        applying = [r for r in rules if days < _days_after(r, other) and _applies(r, case, order, other)]
        if applying:
            worst = min(applying, key=lambda rule: (_severity(rule, case, order).rank, _breadth(rule), rule.id))
            yield _waiting(worst, case, order, other, days)


def _waiting(rule: Interaction, case: Case, order: Order, other: Order, days: int) -> Finding:
    """The finding of a rule whose other medicine has ended, or ends with this order."""
    wait, name = _days_after(rule, other), name_of(other)
    found = _finding(rule, case, order, [other])
    # Where nobody says when it ended, and for the hours of a switch, one advises; else the prescriber is asked.
    is_advice = not other.end_is_known or (wait < _WEEK and not days)
    is_said = is_advice or bool(_WAITS.search(f"{order.sig.text} {order.note}"))
    when = f"{days} day{'s' if days > 1 else ''} after {name} ended" if days else f"in place of {name}"
    if not other.end_is_known:
        when, last = f"after {name} ended", f"the record does not say when {name} was last taken"
    elif days:
        last = f"by the record {name} was last taken {days} day{'s' if days > 1 else ''} ago"
    else:
        last = f"{name} ends with this order"
    return replace(
        found,
        severity=max(found.severity, Severity.MODERATE, key=lambda s: s.rank) if is_said else found.severity,
        summary=f"{name_of(order)} {when}: {rule.effect}",
        evidence=(found.evidence[0], f"{last}; it counts for {wait} days"),
        advice=f"Ask when {name} was last taken: {wait} days are waited after it.",
    )


def _days_after(rule: Interaction, other: Order) -> int:
    """How long the medicine still counts; the narrowest word for it decides, an ingredient before a class."""
    said = dict(rule.days_after)
    names = [said[n] for n in other.medicine.names if n in said]
    return max(names or [said[c] for c in other.medicine.classes if c in said], default=0)


_NEITHER: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def _sides(order: Order, knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the rules that speak of any ingredient of an order on their one side, and on their other."""
    sides = [knowledge.sides_of.get(name, _NEITHER) for name in order.medicine.names]
    if len(sides) == 1:
        return sides[0]
    return frozenset().union(*(one for one, _ in sides)), frozenset().union(*(other for _, other in sides))


def _applies(rule: Interaction, case: Case, order: Order, other: Order) -> bool:
    return _meet(rule, order, other) and _context(rule, case)


def _meet(rule: Interaction, order: Order, other: Order) -> bool:
    for left, right in ((rule.one, rule.other), (rule.other, rule.one)):
        here = matching_ingredients(left, order)
        there = matching_ingredients(right, other) if here else ()
        if there and len({*here, *there}) > 1:
            return True
    return False


def _context(rule: Interaction, case: Case) -> bool:
    patient = case.patient
    if rule.only_conditions and not patient.has_condition(*rule.only_conditions):
        return False
    if rule.age_from_years is not None and patient.birth_date is not None:
        if age_in_years(patient.birth_date, case.on) < rule.age_from_years:
            return False
    if rule.unless_with:
        if any(o.medicine.is_any_of(rule.unless_with) for o in (*case.continuing, *case.proposed)):
            return False
    return True


def _severity(rule: Interaction, case: Case, order: Order) -> Severity:
    """The severity, or the milder one: once both have been taken together (the order renews the same medicine), and
    where comfort is the aim."""
    if rule.already_together and _is_renewal(case, order):
        return Severity(rule.already_together)
    if rule.palliative and (case.patient.has_condition(*_PALLIATIVE) or not {*_PALLIATIVE}.isdisjoint(order.reasons)):
        return Severity(rule.palliative)
    return Severity(rule.severity)


def _breadth(rule: Interaction) -> int:
    """How many sides speak of whole classes: of two rules of one severity the narrower says more."""
    return bool(rule.one.classes) + bool(rule.other.classes)


def _is_renewal(case: Case, order: Order) -> bool:
    """Whether it says that it renews a medicine on the list, or asks for the same again."""
    return any(
        (o.id in order.replaces and order.medicine.names & o.medicine.names) or is_refill(order, o)
        for o in case.current
    )


def _finding(rule: Interaction, case: Case, order: Order, partners: list[Order]) -> Finding:
    together = " and ".join(dict.fromkeys([name_of(p) for p in partners]))
    evidence = [f"new: {shown(order)}", *[f"also taken: {shown(p)}" for p in partners]]
    if _is_renewal(case, order):
        evidence.append("this order renews a medicine already taken together with the other")
    return Finding(
        code=rule.id,
        category=Category.INTERACTION,
        severity=_severity(rule, case, order),
        order=order.id,
        others=tuple([p.id for p in partners]),
        summary=f"{name_of(order)} with {together}: {rule.effect}",
        evidence=tuple(evidence),
        advice=rule.advice,
        sources=rule.sources,
        rule=rule.id,
        reviewed=bool(rule.review and rule.review.reviewed_by),
    )
