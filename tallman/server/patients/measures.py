"""The measurements a pharmacy records, by LOINC code, with the units they are written in."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ANSWERS", "MEASURES", "Measure", "name_of"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measurement. `units` are those offered, the usual one first; without units the answer is a word."""

    loinc: str
    name: str
    units: tuple[str, ...] = ()


MEASURES = {
    m.loinc: m
    for m in (
        Measure("29463-7", "Weight", ("kg", "lb", "g")),
        Measure("8302-2", "Height", ("cm", "in")),
        Measure("2160-0", "Creatinine", ("mg/dL", "umol/L")),
        Measure("2823-3", "Potassium", ("mmol/L", "mEq/L")),
        Measure("6301-6", "INR", ("{INR}",)),
        Measure("4548-4", "Hemoglobin A1c", ("%",)),
        Measure("1742-6", "ALT", ("U/L",)),
        Measure("3016-3", "TSH", ("m[IU]/L",)),
        Measure("2345-7", "Glucose", ("mg/dL", "mmol/L")),
        Measure("8480-6", "Systolic blood pressure", ("mm[Hg]",)),
        Measure("8462-4", "Diastolic blood pressure", ("mm[Hg]",)),
        Measure("82810-3", "Pregnancy"),
        Measure("63895-7", "Breastfeeding"),
    )
}
"""Codes and names as LOINC has them, names shortened to what a technician says."""

ANSWERS = {
    "82810-3": ("Pregnant", "Not pregnant", "Possible"),
    "63895-7": ("Breastfeeding", "Not breastfeeding"),
}


def name_of(loinc: str) -> str:
    """The measurement in words, else its code."""
    return MEASURES[loinc].name if loinc in MEASURES else f"LOINC {loinc}"
