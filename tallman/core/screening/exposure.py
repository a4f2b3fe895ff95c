"""How much of an ingredient an order gives, at one time and in a day, with the arithmetic in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.drug import DOSED_WHOLE, NOT_COUNTED, Certainty, Medicine, Product, Strength
from tallman.core.prescription import Order
from tallman.core.quantity import UNITS, Amount, UnitMismatch, format_number
from tallman.core.sig import Dose, Sig, daily_use, single_use, why_no_daily_use
from tallman.core.sig.daily import phase_uses

__all__ = [
    "PIECES",
    "Exposure",
    "SingleDose",
    "daily_exposure",
    "exposure_of_one",
    "held_as_said",
    "held_in",
    "per_dose_unit",
    "single_dose",
    "supplied_a_day",
    "unit_meant",
    "whole_strength",
    "why_not_known",
    "why_unknown",
]

PIECES = frozenset({
    "tablet", "capsule", "caplet", "pill", "each", "dose", "piece", "film", "wafer", "lozenge", "gum", "suppository",
    "insert",
})  # fmt: skip
_SPRAYED = frozenset({"puff", "spray", "inhalation", "actuation", "dose", "pump"})
_MOST_NAMED = 4
_A_DAY = ((Decimal(1), "d"), (Decimal(24), "h"))
_USED_WHOLE = ("inhalation solution", "enema")
_ONE_DOSE = ("prefilled syringe", "auto-injector")
_OF_ITSELF = frozenset({"mg", "mcg", "ng", "unit", "MU", "mEq", "mmol"})
_OF_SALTS = frozenset({"mEq", "mmol"})
"""How salts are ordered, though the bottle says milligrams or percent."""
_SHORTLY = {"trimethoprim": ("tmp",), "amoxicillin": ("amox",), "piperacillin": ("pip",)}
"""How one part of a mixture is named beside an amount."""
_COUNTS = r"(?:m?c?g|mg/kg|mg/kg/day|mg/kg/dose|units?) (?:of )?(?:the )?"
_INTO = frozenset({"intravenous", "intramuscular", "subcutaneous", "oral", "enteral tube"})
_WORDS = re.compile(r"[A-Za-z][A-Za-z ,.'()-]{2,}|(?:days?|d)\s*\d+(?:\s*[,&-]?\s*(?:and\s*)?d?\d+)*")
_WORDS_OR_DAYS = re.compile(rf"{_WORDS.pattern}|\d{{1,2}}\s*-\s*\d{{1,2}}(?:,?\s*of\s*\d{{2}})?")
"""Behind "days 1-5 and" other days of the round."""
_ANY = frozenset({"dose", "each"})
"""A whole container only of what holds one dose: of a syringe or a patch, not of a bottle."""
_PACKED = frozenset({"packet", "sachet", "vial", "syringe", "pen", "ampule", "cartridge", "patch", "dose", "each"})


@dataclass(frozen=True, slots=True)
class Exposure:
    """Amounts of one ingredient in `unit`.

    `single_low`/`single_high` are one dose, `low`/`high` the amount on a day of the heaviest step, `average` the
    daily mean at the top of the range (for weekly medicines), `arithmetic` the sum in words, `as_needed` whether every
    step is as needed, `is_range` whether the directions leave a choice.
    """

    ingredient: str
    unit: str
    single_low: Fraction
    single_high: Fraction
    low: Fraction
    high: Fraction
    average: Fraction
    arithmetic: str
    as_needed: bool


@dataclass(frozen=True, slots=True)
class SingleDose:
    """The smallest and the largest amount of one ingredient at one time, in `unit`, with the sum in words."""

    unit: str
    low: Fraction
    high: Fraction
    arithmetic: str


def unit_meant(product: Product, unit: str | None) -> str | None:
    """What a dose counts: "1 twice daily" of a solution for a nebulizer, of an enema, or of a syringe that holds one
    dose is a whole one."""
    is_one_dose = product.form.name in _ONE_DOSE and product.unit_of_use is not None
    return "vial" if unit is None and (is_one_dose or product.form.name in _USED_WHOLE) else unit


def per_dose_unit(strength: Strength, product: Product, dose_unit: str | None) -> Fraction | None:
    """How much of the ingredient (in the strength's unit) one dose unit holds; None when it cannot be told."""
    per = strength.per
    unit = unit_meant(product, dose_unit) or product.form.unit
    if unit == "unit" and all(s.amount.unit == "unit" for s in product.strengths):
        return _share(strength, product.strengths)
    if _is_dosed_whole(product.strengths) and UNITS[unit].dimension == strength.amount.dimension:
        return _share(strength, product.strengths) * Fraction(Amount(Decimal(1), unit).to(strength.amount.unit).value)
    of_cream = unit == per.unit == "g"
    if UNITS[unit].dimension == strength.amount.dimension and _is_single(product.strengths) and not of_cream:
        return Fraction(Amount(strength.amount.value * 0 + 1, unit).to(strength.amount.unit).value)
    if any(unit in family and per.unit in family for family in (PIECES, _SPRAYED, _PACKED)):
        return Fraction(strength.amount.value) / Fraction(per.value)
    try:
        return Fraction(strength.amount.value) * (Amount(per.value * 0 + 1, unit) / per)
    except UnitMismatch:
        pass
    is_whole = unit not in _ANY or product.form.is_filled or product.form.unit == "patch"
    if unit in _PACKED and is_whole and product.unit_of_use and product.unit_of_use.dimension == per.dimension:
        return Fraction(strength.amount.value) * (product.unit_of_use / per)
    return None


def whole_strength(strengths: Sequence[Strength], dose_unit: str) -> Amount | None:
    """What a dose in that unit counts of one piece or millilitre: the only ingredient, or all of a mixture that is
    counted as a whole (premixed insulin, piperacillin and tazobactam); None where it is unclear which is meant."""
    is_mixed = dose_unit == "unit" and all(s.amount.unit == "unit" and s.per == strengths[0].per for s in strengths)
    if len(strengths) > 1 and not (is_mixed or _is_dosed_whole(strengths)):
        return None
    first, *others = (s.amount for s in strengths)
    return Amount(sum((a.to(first.unit).value for a in others), first.value), first.unit)


def _is_dosed_whole(strengths: Sequence[Strength]) -> bool:
    """Whether a dose in grams counts all of a mixture: 4.5 g of piperacillin and tazobactam is 4 g and 0.5 g."""
    return len(strengths) > 1 and any(s.ingredient in DOSED_WHOLE for s in strengths)


def _is_single(strengths: Sequence[Strength]) -> bool:
    """Whether a dose in milligrams can mean one ingredient only."""
    return len([s for s in strengths if s.ingredient not in NOT_COUNTED]) == 1


def _share(strength: Strength, strengths: Sequence[Strength]) -> Fraction:
    """The part that one ingredient has in a unit of a mixture counted as a whole: of premixed insulin."""
    return Fraction(strength.amount.value) / sum(Fraction(s.amount.value) for s in strengths)


def why_not_known(order: Order, where: str = "") -> str:
    """Why an unknown medicine cannot be checked, with what it may mean where there are several; `where` it stands."""
    medicine = order.medicine
    said = f"{medicine.text!r}{where} was not recognised"
    names = [c for c in medicine.candidates if not c.isdigit()]
    if medicine.certainty is Certainty.AMBIGUOUS and 1 < len(names) <= _MOST_NAMED:
        return f"{said}: it may mean {' or '.join(names)}"
    return said


def why_unknown(order: Order) -> str | None:
    """Why the daily amount of an order cannot be worked out, in words; None when it can."""
    if not order.medicine.is_known:
        return why_not_known(order)
    if not order.sig.text.strip() and not order.sig.steps:
        return "the directions are missing"
    if not order.sig.is_read:
        return order.sig.why_not_certain
    if all(s.as_directed for s in order.sig.steps):
        return "the directions only say to use as directed"
    if daily_use(order.sig) is None:
        return f"the amount a day cannot be worked out: {why_no_daily_use(order.sig)}"
    medicine = order.medicine
    if medicine.product is None and not medicine.strengths and not _is_its_own_amount(order.sig, medicine):
        return "the strength is not known"
    return None


def daily_exposure(order: Order, ingredient: str) -> Exposure | None:
    """The exposure to one ingredient; None when it cannot be worked out (see `why_unknown`)."""
    return _exposure(order.sig, order.medicine, ingredient)


def exposure_of_one(order: Order, ingredient: str) -> Exposure | None:
    """The exposure, with one piece at a time where a list says only how often: "aspirin 81 mg, daily". No dose is
    judged by it."""
    steps = order.sig.steps
    if any(s.dose for s in steps) or not all(s.timing.frequency or s.timing.interval or s.timing.events for s in steps):
        return daily_exposure(order, ingredient)
    one = tuple(replace(s, dose=Dose(Decimal(1), Decimal(1), None)) for s in steps)
    return _exposure(replace(order.sig, steps=one), order.medicine, ingredient)


def single_dose(order: Order, ingredient: str) -> SingleDose | None:
    """The amount at one time, also where the directions do not say how often; None when it cannot be worked out.

    Words that nobody understood ("on call to the OR") leave an amount what it is; a number among them may not.
    """
    use = single_use(order.sig) if order.sig.is_read or _is_amount_sure(order.sig) else None
    held = _held(order.sig, order.medicine, ingredient, use.unit) if use else None
    if use is None or held is None:
        return None
    per_unit, unit = held
    arithmetic = f"{ingredient} {_each(per_unit, unit, use.unit)}{use.words}"
    return SingleDose(unit, use.low * per_unit, use.high * per_unit, arithmetic)


def _is_amount_sure(sig: Sig) -> bool:
    plain = _WORDS if not any(s.days for s in sig.steps) else _WORDS_OR_DAYS
    return not sig.doubts and all(plain.fullmatch(sig.text[start:end]) for start, end in sig.unread)


def supplied_a_day(order: Order, ingredient: str) -> tuple[Fraction, str]:
    """What the quantity gives a day over the days' supply, where the directions do not say; no unit when unknown."""
    strength = _strength(order.medicine, ingredient)
    if strength is None or order.quantity is None or not order.days_supply:
        return Fraction(0), ""
    per_unit = _per_unit(order.medicine, strength, order.quantity.unit)
    if per_unit is None:
        return Fraction(0), ""
    return Fraction(order.quantity.value) * per_unit / order.days_supply, strength.amount.unit


def held_in(order: Order, ingredient: str, unit: str | None) -> Amount | None:
    """How much of an ingredient one `unit` of the directions holds; None when it cannot be told."""
    strength = _strength(order.medicine, ingredient)
    held = strength and _per_unit(order.medicine, strength, unit)
    return Amount(Decimal(held.numerator) / held.denominator, strength.amount.unit) if strength and held else None


def held_as_said(order: Order, ingredient: str, unit: str | None) -> Amount | None:
    """As `held_in`, and where the directions count in amounts of the ingredient itself, with no product, such a one."""
    held = _held(order.sig, order.medicine, ingredient, unit)
    return Amount(Decimal(held[0].numerator) / held[0].denominator, held[1]) if held else None


def _held(sig: Sig, medicine: Medicine, ingredient: str, unit: str | None) -> tuple[Fraction, str] | None:
    """What one `unit` of the directions holds of the ingredient, and in which unit; None when it cannot be told."""
    if unit in _OF_ITSELF and len(medicine.ingredients) > 1 and _is_its_part(sig.text, ingredient):
        return Fraction(1), unit
    if unit and _is_its_own_amount(sig, medicine) and not medicine.strengths and medicine.product is None:
        return Fraction(1), unit
    strength = _strength(medicine, ingredient)
    per_unit = _per_unit(medicine, strength, unit) if strength else None
    if per_unit is None and unit in _OF_SALTS and _is_its_own_amount(sig, medicine):
        return Fraction(1), unit
    return (per_unit, strength.amount.unit) if strength and per_unit is not None else None


def _is_its_part(text: str, ingredient: str) -> bool:
    """Whether the directions count in one ingredient of several: "350 mg TMP", "5 mg/kg (trimethoprim component)"."""
    named = "|".join(map(re.escape, (ingredient, *_SHORTLY.get(ingredient, ()))))
    return bool(re.search(rf"{_COUNTS}(?:{named})\b|\b(?:{named}) (?:component|portion)\b", text, re.IGNORECASE))


def _is_its_own_amount(sig: Sig, medicine: Medicine) -> bool:
    """Whether the directions give the one ingredient itself ("700 mg IV"), so that no strength is needed.

    A gram may be one of cream: it is one of the ingredient only where it goes into the body.
    """
    doses = [(s.dose.unit, s.route) for s in sig.steps if s.dose]
    counted = [i for i in medicine.ingredients if i.name not in NOT_COUNTED]
    if len(counted) != 1 or not doses or (medicine.form and medicine.form.unit == "g"):
        return False
    return all(u in _OF_ITSELF or (u == "g" and route in _INTO) for u, route in doses)


def _each(per_unit: Fraction, unit: str, of: str | None) -> str:
    """What one holds, with the sign of the product; nothing where the directions give the ingredient itself, in
    whichever unit of its kind."""
    is_itself = of is not None and UNITS[of].dimension == UNITS[unit].dimension and unit not in PIECES
    return "" if is_itself else f"{format_number(per_unit)} {unit} x "


def _strength(medicine: Medicine, ingredient: str) -> Strength | None:
    return next((s for s in medicine.strengths if s.ingredient == ingredient), None)


def _per_unit(medicine: Medicine, strength: Strength, unit: str | None) -> Fraction | None:
    if medicine.product is not None:
        return per_dose_unit(strength, medicine.product, unit)
    single = _is_single(medicine.strengths)
    if unit == "unit" and all(s.amount.unit == "unit" for s in medicine.strengths):
        return _share(strength, medicine.strengths)
    of_cream = unit == strength.per.unit == "g"
    if unit and single and UNITS[unit].dimension == strength.amount.dimension and not of_cream:
        return Fraction(Amount(strength.amount.value * 0 + 1, unit).to(strength.amount.unit).value)
    counted = unit is None or unit in PIECES | _SPRAYED | _PACKED
    if strength.per.unit == "kit" and unit != "kit":
        return None  # What a dose of the pack holds, not one of its tablets.
    if counted and strength.per.dimension == strength.per.unit:
        return Fraction(strength.amount.value) / Fraction(strength.per.value)
    if unit and UNITS[unit].dimension == strength.per.dimension:
        return Fraction(strength.amount.value) * (Amount(strength.per.value * 0 + 1, unit) / strength.per)
    return None


@lru_cache(maxsize=1 << 14)
def _exposure(sig: Sig, medicine: Medicine, ingredient: str) -> Exposure | None:
    """Of the same medicine taken in the same way once for all who take it: many checks ask, for many patients."""
    use = daily_use(sig)
    if use is None or not sig.is_read:
        return None
    held = _held(sig, medicine, ingredient, use.unit)
    if held is None:
        return None
    (per_unit, unit), phases = held, phase_uses(sig)
    heaviest = use if isinstance(phases, str) else max(phases, key=lambda p: (p.peak, p.low))
    low, high, average, words = heaviest.low * per_unit, use.peak * per_unit, use.high * per_unit, use.words
    most = _stated_most(sig, medicine, unit)
    if most is not None and most < high:
        low, high, average = min(low, most), most, min(average, most)
        words += f", held to the stated {format_number(most)} {unit} a day"
    return Exposure(
        ingredient=ingredient,
        unit=unit,
        single_low=heaviest.single_low * per_unit,
        single_high=use.single_high * per_unit,
        low=low,
        high=high,
        average=average,
        arithmetic=f"{ingredient} {_each(per_unit, unit, use.unit)}{words}",
        as_needed=bool(sig.steps) and all(s.prn for s in sig.steps),
    )


def _stated_most(sig: Sig, medicine: Medicine, unit: str) -> Fraction | None:
    """The most in a day that the directions allow in so many milligrams, of what is taken as needed: "2 tablets every 8
    hours as needed, at most 2 g a day". Of two ingredients nobody knows which is meant."""
    if len(medicine.ingredients) != 1 or len(sig.steps) != 1 or not sig.steps[0].prn:
        return None
    found = [
        Fraction(Amount(m.value, m.unit).to(unit).value)
        for m in sig.steps[0].maxima
        if m.unit and UNITS[m.unit].dimension == UNITS[unit].dimension and (m.period, m.period_unit) in _A_DAY
    ]
    return min(found, default=None)
