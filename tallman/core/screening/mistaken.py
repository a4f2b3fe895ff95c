"""What tells that another medicine was meant than the one that is written: its uses, the strengths and forms it is made
in, what the patient has and takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from tallman.core.knowledge import Knowledge
from tallman.core.lookalike.by_name import chief_uses
from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.screening.case import Case
from tallman.core.screening.exposure import daily_exposure
from tallman.core.screening.made import amounts_made, of_one_piece

__all__ = [
    "WEEKS",
    "are_taken_alike",
    "fits",
    "fits_for_long",
    "is_chiefly_for",
    "is_first_or_chiefly_for",
    "is_for_weeks",
    "is_for_what_lists_leave_out",
    "is_given_alike",
    "is_made_alike",
    "is_made_of_the_other_alone",
    "is_meant_by",
    "is_of_a_form_of_the_other_alone",
    "made_of_others_alone",
    "same_strength",
    "untreated",
]

_PIECES = 4
WEEKS = 21
"""Days' supply from which on an order is for an illness that lasts: our own choice."""
_MONTHS = 60
"""Days, with refills, from which on an antibiotic is for nothing that passes: our own choice."""
_BACTERIA = frozenset({"B95", "B96"})
_INFECTED_EASILY = ("E08", "E09", "E10", "E11", "E13", "J44", "C", "D", "Z", "N18", "K74")
"""Illnesses in which infections come easily: uses of antibiotics for days, and for months reasons of none."""
_LEFT_OUT = ("J30", "K21", "K30", "K59", "G47", "E55")
"""Complaints that few problem lists hold."""
_COUNTED = frozenset({"tablet", "capsule"})
_USUAL = 10
"""So many of the uses that stand first are usual."""


def fits(ingredients: Iterable[str], codes: Iterable[str], knowledge: Knowledge) -> bool | None:
    """Whether any of the ICD-10-CM codes is a use of any of the ingredients; None where their uses are not written
    down."""
    uses = [knowledge.ingredients[n].indications for n in ingredients if n in knowledge.ingredients]
    if not uses or not all(uses):
        return None
    return _begin_alike(codes, chain.from_iterable(uses))


