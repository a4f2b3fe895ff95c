"""What a check says: a finding, or that it could not look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tallman.core.knowledge import Source
from tallman.core.quantity import Amount

__all__ = ["Category", "Finding", "NotChecked", "Remedy", "Severity", "told_together"]


class Severity(StrEnum):
    """How much a finding matters. Critical and high are interruptive: a pharmacist must decide."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"

    @property
    def is_interruptive(self) -> bool:
        """Whether the prescription waits for a pharmacist's decision."""
        return self in (Severity.CRITICAL, Severity.HIGH)

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Category(StrEnum):
    """What a finding is about."""

    INTERACTION = "interaction"
    ALLERGY = "allergy"
    DUPLICATE = "duplicate"
    DOSE_HIGH = "dose-high"
    DOSE_LOW = "dose-low"
    FREQUENCY = "frequency"
    ROUTE = "route"
    CONDITION = "condition"
    AGE = "age"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"
    RENAL = "renal"
    LAB = "lab"
    LOOKALIKE = "lookalike"
    DISCREPANCY = "discrepancy"
    ABBREVIATION = "abbreviation"
    LEGAL = "legal"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would put an order right, as far as a record says it; a dose is never among it.

    `medicine` names the ingredients of the other medicine that is probably meant; `once_a_week` says that the dose as
    written is taken once a week; `daily_max` is the most in a day that directions as needed should name.
    """

    medicine: tuple[str, ...] = ()
    once_a_week: bool = False
    daily_max: Amount | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a careful colleague would point out.

    `code` is stable (DOSE-DAILY-MAX); `order` is the id of the order screened, `others` the ids of the other orders
    involved; `summary` is one sentence a technician reads aloud to a pharmacist; `evidence` the arithmetic and
    facts, a line each; `rule` the knowledge record it rests on, `reviewed` whether a pharmacist has signed that
    record, `remedy` what would put the order right, where the record says it. `about` are the medicine and the facts
    that it rests on ("glyburide (82 years old)"): what is said of the same is told as one; empty where it stands alone.
    `also` are the categories of what it takes up.
    """

    code: str
    category: Category
    severity: Severity
    order: str
    summary: str
    advice: str
    evidence: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    rule: str = ""
    reviewed: bool = False
    remedy: Remedy | None = None
    about: str = ""
    also: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not run for an order, and why. Never the same as clear."""

    check: str
    order: str
    reason: str


def told_together(gaps: Iterable[NotChecked]) -> list[tuple[tuple[str, ...], str]]:
    """The checks that one reason kept from running, with it: what is not recognised is told once, not by each."""
    checks: dict[str, list[str]] = {}
    for gap in dict.fromkeys(gaps):
        checks.setdefault(gap.reason, []).append(gap.check)
    return [(tuple(names), reason) for reason, names in checks.items()]
