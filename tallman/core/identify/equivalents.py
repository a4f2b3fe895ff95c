"""Doses that are ordered as what another medicine would be: fosphenytoin in milligrams of phenytoin, a liquid of
ferrous sulfate in milligrams of its iron."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["as_labelled"]

_FOSPHENYTOIN = re.compile(r"fosphenyt|cerebyx|sesquient", re.IGNORECASE)
_PHENYTOIN = re.compile(r"(\d[\d,]*)(\s{0,3}mg|)(\s{0,3}PE\b)", re.IGNORECASE)
_MG_A_MG_PE = Decimal("1.5")
"""75 mg of fosphenytoin sodium hold as much as 50 mg of phenytoin sodium (Cerebyx, US prescribing information, 2)."""

_FERROUS_SULFATE = re.compile(r"ferrous\s*sul[fp]h?ate|\bfeso4\b|\bfer-?in-?sol\b", re.IGNORECASE)
_OF_IRON = re.compile(
    r"(?<![\d.(])(15(?=\D*[^\d\s]\s{0,2}ml\b)|44(?=\D*5\s{0,2}ml\b))(\s{0,2}mg)(\s+(?:of\s+)?(?:elemental(?:\s+(?:iron|fe))?|iron|fe)\b)?"
    r"(?=\s{0,2}(?:/|per)\s{0,2}(?:5\s{0,2})?ml\b)",
    re.IGNORECASE,
)
_SULFATE_IN_IRON = {"15": "75", "44": "220"}
"""Drops of 75 mg/mL hold 15 mg of iron, the elixir of 220 mg/5 mL holds 44 mg (Fer-In-Sol, label; DailyMed)."""


def as_labelled(text: str) -> str:
    """The text with what is counted as another in milligrams of itself, as products are recorded here.

    >>> as_labelled("fosphenytoin 500 mg PE iv")
    'fosphenytoin 750 mg    iv'
    >>> as_labelled("ferrous sulfate 15 mg/mL drops")
    'ferrous sulfate 75 mg/mL drops'
    """
    if _FERROUS_SULFATE.search(text) and not re.search(r"\b(?:75|220)\s{0,2}mg\b", text, re.IGNORECASE):
        text = _OF_IRON.sub(_in_sulfate, text)
    return _PHENYTOIN.sub(_in_milligrams, text) if _FOSPHENYTOIN.search(text) else text


def _in_sulfate(match: re.Match[str]) -> str:
    dose = _SULFATE_IN_IRON[match[1]]
    unit = match[2] if match[3] or len(dose) == len(match[1]) else match[2].lstrip()
    return f"{dose}{unit}".ljust(len(match[0]))


def _in_milligrams(match: re.Match[str]) -> str:
    dose = Decimal(match[1].replace(",", "")) * _MG_A_MG_PE
    return f"{dose.normalize():f}{match[2] or ' mg'}".ljust(len(match[0]))