def is_chiefly_for(ingredients: Iterable[str], codes: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether any of the codes is what any of the ingredients is for above all."""
    known = [knowledge.ingredients[n] for n in ingredients if n in knowledge.ingredients]
    return _begin_alike(codes, chain.from_iterable(chief_uses(each) for each in known))


def is_first_or_chiefly_for(ingredients: tuple[str, ...], codes: list[str], knowledge: Knowledge) -> bool:
    """The same, or what stands first among their uses, however wide that is: for celecoxib all joints and muscles."""
    first = [u for n in ingredients if n in knowledge.ingredients for u in knowledge.ingredients[n].indications[:1]]
    return is_chiefly_for(ingredients, codes, knowledge) or _begin_alike(codes, first)


def is_meant_by(codes: list[str], order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether a reason that does not fit an order tells of the other medicine: one of its usual uses, or any where it
    comes in the strength as written. With what else it is given for, it is one of many that the reason fits."""
    usual = [knowledge.ingredients[n].indications[:_USUAL] for n in other if n in knowledge.ingredients]
    return _begin_alike(codes, chain.from_iterable(usual)) or is_made_alike(order, other, knowledge)


def _begin_alike(codes: Iterable[str], uses: Iterable[str]) -> bool:
    named = tuple(uses)
    return any(code.startswith(use) or use.startswith(code) for code in codes for use in named)


def fits_for_long(order: Order, ingredients: tuple[str, ...], codes: list[str], knowledge: Knowledge) -> bool | None:
    """The same for as long as an order is: an antibiotic for months is not for an illness that infections go with."""
    uses = [use for n in ingredients if n in knowledge.ingredients for use in knowledge.ingredients[n].indications]
    if (order.days_supply or 0) * (1 + (order.refills or 0)) >= _MONTHS and not _BACTERIA.isdisjoint(uses):
        codes = [code for code in codes if not code.startswith(_INFECTED_EASILY)]
    return fits(ingredients, codes, knowledge)


def is_for_what_lists_leave_out(order: Order, knowledge: Knowledge) -> bool:
    """Whether it is taken, in the first place, for a complaint that few problem lists hold."""
    named = [i.name for i in order.medicine.ingredients if i.name in knowledge.ingredients]
    first = [knowledge.ingredients[n].indications[:1] for n in named]
    return any(use.startswith(_LEFT_OUT) for uses in first for use in uses)


def untreated(case: Case, codes: list[str], knowledge: Knowledge) -> list[str]:
    """The problems for which nothing is taken yet.

    A medicine is taken for the illness that stands first among its uses, and for what the patient has beside it only
    where it is not for another: lisinopril for the pressure, and so not for the diabetes.
    """
    rest = list(codes)
    for order in case.continuing:
        for_it = [
            code
            for i in order.medicine.ingredients
            for code in _first_of(
                codes, knowledge.ingredients[i.name].indications if i.name in knowledge.ingredients else ()
            )
        ]
        rest = [code for code in rest if code not in for_it]
    return rest


def _first_of(codes: list[str], uses: tuple[str, ...]) -> list[str]:
    """The codes that the first of the uses fits that fits any."""
    for use in uses:
        if found := [code for code in codes if code.startswith(use) or use.startswith(code)]:
            return found
    return []


def is_for_weeks(order: Order) -> bool:
    """Whether so much is ordered that it is no passing complaint, and not only for when it is needed."""
    lasts = order.days_supply is not None and order.days_supply >= WEEKS
    return lasts and order.setting == "community" and not any(step.prn for step in order.sig.steps)


def same_strength(one: Order, other: Order) -> bool:
    """Whether both are written in one strength."""
    amounts = [[s.amount for s in o.medicine.strengths] for o in (one, other)]
    return bool(amounts[0]) and amounts[0] == amounts[1]


def are_taken_alike(one: Order, other: Order) -> bool:
    """Whether the directions of two orders of one ingredient each come to the same amounts, every day."""
    told = [daily_exposure(o, o.medicine.ingredients[0].name) for o in (one, other) if len(o.medicine.ingredients) == 1]
    amounts = [(e.unit, e.single_high, e.high) for e in told if e and not e.as_needed]
    return len(amounts) == 2 and amounts[0] == amounts[1]


def is_made_alike(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether the other medicine comes in the strength of this one by the same route, so that nobody notices."""
    amounts = [s.amount for s in order.medicine.strengths]
    return bool(amounts) and any(
        [s.amount for s in product.strengths] == amounts and order.taken_route in product.form.routes
        for product in knowledge.products_of.get(other[0], ())
        if set(product.ingredients) == set(other)
    )


def is_made_of_the_other_alone(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether the strength as written is one of the other's, and none of this one's: not as several pieces of one that
    is made, nor as half of one."""
    written = _never_made(order, knowledge)
    if written is None or len(other) != 1:
        return False
    own = knowledge.products_of.get(order.medicine.ingredients[0].name, ())
    is_own_route = any(order.taken_route in p.form.routes for p in own)  # Tablets of misoprostol are given vaginally.
    return written.value in amounts_made(other[0], written.unit, knowledge, order.taken_route if is_own_route else None)


def made_of_others_alone(order: Order, knowledge: Knowledge) -> list[str]:
    """Every ingredient that is made in a strength in which this one is not, for the route that is told."""
    written = _never_made(order, knowledge) if order.taken_route else None
    return [name for name in knowledge.ingredients if _is_made(written, order, name, knowledge)] if written else []


def _never_made(order: Order, knowledge: Knowledge) -> Amount | None:
    """The strength as written, where this one is made in others, and in none that it may be some pieces of."""
    written = of_one_piece(order)
    own = amounts_made(order.medicine.ingredients[0].name, written.unit, knowledge) if written else ()
    is_piece = written and any(written.value in _of_pieces(made) for made in own)
    return written if own and not is_piece else None


def _is_made(written: Amount, order: Order, other: str, knowledge: Knowledge) -> bool:
    return written.value in amounts_made(other, written.unit, knowledge, order.taken_route)


def _of_pieces(made: Decimal) -> tuple[Decimal, ...]:
    """The doses that people give as half a piece of a strength, or as a few."""
    return (made / 2, *(made * n for n in range(1, _PIECES + 1)))


def is_of_a_form_of_the_other_alone(order: Order, other: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether tablets or capsules are written of a medicine that none are made of, and of the other some are, in the
    strength that is written, if any is."""
    counted = {step.dose.unit for step in order.sig.steps if step.dose}
    if not counted or not counted <= _COUNTED:
        return False
    own = [p for i in order.medicine.ingredients for p in knowledge.products_of.get(i.name, ())]
    if not own or any(product.form.unit in _COUNTED for product in own):
        return False
    amounts = [s.amount for s in order.medicine.strengths]
    its = [p for p in knowledge.products_of.get(other[0], ()) if set(p.ingredients) == set(other)]
    return any(p.form.unit in _COUNTED and amounts in ([], [s.amount for s in p.strengths]) for p in its)


def is_given_alike(order: Order, other: str, knowledge: Knowledge) -> bool:
    """Whether the other is made for the route that is told, or none is. Of a medicine without a form the route it is
    made for tells nothing: it may be the wrong one."""
    said = replace(order, medicine=replace(order.medicine, route=None)).taken_route
    return any(said is None or said in product.form.routes for product in knowledge.products_of.get(other, ()))
