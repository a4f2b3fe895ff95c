"""How well one written strength fits one ingredient of a product."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tallman.core.drug import Product, Strength
from tallman.core.identify.strengths import ONES, Written, convert
from tallman.core.identify.unit_words import GRAIN

__all__ = ["EQUAL", "LABEL", "LOOSE", "NONE", "fit_one"]

LABEL, EQUAL, LOOSE, NONE = 3, 2, 1, 0
"""The label's own words, the same by arithmetic, only rounded or only in part, not at all."""
# Vitamin D is labelled in micrograms, in units or in both.
_UNITS_A_MCG = {"cholecalciferol": 40, "ergocalciferol": 40}
# Solutions of salts are called by their percentage too: 10 % potassium chloride are 20 mEq in 15 mL.
_MG_A_MEQ = {"potassium chloride": Decimal("74.55"), "sodium chloride": Decimal("58.44"),
             "sodium bicarbonate": Decimal("84.01")}  # fmt: skip
_ONE_DOSE = ("prefilled syringe", "auto-injector")
_INTERNAL = frozenset({"oral", "intravenous", "intramuscular", "subcutaneous"})


def fit_one(strength: Strength, written: Written, product: Product) -> int:
    """How well one written strength fits one ingredient of a product."""
    if written.unit == "%":
        return _percent(strength, written.value)
    if written.unit == GRAIN:
        mg = convert(strength.amount.value, strength.amount.unit, "mg")
        return EQUAL if mg is not None and 60 * written.value <= mg <= 65 * written.value else NONE
    if written.unit is None and written.per_unit is None:
        return _bare(strength, written.value, product)
    top = convert(written.value, written.unit or strength.amount.unit, strength.amount.unit)
    if top is None and strength.amount.unit == "unit" and strength.ingredient in _UNITS_A_MCG:
        micrograms = convert(written.value, written.unit or "", "mcg")
        top = micrograms * _UNITS_A_MCG[strength.ingredient] if micrograms else None
    if top is None:
        return NONE
    if written.per_unit is None:
        return _whole(strength, top, product)
    bottom = convert(written.per, written.per_unit, strength.per.unit)
    if not bottom:
        return _per_piece(strength, top, written)
    if written.per != 1 and top != strength.amount.value and not _is_a_size(bottom, strength, product):
        return NONE  # "10 mg/0.2 mL" is no syringe of 40 mg/0.8 mL, "50 mg/0.5 mL" none of 100 mg/mL.
    return _density(strength, top, bottom, written)


def _is_a_size(volume: Fraction, strength: Strength, product: Product) -> bool:
    """Whether what is filled for one use holds so much; a syringe of which no size is on record what its label says."""
    sizes = product.sizes or ((strength.per,) if product.form.name in _ONE_DOSE else ())
    own = {Fraction(s.value) for s in sizes if s.unit == strength.per.unit}
    return not (product.form.is_filled and own) or volume in own


def _whole(strength: Strength, top: Fraction, product: Product) -> int:
    """An amount without "per": of one piece, or of the volume the label names."""
    if top == strength.amount.value:
        per = strength.per
        return EQUAL if per.value == 1 and per.unit in ("mL", "g") else LABEL
    if len(product.strengths) > 1:
        return NONE
    sizes = [s for s in product.sizes if s.dimension == strength.per.dimension]
    held = {Fraction(strength.amount.value) * (size / strength.per) for size in sizes}
    return LOOSE if top in held else NONE


def _per_piece(strength: Strength, top: Fraction, written: Written) -> int:
    """ "90 mcg/act" beside a product counted otherwise, "120 mg/24 hr" of an extended release."""
    if strength.per.dimension != strength.per.unit or top != strength.amount.value:
        return NONE
    a_day = written.per_unit == "h" and written.per in (12, 24)
    return EQUAL if a_day or (written.per_unit in ONES and written.per == 1) else NONE


def _density(strength: Strength, top: Fraction, bottom: Fraction, written: Written) -> int:
    have, said = Fraction(strength.amount.value) / Fraction(strength.per.value), top / bottom
    if not said:
        return NONE
    if have == said:
        return LABEL if top == strength.amount.value else EQUAL
    if strength.per.value != 1 and abs(have - said) * 100 <= have:
        return LOOSE  # 200 mg in 1.14 mL are told as 175 mg/mL, 4 mg in 3 mL as 1.34 mg/mL.
    return LOOSE if is_rounded(have * Fraction(written.value) / said, written.value) else NONE


def is_rounded(exact: Fraction, shown: Decimal) -> bool:
    """Whether a number with at least two significant digits is an exact one rounded, which has more than three itself:
    1.25 % is written so, and is not 1.3 %."""
    if _is_short(exact):
        return exact == Fraction(shown)
    digits = shown.as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    if len(shown.normalize().as_tuple().digits) < 2 or exponent >= 0:
        return False
    return abs(exact - Fraction(shown)) * 2 <= Fraction(10) ** exponent


def _is_short(exact: Fraction) -> bool:
    return any((exact * 10**n).denominator == 1 and abs(exact) * 10**n < 1000 for n in range(7))


def _percent(strength: Strength, value: Decimal) -> int:
    if strength.amount.unit == "%":
        return LABEL if strength.amount.value == value else NONE
    mg = convert(strength.amount.value, strength.amount.unit, "mg")
    if strength.amount.unit == "mEq" and strength.ingredient in _MG_A_MEQ and strength.per.unit == "mL":
        mg = Fraction(strength.amount.value) * Fraction(_MG_A_MEQ[strength.ingredient])
        labelled = Fraction(value) * 10 * Fraction(strength.per.value)
        return LOOSE if abs(mg - labelled) * 100 <= labelled else NONE
    if mg is None or strength.per.unit not in ("mL", "g"):
        return NONE
    exact = mg / Fraction(strength.per.value) / 10
    return LABEL if exact == value else LOOSE if is_rounded(exact, value) else NONE


def _bare(strength: Strength, value: Decimal, product: Product) -> int:
    """A number without a unit, read in the units the medicine is written in."""
    amount, per = strength.amount, strength.per
    on_skin = per.unit == "g" or (per.unit == "mL" and per.value == 1 and amount.dimension == "mass")
    on_skin = on_skin and _INTERNAL.isdisjoint(product.form.routes)
    if amount.value == value and (per.unit != "g" or per.value != 1 or amount.dimension == "unit"):
        return LABEL if not (per.unit == "mL" and per.value == 1) else EQUAL
    if on_skin and (grade := _percent(strength, value)):
        return min(grade, EQUAL)
    if amount.unit == "mcg" and value * 1000 == amount.value:
        return EQUAL
    if amount.unit == "mg" and amount.value < 1 and value == amount.value * 1000:
        return EQUAL
    if amount.unit == "unit" and per.dimension == per.unit and value > 2 and amount.value == value * 1000:
        return LOOSE  # "Creon 24"
    return EQUAL if amount.unit == "g" and value == amount.value * 1000 else NONE
