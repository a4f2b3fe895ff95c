"""The same medicine twice, or too many of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tallman.core.knowledge import Knowledge, MedicineClass, Source
from tallman.core.prescription import Order
from tallman.core.screening.by_name import beside_the_unknown
from tallman.core.screening.case import Case
from tallman.core.screening.ended import is_replaced_by
from tallman.core.screening.exposure import daily_exposure, why_not_known
from tallman.core.screening.finding import Category, Finding, NotChecked, Severity
from tallman.core.screening.match import is_systemic, name_of, release_of, shown
from tallman.core.screening.meant import (
    are_one_dose_as_said,
    begins_by_needle,
    cross,
    is_added,
    is_nebule_beside_inhaler,
    is_seldom,
    is_until_it_acts,
    prevents_beside,
)
from tallman.core.screening.mistaken import fits
from tallman.core.screening.renewal import (
    BOTH_HARM,
    days_left,
    is_refill,
)
from tallman.core.screening.repeated import is_new, weight_of
from tallman.core.screening.rescue import is_as_needed, is_for_an_emergency, taken_in
from tallman.core.screening.sequence import is_named_as_over, take_turns
from tallman.core.screening.ward import (
    are_for_different_needs,
    are_of_a_ward,
    are_titrated,
    ends_with_the_stay,
    goes_on_beside_what_runs,
    goes_on_in_hospital,
    has_basal_rate,
    is_numbing,
    is_over_at_home,
)

__all__ = ["check"]

_COURSE_DAYS = 15
_FLUIDS = frozenset({"sodium chloride", "glucose", "water for injection", "lactated Ringer's"})
"""What other things are dissolved in: run in beside each other on purpose."""
_KEPT_IN_THE_GUT = frozenset({"vancomycin", "neomycin", "nystatin"})
_OF_THE_GUT = frozenset({"oral", "rectal", "enteral tube"})
_COUNTS = ("none", "one", "two", "three", "four", "five")
OWN_RULE = (Source("Tallman: the same medicine is not supplied twice for the same days"),)


def check(case: Case, knowledge: Knowledge) -> Iterator[Finding | NotChecked]:
    """Every proposed order against the medicines that go on beside it."""
    yield from beside_the_unknown("duplicate", case)
    for position, order in enumerate(case.proposed):
        if not order.medicine.is_known:
            yield NotChecked("duplicate", order.id, why_not_known(order))
            continue
        others = [o for o in case.continuing if not _is_said_to_be_over(o, order, case, knowledge)]
        others += [o for o in case.proposed[:position] if not take_turns(o, order)]
        known = [o for o in others if o.medicine.is_known]
        same = [f for o in known if (f := _same_ingredient(case, order, o, knowledge))]
        yield from same
        told = {id for f in same for id in f.others}
        for class_id in sorted(order.medicine.classes):
            record = knowledge.classes.get(class_id)
            if record and record.at_once is not None:
                beside = [o for o in known if o.id not in told or not _members(o, record) & _members(order, record)]
                yield from _same_class(case, order, beside, record, knowledge)


def _is_said_to_be_over(other: Order, order: Order, case: Case, knowledge: Knowledge) -> bool:
    """Whether this order, or another of the same day, names one on the list as what ends."""
    return any(is_named_as_over(other, o, knowledge) for o in case.proposed if o is order or o.medicine.is_known)


def _reach(order: Order) -> str | None:
    """Two orders can only duplicate each other in the same reach: the whole body, or one local route, as the gut is of
    what stays there."""
    if order.taken_route in _OF_THE_GUT and order.medicine.names <= _KEPT_IN_THE_GUT:
        return order.taken_route
    return "systemic" if is_systemic(order) else order.taken_route


def _release(order: Order, record: MedicineClass) -> str:
    """How the medicine is let go; some (methadone) last all day from a plain tablet,
    and a pump with a basal rate beside the patient's button never stops."""
    if any(i.name in record.long_acting for i in order.medicine.ingredients):
        return "extended"
    if record.long_acting and has_basal_rate(order):
        return "extended"
    return release_of(order) or "immediate"


def _differs_in_release(order: Order, other: Order, record: MedicineClass) -> bool:
    """Whether one lasts and the other does not, where the class lets them lie beside each other."""
    if not record.different_release_ok or _release(order, record) == _release(other, record):
        return False
    forms = {o.medicine.product.form.name for o in (order, other) if o.medicine.product}
    return forms.isdisjoint(record.alone_in_forms) or is_as_needed(order) or is_as_needed(other)


