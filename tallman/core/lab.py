"""Laboratory results and measurements: which codes say the same thing, and what the latest one was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.patient import Observation, Patient
from tallman.core.quantity import format_number

__all__ = ["Answer", "Lab", "Result", "latest_answer", "latest_result", "why_not_usable"]

_NO = re.compile(r"\b(?:not?|neg(?:ative)?|non|absent|undetected|without)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lab:
    """One thing that is measured (potassium): its LOINC codes, the unit rules speak in, and factors from other units.

    `units` are (unit as written, factor to `unit`) pairs; capitals, spaces and the kind of µ make no difference. A
    factor is exact: "1/88.42".
    """

    id: str
    name: str
    unit: str
    loinc: tuple[str, ...]
    units: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result in the unit of its lab, the day it was taken (None: not recorded), and how the record writes it."""

    lab: Lab
    value: Fraction
    on: date | None

    def __str__(self) -> str:
        day = f" on {self.on.isoformat()}" if self.on else ", day not recorded"
        unit = f" {self.lab.unit}" if self.lab.unit else ""
        return f"{self.lab.name} {format_number(self.value)}{unit}{day}"

    def age_in_days(self, today: date) -> int | None:
        """Whole days since it was taken; None when the day is not recorded."""
        return (today - self.on).days if self.on else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A result that is told in words: an allele ("Positive"), a phenotype ("Poor metabolizer")."""

    lab: Lab
    text: str
    on: date | None

    def __str__(self) -> str:
        day = f" on {self.on.isoformat()}" if self.on else ", day not recorded"
        return f"{self.lab.name}: {self.text}{day}"

    def says(self, words: tuple[str, ...]) -> bool:
        """Whether one of these words is what it says, undenied ("Not detected" is no "detected")."""
        said = any(re.search(rf"\b{re.escape(word)}\b", self.text, re.IGNORECASE) for word in words)
        return said and not _NO.search(self.text)


def latest_answer(patient: Patient, lab: Lab, today: date) -> Answer | None:
    """The most recent answer in words, not given after today; None without one."""
    found = [o for o in patient.observations if o.loinc in lab.loinc and o.text and (o.on is None or o.on <= today)]
    newest = max(found, key=lambda o: o.on or date.min, default=None)
    return Answer(lab, newest.text, newest.on) if newest and newest.text else None


def latest_result(patient: Patient, lab: Lab, today: date) -> Result | None:
    """The most recent result in a unit that is known, not taken after today; None without one.

    A number without a unit is taken for the usual unit only where the lab has none (INR).
    """
    of_lab = [o for o in patient.observations if o.loinc in lab.loinc]
    if not of_lab:
        return None
    found = [(o, value) for o in of_lab if (value := _in_unit(o, lab)) is not None]
    past = [(o, value) for o, value in found if o.on is None or o.on <= today]
    if not past:
        return None
    observation, value = max(past, key=lambda pair: pair[0].on or date.min)
    return Result(lab, value, observation.on)


def why_not_usable(patient: Patient, lab: Lab, today: date) -> str:
    """Why the newest result on record cannot be compared; empty where it can be, or where there is none."""
    past = [o for o in patient.observations if o.loinc in lab.loinc and (o.on is None or o.on <= today)]
    newest = max(past, key=lambda o: o.on or date.min, default=None)
    if newest is None or _in_unit(newest, lab) is not None:
        return ""
    if newest.value is None:
        fault = "no number that can be read"
    else:
        fault = f"its unit '{newest.unit}' is not known here" if newest.unit else "it has no unit"
    return f"the {lab.name} on record cannot be used: {fault}"


def _in_unit(observation: Observation, lab: Lab) -> Fraction | None:
    if observation.value is None:
        return None
    factor = _factors(lab).get(_bare(observation.unit or ""))
    if factor is None:
        return None
    top, _, bottom = factor.partition("/")
    return Fraction(observation.value) * Fraction(top) / Fraction(Decimal(bottom or 1))


@lru_cache(maxsize=256)
def _factors(lab: Lab) -> dict[str, str]:
    return {_bare(unit): factor for unit, factor in lab.units} | {_bare(lab.unit): "1"}


_ALIKE = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "×": "x", "^": "*", " ": None})


@lru_cache(maxsize=1 << 10)
def _bare(unit: str) -> str:
    """A unit as it is looked up: "×10³/µL" and "x10*3/uL" are one."""
    return unit.lower().translate(_ALIKE).replace("mcl", "ul").replace("mcmol", "umol").replace("mcg", "ug")
