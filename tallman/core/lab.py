"""Laboratory results and measurements: which codes say the same thing, and what the latest one was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tallman.core.patient import Observation, Patient
from tallman.core.quantity import format_number

__all__ = [
    "Answer", "Correction", "Lab", "Meaning", "Result", "judged_result", "latest_answer", "latest_result", "results_of",
    "why_not_usable",
]  # fmt: skip

_NO = re.compile(r"\b(?:not?|neg(?:ative)?|non|absent|undetected|without)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a result above or below a bound, neither included, is by itself for so many days: an ICD-10-CM code."""

    code: str
    within_days: int
    above: Decimal | None = None
    below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """How a result is corrected by that of another lab of about the same day: what that lacks of `normal` (in its own
    unit) counts `each` in the unit of the result. Calcium that albumin carries: Payne RB et al., BMJ 1973;4:643-646."""

    lab: str
    normal: Decimal
    each: Decimal
    within_days: int


@dataclass(frozen=True, slots=True)
class Lab:
    """One thing that is measured (potassium): its LOINC codes, the unit rules speak in, and factors from other units.

    `units` are (unit as written, factor to `unit`) pairs; capitals, spaces and the kind of µ make no difference. A
    factor is exact: "1/88.42". `told_as` is what a result far enough from normal means. `normal_most` is the upper
    limit of normal that rules take for granted; a laboratory that sends its own is compared by that. `corrected` says
    by what a result is corrected before it is judged. `possible` are the least and the most that a living person has:
    beyond, another unit is meant, or another person.
    """

    id: str
    name: str
    unit: str
    loinc: tuple[str, ...]
    units: tuple[tuple[str, str], ...] = ()
    told_as: tuple[Meaning, ...] = ()
    normal_most: Decimal | None = None
    corrected: Correction | None = None
    possible: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A result in the unit of its lab, and the day it was taken (None: not recorded). `normal_most` is the upper limit
    of normal that the laboratory has sent with it; `corrected` the value by the result `beside` it."""

    lab: Lab
    value: Fraction
    on: date | None
    normal_most: Fraction | None = None
    corrected: Fraction | None = None
    beside: str = ""

    def __str__(self) -> str:
        day = f" on {self.on.isoformat()}" if self.on else ", day not recorded"
        normal = f" (normal up to {format_number(self.normal_most)})" if self.normal_most else ""
        return f"{self.words}{normal}{day}"

    @property
    def words(self) -> str:
        """The value as a summary says it."""
        said = f"{self.lab.name} {format_number(self.value)} {self.lab.unit}".rstrip()
        return said if self.corrected is None else f"{said}, {format_number(self.corrected)} with {self.beside}"

    @property
    def compared(self) -> Fraction:
        """What rules compare: the value as it is corrected, or would be where normal ends at the limit that they take
        for granted."""
        if self.corrected is not None:
            return self.corrected
        if self.lab.normal_most is None or not self.normal_most:
            return self.value
        return self.value * Fraction(self.lab.normal_most) / self.normal_most

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
    results = results_of(patient, lab, today) if patient.observations else []
    return max(results, key=lambda r: r.on or date.min) if results else None


def judged_result(patient: Patient, lab: Lab, labs: Mapping[str, Lab], today: date) -> Result | None:
    """The most recent result as rules judge it: corrected where its lab says by what, and that is known and is low."""
    result = latest_result(patient, lab, today)
    by = lab.corrected
    other = latest_result(patient, labs[by.lab], today) if result and by and by.lab in labs else None
    if not (result and by and other and result.on and other.on) or other.value >= Fraction(by.normal):
        return result
    if abs((result.on - other.on).days) > by.within_days:
        return result
    value = result.value + Fraction(by.each) * (Fraction(by.normal) - other.value)
    return replace(result, corrected=Fraction(round(value, 1)), beside=other.words)


def results_of(patient: Patient, lab: Lab, today: date) -> list[Result]:
    """All results in a unit that is known, not taken after today, as they were sent."""
    return [
        Result(lab, value, o.on, _limit(o, lab))
        for o in patient.observations
        if o.loinc in lab.loinc and (o.on is None or o.on <= today) and (value := _in_unit(o, lab)) is not None
    ]


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


_LIKELY = (Fraction(1, 2), Fraction(2))


def _limit(observation: Observation, lab: Lab) -> Fraction | None:
    """The laboratory's own upper limit of normal, where the lab has one that it may differ from, and it is likely."""
    if lab.normal_most is None or observation.normal_most is None:
        return None
    limit = _in_unit(replace(observation, value=observation.normal_most), lab)
    least, most = (Fraction(lab.normal_most) * share for share in _LIKELY)
    return limit if limit is not None and least <= limit <= most else None


@lru_cache(maxsize=256)
def _factors(lab: Lab) -> dict[str, str]:
    return {_bare(unit): factor for unit, factor in lab.units} | {_bare(lab.unit): "1"}


_ALIKE = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "×": "x", "^": "*", " ": None})


@lru_cache(maxsize=1 << 10)
def _bare(unit: str) -> str:
    """A unit as it is looked up: "×10³/µL" and "x10*3/uL" are one."""
    return (
        unit.lower()
        .translate(_ALIKE)
        .replace("gm/", "g/")
        .replace("mcl", "ul")
        .replace("mcmol", "umol")
        .replace("mcg", "ug")
    )