def _may_top_up(order: Order, other: Order, record: MedicineClass) -> bool:
    """Whether one as needed beside the other is meant: where the class tells long from short, one of each; a rescue
    spray beside tablets always."""
    return (
        not record.long_acting
        or order.taken_route != other.taken_route
        or _release(order, record) != _release(other, record)
    )


def _same_ingredient(case: Case, order: Order, other: Order, knowledge: Knowledge) -> Finding | None:
    both = taken_in(order) & taken_in(other)
    shared = [i for i in order.medicine.ingredients if i.name in both and not _is_fluid(i.name, order)]
    if not shared or _reach(order) != _reach(other) or are_one_dose_as_said(order, other):
        return None
    classes = [c for i in shared for name in i.classes if (c := knowledge.classes.get(name))]
    if any(_differs_in_release(order, other, c) for c in classes):
        return None
    one_as_needed = is_as_needed(order) != is_as_needed(other)
    if one_as_needed and any(c.as_needed_ok for c in classes):
        return None
    names = " and ".join(i.tall_man for i in shared)
    severity, because = weight_of(case, order, other)
    one_may_wait = (is_as_needed(order) or is_as_needed(other)) and not goes_on_beside_what_runs(order, other)
    if severity is not Severity.LOW and is_for_an_emergency(order) != is_for_an_emergency(other):
        severity, because = Severity.LOW, "one of them is for an emergency"
    if severity is Severity.HIGH and one_may_wait:
        severity, because = Severity.MODERATE, "one of them is taken only as needed: check the daily total"
    if severity is Severity.HIGH and any(c.nebules_ok for c in classes) and is_nebule_beside_inhaler(order, other):
        severity, because = Severity.MODERATE, "one is for a nebulizer, the other an inhaler"
    if any(c.nebules_ok for c in classes) and _are_both_for_relief(order, other):
        severity, because = Severity.LOW, "both are as needed, one alone and one with another medicine"
    evidence = (f"new: {shown(order)}", f"also taken: {shown(other)}", *([because] if because else []))
    return Finding(
        code="DUPLICATE-SAME-INGREDIENT",
        category=Category.DUPLICATE,
        severity=severity,
        order=order.id,
        others=(other.id,),
        summary=f"{names} twice: {name_of(order)} is ordered while {name_of(other)} is still being taken.",
        evidence=evidence,
        advice="Ask whether the new one replaces the old one; if it does, stop the old one before dispensing.",
        sources=OWN_RULE,
        rule="duplicate/same-ingredient",
        about=_beside([other]),
    )


def _are_both_for_relief(order: Order, other: Order) -> bool:
    """Whether both are taken as needed and the one holds more than the other: albuterol, and it with ipratropium."""
    return is_as_needed(order) and is_as_needed(other) and order.medicine.names != other.medicine.names


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def _beside(others: list[Order]) -> str:
    """What a finding is about: of two that meet twice, by kind and by ingredient, one finding tells."""
    return f"beside {' '.join(sorted(o.id for o in others))}"


def _is_fluid(name: str, order: Order) -> bool:
    return name in _FLUIDS and order.taken_route == "intravenous"


def _is_used_up(order: Order, case: Case) -> bool:
    """Whether it was a course of few days taken at home, and what was supplied is gone."""
    left = days_left(order, case.on) if order.setting != "inpatient" else None
    return bool(left is not None and left < 0 and (order.days_supply or _COURSE_DAYS) < _COURSE_DAYS)


def _were_together(case: Case, order: Order, rivals: list[Order]) -> bool:
    """Whether an order renews what has been taken beside the others for some time."""
    renewed = [o for o in case.current if o.medicine.names == order.medicine.names]
    listed = [r for r in rivals if r in case.current]
    listed += [o for r in rivals if r in case.proposed for o in case.current if o.medicine.names == r.medicine.names]
    return bool(renewed) and len(listed) >= len(rivals) and not any(is_new(o, case) for o in (*renewed, *listed))


def _is_for_another_illness(order: Order, other: Order, knowledge: Knowledge) -> bool:
    """Whether the stated reason of an order is one of its uses, and none of the other's."""
    own, others = (fits(o.medicine.names, order.reasons, knowledge) for o in (order, other))
    return bool(order.reasons and own and others is False)


def _counts(order: Order, record: MedicineClass) -> bool:
    route = order.taken_route
    in_reach = route in record.routes if record.routes else _reach(order) == "systemic"
    return in_reach and record.id in order.medicine.classes


def _members(order: Order, record: MedicineClass) -> set[str]:
    return {i.name for i in order.medicine.ingredients if record.id in i.classes}


