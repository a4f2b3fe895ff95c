"""The facts about one person that the rules need, as far as they are known. Unknown is None, never a default."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tallman.core.derived import Derived
from tallman.core.drug import Ingredient
from tallman.core.quantity import Amount

__all__ = [
    "HEIGHT",
    "LACTATION",
    "ON_THE_LIST",
    "PREGNANCY",
    "WEIGHT",
    "Allergy",
    "Condition",
    "Observation",
    "Patient",
    "age_in_months",
    "age_in_years",
    "dotted",
    "measured",
    "says_yes",
    "with_measurements",
    "without_late_birth",
]

WEIGHT, HEIGHT = (
    ("29463-7", "3141-9", "3142-7", "8335-2", "8350-1", "8351-9"),
    ("8302-2", "3137-7", "3138-5", "8308-9", "8306-3"),
)
PREGNANCY, LACTATION = ("82810-3", "11449-6"), ("63895-7",)
"""LOINC codes, the usual one first: measured (with clothes, without), stated and estimated alike, but not the weight at
birth."""

_IN_KG = {
    "kg": "1", "kgs": "1", "kilogram": "1", "kilograms": "1", "g": "0.001", "gm": "0.001", "gram": "0.001",
    "grams": "0.001", "lb": "0.45359237", "lbs": "0.45359237", "lb_av": "0.45359237", "pound": "0.45359237",
    "pounds": "0.45359237", "oz": "0.028349523125", "oz_av": "0.028349523125", "ounces": "0.028349523125",
}  # fmt: skip
_IN_CM = {
    "cm": "1", "centimeter": "1", "centimeters": "1", "m": "100", "meter": "100", "meters": "100", "mm": "0.1",
    "in": "2.54", "in_i": "2.54", "in_us": "2.54", "inch": "2.54", "inches": "2.54", "ft": "30.48",
    "ft_i": "30.48", "feet": "30.48",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allergy:
    """A recorded allergy or intolerance.

    `substance` is what the text names, without the reaction; the whole text where it could not be read.
    `ingredients` and `groups` are what it was read as (group ids as in the knowledge, such as "penicillin"); both
    empty means it could not be read, unless `ignorable` says that it is no medicine (food, pollen, latex).
    `reaction` is the text of the reaction, `kind` allergy or intolerance as recorded, `severity` mild, moderate or
    severe when recorded, `refuted` true when marked entered-in-error, refuted or inactive, or said to be. `tolerated`
    are names of ingredients, and groups as "group:cephalosporins", that the record says were taken without harm;
    `possible` the medicines that one which could not be read may mean.
    """

    substance: str
    ingredients: tuple[Ingredient, ...] = ()
    groups: tuple[str, ...] = ()
    ignorable: bool = False
    reaction: str = ""
    kind: str = "allergy"
    severity: str | None = None
    refuted: bool = False
    tolerated: tuple[str, ...] = ()
    possible: tuple[Ingredient, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the substance was recognised as something the checks can use."""
        return bool(self.ingredients or self.groups or self.ignorable)


ON_THE_LIST = "on the problem list"


def dotted(code: str) -> str:
    """An ICD-10-CM code as it is written: "F50.01"."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


@dataclass(frozen=True, slots=True)
class Condition:
    """A problem on the list: an ICD-10-CM code without its dot (None when only text) and its text.

    `snomed` is its SNOMED CT code where it came with one; `is_read` says that the code was not sent but read from the
    words or from that code; `where` is the place in the record, `also` what else it is called there.
    """

    code: str | None
    text: str = ""
    active: bool = True
    onset: date | None = None
    snomed: str = ""
    is_read: bool = False
    where: str = ON_THE_LIST
    also: tuple[str, ...] = ()

    @property
    def dotted(self) -> str:
        """The code as it is written: "F50.01"; empty where there is none."""
        return dotted(self.code or "")


@dataclass(frozen=True, slots=True)
class Observation:
    """A measurement: LOINC code, numeric value with its unit as received, or a coded or text answer. `normal_most` is
    the upper limit of normal that was sent with it, in the same unit."""

    loinc: str
    on: date | None
    value: Decimal | None = None
    unit: str | None = None
    text: str | None = None
    normal_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Patient(Derived):
    """One person. `allergies` is None when nobody has asked, empty when "no known allergies" is on record. A birth date
    that is yet to come is none: it stands in `born_late`, and `birth_date` is None."""

    birth_date: date | None = None
    sex: str | None = None
    allergies: tuple[Allergy, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    observations: tuple[Observation, ...] = ()
    pregnant: bool | None = None
    lactating: bool | None = None
    weight: Amount | None = None
    weight_on: date | None = None
    height: Amount | None = None
    born_late: date | None = None

    def latest(self, *loinc: str) -> Observation | None:
        """The most recent observation with one of the LOINC codes that says something; undated ones count as oldest."""
        found = [o for o in self.observations if o.loinc in loinc and (o.value is not None or o.text)]
        return max(found, key=lambda o: o.on or date.min, default=None)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The ICD-10-CM codes of the active conditions, as far as they have one."""
        return tuple(c.code for c in self.conditions if c.active and c.code)

    def has_condition(self, *prefixes: str) -> bool:
        """Whether an active condition's ICD-10-CM code starts with one of the prefixes (no dots)."""
        return any(code.startswith(prefixes) for code in self.codes)


