"""The facts about one person that the rules need, as far as they are known. Unknown is None, never a default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallman.core.drug import Ingredient
from tallman.core.quantity import Amount

__all__ = ["Allergy", "Condition", "Observation", "Patient", "age_in_months", "age_in_years"]


@dataclass(frozen=True, slots=True)
class Allergy:
    """A recorded allergy or intolerance.

    `substance` is the text as received. `ingredients` and `groups` are what it was read as (group ids as in
    the knowledge, such as "penicillin"); both empty means it could not be read, unless `ignorable` says that
    it is no medicine (food, pollen, latex is a group of its own). `reaction` is the text of the reaction,
    `kind` allergy or intolerance as recorded, `severity` mild, moderate or severe when recorded,
    `refuted` true when marked entered-in-error, refuted or inactive.
    """

    substance: str
    ingredients: tuple[Ingredient, ...] = ()
    groups: tuple[str, ...] = ()
    ignorable: bool = False
    reaction: str = ""
    kind: str = "allergy"
    severity: str | None = None
    refuted: bool = False

    @property
    def is_read(self) -> bool:
        """Whether the substance was recognised as something the checks can use."""
        return bool(self.ingredients or self.groups or self.ignorable)


@dataclass(frozen=True, slots=True)
class Condition:
    """A problem on the list: an ICD-10-CM code without its dot (None when only text) and its text."""

    code: str | None
    text: str = ""
    active: bool = True
    onset: date | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A measurement: LOINC code, numeric value with its unit as received, or a coded or text answer."""

    loinc: str
    on: date | None
    value: Decimal | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Patient:
    """One person. `allergies` is None when nobody has asked, empty when "no known allergies" is on record."""

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

    def latest(self, *loinc: str) -> Observation | None:
        """The most recent observation with one of the LOINC codes; undated ones count as oldest."""
        found = [o for o in self.observations if o.loinc in loinc]
        return max(found, key=lambda o: o.on or date.min, default=None)

    def has_condition(self, *prefixes: str) -> bool:
        """Whether an active condition's ICD-10-CM code starts with one of the prefixes (no dots)."""
        return any(c.active and c.code and c.code.startswith(prefixes) for c in self.conditions)


def age_in_years(birth_date: date, on: date) -> int:
    """Completed years of age on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age_in_months(birth_date: date, on: date) -> int:
    """Completed months of age on a day."""
    return (on.year - birth_date.year) * 12 + on.month - birth_date.month - (on.day < birth_date.day)