def _is_intended(order: Order, other: Order, record: MedicineClass) -> bool:
    def has(o: Order, key: str) -> bool:
        return key in o.medicine.classes or any(i.name == key for i in o.medicine.ingredients)

    return any((has(order, a) and has(other, b)) or (has(order, b) and has(other, a)) for a, b in record.intended)


def _are_full(order: Order, rivals: list[Order], record: MedicineClass) -> bool:
    """Whether this one and another of the kind are each given, every day, in an amount that would do alone."""
    return _is_full(order, record) and any(_is_full(o, record) and not is_refill(order, o) for o in rivals)


def _is_full(order: Order, record: MedicineClass) -> bool:
    for name, least in record.full_from:
        given = None if is_as_needed(order) else daily_exposure(order, name)
        if given and given.unit == least.unit and given.low >= Fraction(least.value):
            return True
    return False


def _is_over_or_meant(case: Case, order: Order, other: Order) -> bool:
    """Whether two of any kind are not taken together for long, or are said to be."""
    return (
        is_over_at_home(order, other)
        or _is_used_up(other, case)
        or are_for_different_needs(order, other)
        or is_until_it_acts(order, other)
        or cross(order, other)
        or is_added(order, other)
    )


def _is_let_by_the_class(order: Order, other: Order, record: MedicineClass) -> bool:
    """Whether two lie beside each other in a way that is usual for their kind."""
    if record.prevention_ok and prevents_beside(order, other):
        return True
    if record.nebules_ok and (is_nebule_beside_inhaler(order, other) or (is_as_needed(order) and is_as_needed(other))):
        return True
    return record.single_dose_ok and (is_seldom(order) or is_seldom(other))


def _same_class(
    case: Case, order: Order, others: list[Order], record: MedicineClass, knowledge: Knowledge
) -> Iterator[Finding]:
    if not _counts(order, record):
        return
    rivals = [
        o
        for o in others
        if _counts(o, record)
        and _members(o, record) - _members(order, record)
        and not _is_intended(order, o, record)
        and not _differs_in_release(order, o, record)
        and not (record.as_needed_ok and is_as_needed(o) != is_as_needed(order) and _may_top_up(order, o, record))
    ]
    distinct = _members(order, record).union(*(_members(o, record) for o in rivals))
    if not rivals or len(distinct) <= (record.at_once or 0):
        return
    may_meet = not order.medicine.classes & BOTH_HARM
    replaced = all(is_replaced_by(order, o, case.continuing) for o in rivals) or all(
        _is_over_or_meant(case, order, o)
        or _is_let_by_the_class(order, o, record)
        or (may_meet and (_is_for_another_illness(order, o, knowledge) or ends_with_the_stay(order, o)))
        or (goes_on_in_hospital(order, o) and (is_as_needed(o) or may_meet))
        for o in rivals
    )
    replaced = replaced or (may_meet and _were_together(case, order, rivals))
    may_overlap = record.as_needed_ok or record.single_dose_ok or is_numbing(order)
    may_overlap = may_overlap or all(are_titrated(order, o) for o in rivals)
    if may_overlap and not any(goes_on_beside_what_runs(order, o) for o in rivals):
        replaced = replaced or all(are_of_a_ward(order, o) for o in rivals)
    level = Severity.HIGH if _are_full(order, rivals, record) else Severity(record.severity)
    severity = max(level, Severity.MODERATE, key=lambda s: s.rank) if replaced else level
    if all(are_for_different_needs(order, o) or (record.single_dose_ok and begins_by_needle(order, o)) for o in rivals):
        severity = Severity.LOW
    together = " and ".join(dict.fromkeys(name_of(o) for o in rivals))
    yield Finding(
        code="DUPLICATE-SAME-CLASS",
        category=Category.DUPLICATE,
        severity=severity,
        order=order.id,
        others=tuple(o.id for o in rivals),
        summary=f"{name_of(order)} beside {together}: {_count(len(distinct))} of one kind ({record.name}); "
        f"{_count(record.at_once or 0)} at a time is usual.",
        evidence=(
            f"new: {shown(order)}",
            *(f"also taken: {shown(o)}" for o in rivals),
            *(["a change, an addition, or single doses on a ward"] if replaced else []),
        ),
        advice=record.advice or "Ask whether the new one replaces the other; if it does, stop the other.",
        sources=record.sources,
        rule=f"class/{record.id}",
        about=_beside(rivals),
        reviewed=bool(record.review and record.review.reviewed_by),
    )
