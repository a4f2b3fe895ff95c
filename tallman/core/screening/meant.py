"""What of one kind lies side by side on purpose: two strengths of a dose, a depot and tablets, one that takes over."""

from __future__ import annotations

import re

from tallman.core.drug import DoseForm, Medicine, Strength
from tallman.core.prescription import Order
from tallman.core.screening.ended import names_of
from tallman.core.screening.match import days_between, release_of
from tallman.core.screening.sequence import last_day
from tallman.core.sig import daily_use

__all__ = [
    "are_one_dose_as_said",
    "are_vitamins",
    "begins_by_needle",
    "cross",
    "is_added",
    "is_depot",
    "is_nebule_beside_inhaler",
    "is_seldom",
    "is_until_it_acts",
    "name_each_other",
    "prevents_beside",
    "two_strengths_of_one_dose",
]

_BEGINNING = re.compile(r"\b(?:start|begin)\w*\b", re.IGNORECASE)
_GOING = re.compile(r"\b(?:taper|wean|transition)\w*\b", re.IGNORECASE)
_ADDING = re.compile(
    r"\b(in addition|add(?:ed|ing)? to|along with|together with|augment(?!in\b)\w*|adjunct\w*)\b", re.IGNORECASE
)
_ADDED = re.compile(
    r"\bin addition\b(?! to food)|\b(?:add(?:ed)?(?:[ -]on)? to|combin\w+ with|adjunct\w*|augment(?!in\b)\w*)\b", re.I
)
"""The same within directions, where "along with food" and "added to water" are no medicine."""
_BESIDE = r"(?:\b(?:with|plus|beside|in addition to|on top of|combined? with)\b|[+&])\s*(?:(?:the|an?|one|your|1)\s+)?"
"""What stands before a strength that is taken at the same time."""
_INSTEAD = re.compile(
    r"\b(?:not|never|stop\w*|replac\w*|instead|switch\w*|chang\w*|confus\w*|discontinu\w*|d/c)\b|n't\b"
)
_PREVENTS = re.compile(r"\b(?:prophyla\w+|ppx|prevent\w*|suppress(?:ion|ive))\b", re.IGNORECASE)
_NEBULIZED = frozenset({"inhalation solution", "inhalation suspension"})
_DEPOT_DAYS = 7
_ONE_DAY = 1


def are_vitamins(order: Order, other: Order) -> bool:
    """Whether the two are different medicines that share nothing but vitamins."""
    here, there = order.medicine, other.medicine
    shared = [i for i in here.ingredients if i.name in there.names]
    return here.names != there.names and all("vitamin" in i.classes for i in shared)


def cross(order: Order, other: Order) -> bool:
    """Whether one goes while the other, by its directions, begins: "start when paroxetine is at 10 mg", "taper
    phenobarbital"."""
    for going, coming in ((order, other), (other, order)):
        said = f"{coming.sig.text} {coming.note}"
        begins = [m.end() for words in (_BEGINNING, _GOING) for m in words.finditer(said)]
        if any(re.search(rf"\b{re.escape(name)}\b", said[at:], re.I) for at in begins for name in going.medicine.names):
            return True
    return False


def is_added(order: Order, other: Order) -> bool:
    """Whether the note of an order, or its directions of this other one, say that it is meant beside it."""
    if _ADDING.search(order.note):
        return True
    added = _ADDED.search(order.sig.text)
    after = order.sig.text[added.end() :] if added else ""
    is_bare = bool(added and added[0].lower().startswith(("in addition", "adjunct", "augment")))
    return is_bare or any(re.search(rf"\b{re.escape(name)}\b", after, re.IGNORECASE) for name in names_of(other))


def prevents_beside(order: Order, other: Order) -> bool:
    """Whether one says that it prevents and the other does not: the one goes on while an illness is treated."""
    here, there = (bool(_PREVENTS.search(f"{o.sig.text} {o.note}")) for o in (order, other))
    return here != there


def is_nebule_beside_inhaler(order: Order, other: Order) -> bool:
    """Whether one goes through a nebulizer, and the other comes out of an inhaler."""
    here, there = ((o.medicine.product or o.medicine).form for o in (order, other))
    if here is None or there is None:
        return False
    return (here.name in _NEBULIZED) != (there.name in _NEBULIZED)


