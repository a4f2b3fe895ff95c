"""Risks that add up over everything taken: QT, bleeding, sedation, serotonin, potassium, dryness, seizures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallman.core.burden import Burden
from tallman.core.knowledge import Knowledge
from tallman.core.patient import age_in_years
from tallman.core.prescription import Order
from tallman.core.screening.case import Case
from tallman.core.screening.ended import days_since_ended
from tallman.core.screening.exposure import daily_exposure, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of, shown
from tallman.core.screening.standing import is_renewal, measured
from tallman.core.screening.summed import summed
from tallman.core.screening.ward import is_given_once_on_a_ward, is_over_at_home, is_under_eyes

__all__ = ["check"]


@dataclass(frozen=True, slots=True)
class _Member:
    """An order that carries part of a burden, with the points of its heaviest ingredient."""

    order: Order
    points: int


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order that adds to a burden, with all the others that carry it, in one sentence.

    Of several proposed orders of one burden, one tells it.
    """
    told: set[str] = set()
    for order in case.proposed:
        if not order.medicine.is_known:
            yield NotChecked("burden", order.id, why_not_known(order))
            continue
        carried = _carried(order, knowledge)
        for burden in knowledge.burdens if carried else ():
            if burden.id not in told and burden.id in carried:
                weigh = summed if burden.worth else _weigh
                if finding := weigh(burden, order, case, knowledge):
                    told.add(burden.id)
                    yield finding


def _carried(order: Order, knowledge: Knowledge) -> Mapping[str, int]:
    """The points that an order adds to burdens, by their ids: those of its heaviest ingredient."""
    if not order.medicine.is_known or not is_systemic(order):
        return {}
    if len(order.medicine.ingredients) == 1:
        return knowledge.burdens_of.get(order.medicine.ingredients[0].name, {})
    each = [points for name in order.medicine.names if (points := knowledge.burdens_of.get(name))]
    return {id: max(points.get(id, 0) for points in each) for points in each for id in points}


def _weigh(burden: Burden, order: Order, case: Case, knowledge: Knowledge) -> Finding | None:
    members = _members(burden, order, case, knowledge)
    if len(members) < burden.at_least:
        return None
    more, facts = _from_the_patient(burden, case)
    points = sum(m.points for m in members) + more
    level = next((Severity(name) for most, name in burden.levels if points >= most), None)
    if level is None:
        return None
    if burden.already_taken and is_renewal(case, order):
        level = max(level, Severity(burden.already_taken), key=lambda s: s.rank)
    is_expected = bool(burden.expected_for) and _is_expected(burden, order, case)
    if burden.eased_by:
        results = [measured(bound, case, knowledge) for bound in burden.eased_by]
        is_expected = is_expected or all(r.holds for r in results)
        facts += [r.evidence for r in results if r.holds]
    if is_expected or _is_watched(burden, members, facts) or members[0].points < burden.interrupts_from:
        level = max(level, Severity.MODERATE, key=lambda s: s.rank)
    return _finding(burden, level, members, _given_again(burden, members, case), facts)


def _is_watched(burden: Burden, members: list[_Member], facts: list[str]) -> bool:
    """Whether the order is for a ward, and neither the patient adds to the risk nor one of those with it is of the
    kinds that stop even there; what is given while somebody stands beside stops nowhere. One dose of an order informs
    where the burden says so."""
    if burden.once_informs_on_wards and is_given_once_on_a_ward(members[0].order):
        return True
    kinds = burden.informs_on_wards_without
    is_there = bool(kinds) and members[0].order.setting == "inpatient"
    if not is_there:
        return False
    stopping = [m for m in members if not (kinds.isdisjoint(m.order.medicine.classes) or is_under_eyes(m.order))]
    return not stopping or not (facts or any("benzodiazepine" in m.order.medicine.classes for m in members))


def _is_expected(burden: Burden, order: Order, case: Case) -> bool:
    return any(r.startswith(burden.expected_for) for r in order.reasons) or case.patient.has_condition(
        *burden.expected_for
    )


def _members(burden: Burden, order: Order, case: Case, knowledge: Knowledge) -> list[_Member]:
    """Those who carry the burden, the order itself first; the same ingredient in two orders counts once."""
    members: list[_Member] = []
    seen: frozenset[str] = frozenset()
    beside = [o for o in case.beside(order) if not (case.is_proposed(o) and is_over_at_home(order, o))]
    beside = [o for o in beside if days_since_ended(order, o) is None]
    for each in (order, *beside):
        points = _carried(each, knowledge).get(burden.id)
        if points and not each.medicine.names <= seen and not _is_little(each, burden):
            members.append(_Member(each, points))
            seen |= each.medicine.names
    return members


def _given_again(burden: Burden, members: list[_Member], case: Case) -> list[Order]:
    """Further orders of what already counts (a bolus beside the drip), so that their pairs are told with the others."""
    order, counted = members[0].order, {m.order.id for m in members}
    names = frozenset().union(*(m.order.medicine.names for m in members))
    return [o for o in case.beside(order) if o.id not in counted and is_systemic(o) and o.medicine.names <= names]


def _is_little(order: Order, burden: Burden) -> bool:
    """Whether it is given in less than counts; what cannot be worked out counts."""
    for name, least in burden.counts_from:
        given = daily_exposure(order, name) if name in order.medicine.names else None
        if given and given.unit == least.unit and given.high < least.value:
            return True
    return False


def _from_the_patient(burden: Burden, case: Case) -> tuple[int, list[str]]:
    """The points that age and conditions add, with the facts in words."""
    points, facts = 0, []
    born = case.patient.birth_date
    if born and burden.age_from_years is not None and age_in_years(born, case.on) >= burden.age_from_years:
        points += burden.age_adds
        facts.append(f"{age_in_years(born, case.on)} years old")
    for prefix, more in burden.adds:
        found = next((c for c in case.patient.conditions if c.active and c.code and c.code.startswith(prefix)), None)
        if found:
            points += more
            facts.append(f"on the problem list: {found.dotted} {found.text}".rstrip())
    return points, facts


def _finding(burden: Burden, level: Severity, members: list[_Member], again: list[Order], facts: list[str]) -> Finding:
    order, others = members[0].order, [*(m.order for m in members[1:]), *again]
    names = list(dict.fromkeys(name_of(m.order) for m in members))
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return Finding(
        code=burden.id,
        category=Category.INTERACTION,
        severity=level,
        order=order.id,
        others=tuple(o.id for o in others),
        summary=f"{listed} together: {burden.effect}",
        advice=burden.advice,
        evidence=(f"new: {shown(order)}", *(f"also taken: {shown(o)}" for o in others), *facts),
        sources=burden.sources,
        rule=burden.id,
        reviewed=bool(burden.review and burden.review.reviewed_by),
    )
