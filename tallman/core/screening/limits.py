"""Which dose limit speaks of an order, and what it comes to for one patient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.drug import DoseForm
from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.patient import Patient, age_in_months, dotted
from tallman.core.prescription import Order
from tallman.core.quantity import Amount, UnitMismatch, format_number
from tallman.core.screening.case import Case
from tallman.core.screening.match import release_of
from tallman.core.screening.sizing import surface

__all__ = [
    "Ceiling",
    "counted_as_one",
    "for_patient",
    "is_for",
    "is_of_a_reason",
    "limits_by_route",
    "most_specific",
    "needs_size",
    "on_loan",
    "size_of",
    "speaking",
    "taken_by",
    "worked_out",
]

_ADULT_MONTHS = 30 * 12
_INJECTABLE = re.compile(
    r"inj|vial|syringe|ampu?l|/\s*ml|%|\b(?:pen|iv|im|sc|sq|subq?|subcut\w*|kit|depot|lar|la)\b|intra|decan|enanth|cyp",
    re.IGNORECASE,
)
"""Words of a medicine or of directions that make it an injection."""
_INJECTED = frozenset({"subcutaneous", "intramuscular", "intravenous"})
_AS_SWALLOWED = frozenset({"enteral tube", "sublingual", "buccal"})


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit worked out for one patient, in the exposure's unit, with the words that explain it."""

    value: Fraction
    text: str


def taken_by(order: Order) -> str | None:
    """The route; what is swallowed where nobody says so: tablets and capsules."""
    if order.taken_route:
        return order.taken_route
    units = {s.dose.unit for s in order.sig.steps if s.dose}
    return "oral" if units and units <= {"tablet", "capsule", "caplet"} else None


def limits_by_route(order: Order, ingredient: str, knowledge: Knowledge) -> list[DoseLimit]:
    """The limits of an ingredient for the route of an order; for a route that nobody says, those of every route that
    its form, or those that it may be, are made for. What a shop hands out by the piece ("500 mcg, 1 daily")
    is swallowed where it can be, though only an injection is made of that strength."""
    route = taken_by(order)
    if route is not None:
        return list(_of_route(route, ingredient, knowledge))
    limits = knowledge.limits_of.get(ingredient, ())
    if any(s.method == "inject" for s in order.sig.steps):
        return [x for x in limits if not _INJECTED.isdisjoint(x.routes)] or list(limits)
    by_mouth = [x for x in limits if "oral" in x.routes]
    if by_mouth and _is_by_the_piece(order):
        return by_mouth
    form = _form_of(order)
    forms = [form] if form else [p.form for c in order.medicine.candidates if (p := knowledge.products.get(c))]
    made_for = {way for f in forms for way in f.routes}
    return [x for x in limits if not made_for.isdisjoint(x.routes)] or list(limits)


@lru_cache(maxsize=1 << 12)
def _of_route(route: str, ingredient: str, knowledge: Knowledge) -> tuple[DoseLimit, ...]:
    """Those for a route; of what is swallowed, also for what goes down a tube or is held in the mouth (drops of a
    concentrate under the tongue of the dying), where nothing is said of that way."""
    limits = knowledge.limits_of.get(ingredient, ())
    own = tuple(x for x in limits if route in x.routes)
    return _of_route("oral", ingredient, knowledge) if route in _AS_SWALLOWED and not own else own


def counted_as_one(routes: frozenset[str], ingredient: str, knowledge: Knowledge) -> frozenset[str]:
    """The routes given, with those that have no limit of their own and are held against what is swallowed."""
    if "oral" not in routes:
        return routes
    own = {way for x in knowledge.limits_of.get(ingredient, ()) for way in x.routes}
    return routes | (_AS_SWALLOWED - own)


def _is_by_the_piece(order: Order) -> bool:
    said = f"{order.medicine.text} {order.sig.text}"
    doses = [s.dose for s in order.sig.steps if s.dose]
    is_counted = bool(doses) and all(d.unit is None for d in doses)
    return order.setting != "inpatient" and is_counted and not _INJECTABLE.search(said)


def for_patient(limits: Sequence[DoseLimit], case: Case) -> list[DoseLimit]:
    """Those of the patient's age; of an unknown age those of an adult. By weight or surface where that is known."""
    birth_date = case.patient.birth_date
    months = age_in_months(birth_date, case.on) if birth_date else _ADULT_MONTHS
    fitting = [
        x
        for x in limits
        if (x.age_from is None or x.age_from <= months) and (x.age_under is None or months < x.age_under)
    ]
    return [x for x in fitting if x.doses_over or not needs_size(x, case.patient)] or fitting


def most_specific(limits: Sequence[DoseLimit], order: Order, reasons: Sequence[str] | None = None) -> DoseLimit:
    """The limit for this form and reason: among equals the strictest, where one of them is unknown the most generous.

    `reasons` are codes to look for instead of those of the order; what is meant for a reason comes before what is meant
    for words of the directions. What is said of a limit for another one: `on_loan`.
    """
    release, fitting = release_of(order), _fitting(limits, order)
    by_reason = [x for x in fitting if is_for(x, order, reasons)]
    by_reason = [x for x in by_reason if x.indications] or by_reason
    general = [x for x in fitting if not is_of_a_reason(x)]
    if not by_reason and not general:
        return max(fitting, key=size_of)
    chosen = by_reason or general
    unsaid = taken_by(order) is None or (release is None and len({x.release for x in chosen}) > 1)
    unsaid = unsaid or (_form_of(order) is None and len({x.forms for x in chosen}) > 1)
    if unsaid:
        return max(chosen, key=size_of)
    narrow = max(map(_narrowness, chosen))
    return min((x for x in chosen if _narrowness(x) == narrow), key=size_of)


