"""What every rule has: where it comes from, who wrote and who signed it, and the medicines it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallman.core.quantity import Amount

__all__ = ["Bound", "Review", "Selector", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: the document, the section in it, its date (YYYY, YYYY-MM or YYYY-MM-DD)."""

    title: str
    section: str = ""
    date: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.title, self.section and f"section {self.section}", self.date]))


@dataclass(frozen=True, slots=True)
class Review:
    """Who wrote a record, which pharmacist signed it (None: unreviewed) and when it is due again."""

    written_by: str
    written_on: date
    next_review: date
    reviewed_by: str | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Selector:
    """One side of a rule: the medicines it speaks of, by ingredient or class.

    `routes` empty means every route that reaches the whole body. `at_least` is a daily amount below which
    the rule does not apply; `longer_than_days` a length of treatment. `salts` narrow it to products of such a salt,
    `strengths` to those of such a strength ("500 units/mL"), `every_days` to orders given at such intervals or longer,
    `begins_above` to those whose first days come to more than this a day on average, `under` to those of less than
    this a day: more makes up for it.
    """

    ingredients: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    excluding: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    at_least: Amount | None = None
    longer_than_days: int | None = None
    salts: frozenset[str] = frozenset()
    strengths: frozenset[str] = frozenset()
    every_days: int | None = None
    begins_above: Amount | None = None
    under: Amount | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A laboratory value: `lab` is the id of a `Lab`, `above` and `below` are in its unit, neither included.

    `within_days` is how old the result may be and still count (None: any age). `answers` are for what is told in words
    (an allele, a phenotype): one of them is what the answer says, and it does not deny it.
    """

    lab: str
    above: Decimal | None = None
    below: Decimal | None = None
    within_days: int | None = None
    answers: tuple[str, ...] = ()
