"""What several medicines hold in common, added up in mg a day: the iron of its salts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallman.core.burden import Burden
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, UnitMismatch, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import daily_exposure
from tallman.core.screening.finding import Category, Finding, Severity
from tallman.core.screening.match import is_systemic, name_of, shown
from tallman.core.screening.renewal import takes_its_place
from tallman.core.screening.sequence import is_named_as_over

__all__ = ["summed"]

_MG = Amount(Decimal(1), "mg")


@dataclass(frozen=True, slots=True)
class _Part:
    """What one ingredient of an order holds in mg a day, and how that comes about."""

    order: Order
    ingredient: str
    amount: Fraction
    words: str


def summed(burden: Burden, order: Order, case: Case, knowledge: Knowledge) -> Finding | None:
    """The finding of a sum over two different ingredients or more; of one the dose check tells. What replaces another
    order does not add to it, and what has no amount a day is not counted, so that the sum is never too high."""
    beside = [o for o in case.beside(order) if o.medicine.is_known and is_systemic(o)]
    beside = [o for o in beside if not (takes_its_place(order, o, case.on) or is_named_as_over(o, order, knowledge))]
    parts = [part for each in (order, *beside) for part in _parts(burden, each)]
    if len({p.ingredient for p in parts}) < burden.at_least or parts[0].order is not order:
        return None
    total = sum((p.amount for p in parts), Fraction(0))
    level = next((Severity(name) for most, name in burden.levels if total >= most), None)
    return _finding(burden, level, parts, total) if level else None


def _parts(burden: Burden, order: Order) -> Iterator[_Part]:
    shares = dict(burden.worth)
    for ingredient in order.medicine.ingredients:
        strength = next((s for s in order.medicine.strengths if s.ingredient == ingredient.name), None)
        share = shares.get(f"{ingredient.name} {strength}", shares.get(ingredient.name))
        given = daily_exposure(order, ingredient.name) if share else None
        if share is None or given is None:
            continue
        try:
            milligrams = given.average * Fraction(Amount(Decimal(1), given.unit).to(_MG.unit).value)
        except UnitMismatch:
            continue
        held = milligrams * Fraction(share)
        words = f"{name_of(order)}: {format_number(milligrams)} mg a day x {share} = {_whole(held)} mg of {burden.name}"
        yield _Part(order, ingredient.name, held, words)


def _whole(milligrams: Fraction) -> str:
    return format_number(Fraction(round(milligrams)))


def _finding(burden: Burden, level: Severity, parts: list[_Part], total: Fraction) -> Finding:
    order, others = parts[0].order, [p.order for p in parts[1:] if p.order is not parts[0].order]
    names = list(dict.fromkeys(name_of(p.order) for p in parts))
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return Finding(
        code=burden.id,
        category=Category.DOSE_HIGH,
        severity=level,
        order=order.id,
        others=tuple(dict.fromkeys(o.id for o in others)),
        summary=f"{listed} together: {_whole(total)} mg of {burden.name} a day; {burden.effect}",
        advice=burden.advice,
        evidence=(f"new: {shown(order)}", *(f"also taken: {shown(o)}" for o in others), *(p.words for p in parts)),
        sources=burden.sources,
        rule=burden.id,
        reviewed=bool(burden.review and burden.review.reviewed_by),
    )