def speaking(limits: Sequence[DoseLimit], order: Order, reasons: Sequence[str] | None = None) -> list[DoseLimit]:
    """All limits for this form and reason, the narrowest first: those for the order's reason (or instead of it those
    given in `reasons`), else the general ones."""
    fitting = [
        x
        for x in _fitting(limits, order)
        if (x.release is None or x.release == release_of(order)) and _is_of_product(x, order) and _is_of_form(x, order)
    ]
    chosen = [x for x in fitting if is_for(x, order, reasons)] or [x for x in fitting if not is_of_a_reason(x)]
    return sorted(chosen, key=_narrowness, reverse=True)


def _fitting(limits: Sequence[DoseLimit], order: Order) -> Sequence[DoseLimit]:
    form, release = _form_of(order), release_of(order)
    return [
        x
        for x in limits
        if (x.release is None or release is None or release == x.release)
        and (not x.forms or form is None or form.name in x.forms)
        and _is_of_product(x, order)
    ] or limits


def _is_of_form(limit: DoseLimit, order: Order) -> bool:
    form = _form_of(order)
    return not limit.forms or form is None or form.name in limit.forms


def _form_of(order: Order) -> DoseForm | None:
    return order.medicine.product.form if order.medicine.product else order.medicine.form


def is_for(limit: DoseLimit, order: Order, reasons: Sequence[str] | None = None) -> bool:
    """Whether the reason of an order, or its own words (a brand's too), are those a limit is for."""
    reasons = order.reasons if reasons is None else reasons
    if limit.indications and any(r.startswith(limit.indications) for r in reasons):
        return True
    return bool(limit.said) and _says(order, limit.said)


def _says(order: Order, words: tuple[str, ...]) -> bool:
    said = f"{order.medicine.text} {order.sig.text} {order.note}".lower()
    return any(w in said for w in words)


def is_of_a_reason(limit: DoseLimit) -> bool:
    """Whether a limit is set for some reasons, or for some words of the directions, alone."""
    return bool(limit.indications or limit.said)


def _is_of_product(limit: DoseLimit, order: Order) -> bool:
    """Whether the limit speaks of such a salt, combination and strength; of a product not known it does not."""
    product = order.medicine.product
    if limit.salts and (product is None or product.salt not in limit.salts):
        return False
    if limit.strengths and not any(str(s) in limit.strengths for s in order.medicine.strengths):
        return False
    return not limit.combined_with or not order.medicine.names.isdisjoint(limit.combined_with)


def _narrowness(limit: DoseLimit) -> int:
    return sum(map(bool, (limit.release, limit.forms, limit.salts, limit.combined_with, limit.strengths)))


def size_of(limit: DoseLimit) -> Decimal:
    """How generous a limit is, in a day."""
    amount = limit.daily_max or limit.weekly_max or limit.single_max
    if amount is None:
        return Decimal(0)
    value = amount.to("mg").value if amount.dimension == "mass" else amount.value
    return value if limit.daily_max or not limit.weekly_max else value / 7


def on_loan(limit: DoseLimit, order: Order, problems: Sequence[str] = ()) -> str:
    """What to say of a limit that was set for other reasons than the order's; empty when it fits. Where no reason is
    stated, the codes of the `problems` on record may be it."""
    if not is_of_a_reason(limit) or is_for(limit, order) or (not order.reasons and is_for(limit, order, problems)):
        return ""
    stated = ", ".join(map(dotted, order.reasons))
    reasons = f"the reason {stated}" if stated else "the reason of this order, not stated,"
    meant = ", ".join((*map(dotted, limit.indications[:4]), *limit.said[:1]))
    return f"the limit on file is for {meant}: {reasons} may allow less"


def needs_size(limit: DoseLimit, patient: Patient) -> str:
    """What must be known of the patient to work a limit out, and is not: "weight", "height or weight", nothing."""
    if limit.per_kg and patient.weight is None:
        return "weight"
    return "height or weight" if limit.per_m2 and surface(patient) is None else ""


def worked_out(
    amount: Amount | None, cap: Amount | None, limit: DoseLimit, patient: Patient, unit: str
) -> Ceiling | None:
    """The limit in `unit` for this patient; None where there is none, its unit is another, or the size is unknown."""
    if amount is None or needs_size(limit, patient):
        return None
    if not (limit.per_kg or limit.per_m2):
        return _in_unit(amount, unit)
    try:
        value, text = Fraction(amount.to(unit).value), f"{amount}"
        of, by = (patient.weight and Fraction(patient.weight.to("kg").value), "kg") if limit.per_kg else (None, "")
        if limit.per_m2:
            of, by = (Fraction(s) if (s := surface(patient)) else None), "m2"
        if of:
            value, text = value * of, f"{amount}/{by} x {format_number(of)} {by}"
            if cap and Fraction(cap.to(unit).value) < value:
                value, text = Fraction(cap.to(unit).value), f"{text}, at most {cap}"
            text = f"{amount}/{by}" if of == 1 else f"{text} = {format_number(value)} {unit}"
    except UnitMismatch:
        return None
    return Ceiling(value, text)


@lru_cache(maxsize=1 << 12)
def _in_unit(amount: Amount, unit: str) -> Ceiling | None:
    try:
        return Ceiling(Fraction(amount.to(unit).value), f"{amount}")
    except UnitMismatch:
        return None