def is_seldom(order: Order) -> bool:
    """Whether it is given once, or once a week at most."""
    if order.sig.steps and all(s.timing.once for s in order.sig.steps):
        return True
    return (days_between(order) or 0) >= _DEPOT_DAYS or order.days_supply == _ONE_DAY


def is_until_it_acts(order: Order, other: Order) -> bool:
    """Whether one is set into a muscle for weeks, and the other swallowed every day until that works."""
    return any(
        a.taken_route == "intramuscular" and _lasts_for_weeks(a) and b.taken_route == "oral"
        for a, b in ((order, other), (other, order))
    )


def _lasts_for_weeks(order: Order) -> bool:
    return is_depot(order) or release_of(order) == "extended" or last_day(order) > _DEPOT_DAYS


def begins_by_needle(order: Order, other: Order) -> bool:
    """Whether two orders of one day are one injection, and what is swallowed from then on or for a few days."""
    if order.written is None or order.written != other.written:
        return False
    return any(
        a.taken_route in ("intramuscular", "subcutaneous", "intravenous")
        and bool(a.sig.steps)
        and all(s.timing.once or (s.duration and s.duration.high == 1) for s in a.sig.steps)
        and b.taken_route == "oral"
        for a, b in ((order, other), (other, order))
    )


def is_depot(order: Order) -> bool:
    """Whether one dose lasts for a week or longer; a patch of a week is no depot, and works from the first day."""
    days = days_between(order)
    return days is not None and days >= _DEPOT_DAYS and order.taken_route not in ("oral", "transdermal", "vaginal")


def two_strengths_of_one_dose(order: Order, other: Order) -> bool:
    """150 mg and 75 mg of one capsule, each once daily, written together for 225 mg."""
    if order.written is None or order.written != other.written or order.medicine.names != other.medicine.names:
        return False
    (*here, its_strengths), (*there, other_strengths) = _made(order.medicine), _made(other.medicine)
    if here != there or not its_strengths or not other_strengths or its_strengths == other_strengths:
        return False
    uses = [daily_use(o.sig) for o in (order, other)]
    return all(use is not None for use in uses) and len({use.doses_high for use in uses if use}) == 1


def _made(medicine: Medicine) -> tuple[str | None, DoseForm | None, tuple[Strength, ...]]:
    """The brand, the form and the strengths, as far as they are certain."""
    made = medicine.product or medicine
    return made.brand, made.form, made.strengths


def _names_the_strength_of(named: Order, order: Order) -> bool:
    """Whether the directions or the note of an order speak of another strength beside it: "with 100 mcg tablet"."""
    here, there = set(map(str, order.medicine.strengths)), map(str, named.medicine.strengths)
    said = re.sub(r"[\s,]", "", f"{order.sig.text} {order.note}".lower())
    return any(
        s not in here and re.search(rf"(?<![\d.]){re.escape(s.replace(' ', '').replace(',', '').lower())}", said)
        for s in there
    )


def are_one_dose_as_said(order: Order, other: Order) -> bool:
    """Whether the directions of one tell that it is taken with the strength of the other: "with the 150 mg for total
    225 mg". A strength that is named otherwise may be the one that ends."""
    return any(_is_taken_with(a, b) for a, b in ((order, other), (other, order)))


def _is_taken_with(order: Order, named: Order) -> bool:
    if order.medicine.names != named.medicine.names:
        return False
    said = re.split(r"\.(?!\d)|[;\n]", f"{order.sig.text}; {order.note}".lower())
    return any(
        re.search(rf"{_BESIDE}{s.amount.value.normalize():f}\s*{re.escape(s.amount.unit)}\b", sentence)
        for s in named.medicine.strengths
        if s not in order.medicine.strengths
        for sentence in said
        if not _INSTEAD.search(sentence)
    )


def name_each_other(order: Order, other: Order) -> bool:
    """Whether the directions or the note of one speak of the strength of the other: they make up one dose."""
    return _names_the_strength_of(other, order) or _names_the_strength_of(order, other)
