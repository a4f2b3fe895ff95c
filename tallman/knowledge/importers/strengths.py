"""RxNorm's strengths as ours: "80 MG/ML" of a suspension, "0.09 MG/ACTUAT" of an inhaler, "0.0042 MG/HR" of a patch."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from tallman.core.drug import DoseForm, Strength
from tallman.core.quantity import UNITS, Amount

__all__ = ["is_dry", "quantity", "strength"]

_TEXT = re.compile(r"([\d.]+) ([^/]+)(?:/(\S+))?$")
_UNITS = {
    "MG": "mg", "UNT": "unit", "MEQ": "mEq", "ML": "mL", "%": "%", "SQCM": "cm2", "MCI": "mCi", "CELLS": "cell",
    "VECTOR-GENOMES": "vector genome", "VIRAL-PARTICLES": "viral particle", "AMB A 1-U": "Amb a 1 unit",
    "IR": "IR", "BAU": "BAU", "AU": "AU", "SQ-HDM": "SQ-HDM", "EIN": "EIN",
}  # fmt: skip
_PER = {"ML": "mL", "MG": "g", "HR": "h", "SQCM": "cm2", "UNT": "unit"}
_QUANTITIES = {"ML": "mL", "HR": "h", "DAY": "d", "MG": "mg", "UNT": "unit"}
_PACKED_DRY = {"mL": "each", "g": "each", "L": "each"}
_WORN = frozenset({"patch", "ring", "insert", "implant", "device"})
_ONE_DOSE = frozenset({"prefilled syringe", "auto-injector"})
_SMALL = Decimal("0.1")


def is_dry(text: str) -> bool:
    """Whether a strength is that of a whole piece: no volume, weight or time behind it."""
    return "/" not in text


def quantity(text: str, form: DoseForm) -> Amount | None:
    """The size of one container or, in hours, of one patch: "10 ML", "168 HR", "60 ACTUAT"; None when it has none."""
    number, _, code = text.partition(" ")
    if not code:
        return None
    counted = form.unit if form.unit in ("puff", "spray", "inhalation") else "actuation"
    unit = counted if code == "ACTUAT" else _QUANTITIES.get(code)
    if unit in ("h", "d") and form.unit not in _WORN:
        return None
    return Amount(Decimal(number), unit) if unit else None


def strength(
    ingredient: str, text: str, form: DoseForm, size: Amount | None, *, in_mcg: bool = False, per_ml: bool = False
) -> Strength:
    """A strength of RxNorm's in a product of that form and container size. Raises ValueError when it cannot be read.

    Forms that are filled to their strength get that of the whole container ("40 mg/0.4 mL") unless it is said `per_ml`,
    and not the units of insulin in a pen or a vial, which hold many doses. Patches get that of a day where RxNorm's
    number an hour is a rounded one. A millilitre of a cream is counted as a gram, as RxNorm does.
    """
    match = _TEXT.match(text)
    unit = _UNITS.get(match[2].upper()) if match else None
    if not match or unit is None or (match[3] and match[3] != "ACTUAT" and match[3] not in _PER):
        raise ValueError(f"the strength {text!r} cannot be read")
    value, per = Decimal(match[1]), Amount(Decimal(1), _per_unit(match[3], form))
    if match[3] == "MG":
        value *= 1000
    if per.unit == "h" and len(value.normalize().as_tuple().digits) > 2:
        value, per = _rounded(value * 24), Amount(Decimal(24), "h")
    if size and not per_ml and _is_of_whole(form, unit) and size.unit == per.unit == "mL" and size.value != 1:
        value, per = value * size.value, size
    if unit == "mg" and (in_mcg or value < _SMALL) and not (per.unit == "h" and per.value == 24):
        value, unit = value * 1000, "mcg"
    return Strength(ingredient, Amount(_plain(value), unit), per)


def _is_of_whole(form: DoseForm, unit: str) -> bool:
    return form.name in _ONE_DOSE or (form.is_filled and unit != "unit")


def _per_unit(code: str | None, form: DoseForm) -> str:
    if code is None:
        return _PACKED_DRY.get(form.unit, form.unit)
    if code == "ACTUAT":
        return form.unit if UNITS[form.unit].dimension == form.unit else "actuation"
    return "g" if code == "ML" and form.unit == "g" else _PER[code]


def _rounded(value: Decimal) -> Decimal:
    """To three digits, which is what RxNorm's numbers an hour have."""
    with localcontext() as context:
        context.prec = 3
        return +value


def _plain(value: Decimal) -> Decimal:
    value = value.normalize()
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]