def without_late_birth(patient: Patient, on: date) -> Patient:
    """The patient; a birth date that lies after the day is taken for the mistake that it is."""
    if patient.birth_date is None or patient.birth_date <= on:
        return patient
    return replace(patient, birth_date=None, born_late=patient.birth_date)


def age_in_years(birth_date: date, on: date) -> int:
    """Completed years of age on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age_in_months(birth_date: date, on: date) -> int:
    """Completed months of age on a day."""
    return (on.year - birth_date.year) * 12 + on.month - birth_date.month - (on.day < birth_date.day)


def measured(observation: Observation | None) -> Amount | None:
    """A weight in kg or a length in cm, from any usual unit (UCUM or as people write it); None without one.

    >>> str(measured(Observation("29463-7", None, Decimal("154"), "[lb_av]")))
    '69.85 kg'
    """
    if observation is None or observation.value is None or observation.value <= 0:
        return None
    name = (observation.unit or "").strip().strip("[].").lower()
    for unit, factors in (("kg", _IN_KG), ("cm", _IN_CM)):
        if name in factors:
            exact = observation.value * Decimal(factors[name])
            return Amount(exact if Decimal(factors[name]) == 1 else _rounded(exact), unit)
    return None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01") if value >= 10 else Decimal("0.001"))


_OPEN = re.compile(
    r"unknown|unsure|uncertain|possib|probab|suspect|pending|undetermined|indeterminate|inconclusive|declin|refus|"
    r"\bnot (?:known|asked|sure|applicable|answered|assessed|documented|recorded|on file|available)|no information|"
    r"planning|trying|attempting|\bn/?a\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:not|no|non|never|neg|negative|denies|false|n)\b|\bnonpregnant", re.IGNORECASE)
_YES = re.compile(r"pregnan|gravid|lactat|breast|nursing|\byes\b|\bpos(?:itive)?\b|\btrue\b|^y$", re.IGNORECASE)


def says_yes(answer: str) -> bool | None:
    """What an answer about pregnancy or lactation says; None when it is not a plain yes or no.

    >>> says_yes("Patient is pregnant"), says_yes("not breastfeeding"), says_yes("Pregnancy status unknown")
    (True, False, None)
    """
    text = answer.strip()
    if _OPEN.search(text):
        return None
    if _NO.search(text):
        return False
    return True if _YES.search(text) else None


def with_measurements(patient: Patient) -> Patient:
    """The patient with weight, height, pregnancy and lactation as the latest observations say."""
    weight = patient.latest(*WEIGHT)
    return replace(
        patient,
        pregnant=_answer(patient.latest(*PREGNANCY)),
        lactating=_answer(patient.latest(*LACTATION)),
        weight=_of("kg", weight),
        weight_on=weight.on if weight else None,
        height=_of("cm", patient.latest(*HEIGHT)),
    )


def _of(unit: str, observation: Observation | None) -> Amount | None:
    amount = measured(observation)
    return amount if amount and amount.unit == unit else None


def _answer(observation: Observation | None) -> bool | None:
    return says_yes(observation.text or "") if observation else None
