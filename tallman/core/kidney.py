"""How well the kidneys work: creatinine clearance after Cockcroft and Gault, and eGFR after CKD-EPI 2021."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from tallman.core.lab import Lab, Result, latest_result, why_not_usable
from tallman.core.patient import Patient, age_in_years
from tallman.core.quantity import format_number

__all__ = ["KidneyFunction", "creatinine_clearance", "egfr", "ideal_weight", "weight_for_dosing"]

ADULT = 18
_INCH = Decimal("2.54")
_OBESE = Fraction(12, 10)


@dataclass(frozen=True, slots=True)
class KidneyFunction:
    """`value` in `unit`, with the sum in words; None where it cannot be worked out, and `why_not` says why."""

    value: Fraction | None
    unit: str
    arithmetic: str = ""
    why_not: str = ""
    on: date | None = None


def ideal_weight(height_cm: Decimal, sex: str) -> Fraction:
    """Devine's ideal body weight in kg: 50 (male) or 45.5 (female) + 2.3 for each inch over 60.

    Source: Devine BJ, Gentamicin therapy, Drug Intell Clin Pharm 1974;8:650-655.
    """
    over = max(Fraction(height_cm) / Fraction(_INCH) - 60, Fraction(0))
    return Fraction("50" if sex == "male" else "45.5") + Fraction("2.3") * over


def weight_for_dosing(patient: Patient) -> tuple[Fraction, str] | None:
    """The weight that Cockcroft-Gault uses, in kg, with its name; None where no weight is on record.

    Actual when below ideal or when the height is unknown, ideal up to 1.2 times ideal, above that ideal and 0.4 of the
    excess. Source: Winter MA et al., Pharmacotherapy 2012;32:604-612.
    """
    if patient.weight is None:
        return None
    actual = Fraction(patient.weight.to("kg").value)
    if patient.height is None or patient.sex not in ("male", "female"):
        return actual, "actual weight, the height is not on record"
    ideal = ideal_weight(patient.height.to("cm").value, patient.sex)
    if actual <= ideal:
        return actual, "actual weight"
    if actual <= ideal * _OBESE:
        return ideal, "ideal weight"
    return ideal + Fraction("0.4") * (actual - ideal), "adjusted weight"


def creatinine_clearance(patient: Patient, labs: Mapping[str, Lab], today: date) -> KidneyFunction:
    """(140 - age) x weight / (72 x creatinine), x 0.85 for women, in mL/min.

    Source: Cockcroft DW, Gault MH, Nephron 1976;16:31-41.
    """
    unit = "mL/min"
    creatinine, why_not = _creatinine(patient, labs, today)
    if why_not or creatinine is None or patient.birth_date is None:
        return _measured(patient, labs, today, "crcl", unit) or KidneyFunction(None, unit, why_not=why_not)
    weight = weight_for_dosing(patient)
    if weight is None:
        reason = "the weight is not on record, and creatinine clearance is worked out with it"
        return _measured(patient, labs, today, "crcl", unit) or KidneyFunction(None, unit, why_not=reason)
    age, (kilograms, which) = age_in_years(patient.birth_date, today), weight
    value = (140 - age) * kilograms / (72 * creatinine.value)
    factor = ""
    if patient.sex == "female":
        value, factor = value * Fraction("0.85"), " x 0.85"
    arithmetic = (
        f"creatinine clearance (140 - {age}) x {_one(kilograms)} kg ({which}) / "
        f"(72 x {format_number(creatinine.value)} mg/dL){factor} = {_one(value)} mL/min; {creatinine}"
    )
    return KidneyFunction(value, unit, arithmetic, on=creatinine.on)


def egfr(patient: Patient, labs: Mapping[str, Lab], today: date) -> KidneyFunction:
    """142 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.200 x 0.9938^age (x 1.012 for women), in mL/min/1.73 m2.

    Source: Inker LA et al., New creatinine- and cystatin C-based equations, N Engl J Med 2021;385:1737-1749.
    """
    unit = "mL/min/1.73 m2"
    reported = _measured(patient, labs, today, "egfr", unit)
    creatinine, why_not = _creatinine(patient, labs, today)
    if why_not or creatinine is None or patient.birth_date is None:
        return reported or KidneyFunction(None, unit, why_not=why_not)
    if reported and reported.on and (creatinine.on is None or reported.on > creatinine.on):
        return reported
    age, is_woman = age_in_years(patient.birth_date, today), patient.sex == "female"
    value = _ckd_epi(creatinine.value, age, is_woman=is_woman)
    arithmetic = f"eGFR (CKD-EPI 2021, {patient.sex}, {age} years) = {_one(value)} {unit}; {creatinine}"
    return KidneyFunction(value, unit, arithmetic, on=creatinine.on)


@lru_cache(maxsize=1 << 10)
def _ckd_epi(creatinine: Fraction, age: int, *, is_woman: bool) -> Fraction:
    with localcontext() as context:
        context.prec = 20
        scr = Decimal(creatinine.numerator) / Decimal(creatinine.denominator)
        ratio = scr / Decimal("0.7" if is_woman else "0.9")
        low = min(ratio, Decimal(1)) ** Decimal("-0.241" if is_woman else "-0.302")
        value = 142 * low * max(ratio, Decimal(1)) ** Decimal("-1.200") * Decimal("0.9938") ** age
        return Fraction(value * (Decimal("1.012") if is_woman else 1))


def _creatinine(patient: Patient, labs: Mapping[str, Lab], today: date) -> tuple[Result | None, str]:
    result = latest_result(patient, labs["creatinine"], today) if "creatinine" in labs else None
    if result is None or result.value <= 0:
        unusable = why_not_usable(patient, labs["creatinine"], today) if "creatinine" in labs else ""
        return None, unusable or "no creatinine is on record"
    if patient.birth_date is None:
        return None, "the birth date is not on record"
    if age_in_years(patient.birth_date, today) < ADULT:
        return None, "these equations are for adults"
    if patient.sex not in ("male", "female"):
        return None, "the sex is not on record, and the equation asks for it"
    return result, ""


def _measured(patient: Patient, labs: Mapping[str, Lab], today: date, lab: str, unit: str) -> KidneyFunction | None:
    result = latest_result(patient, labs[lab], today) if lab in labs else None
    return KidneyFunction(result.value, unit, f"as reported: {result}", on=result.on) if result else None


def _one(value: Fraction) -> str:
    return format_number(Decimal(round(value * 10)) / 10)
