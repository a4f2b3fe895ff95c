"""What every authored entry is made of: strict fields, sources, reviews, ages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from tallman.core.knowledge import Review, Source
from tallman.core.quantity import parse_amount
from tallman.core.rule import Bound

__all__ = ["Age", "BoundEntry", "ReviewEntry", "SourceEntry", "Strict", "months"]


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Every field is spelled as the schema spells it."""


class SourceEntry(Strict):
    """`sources:` entry: title, section and date; YAML may read the last two as numbers or dates."""

    title: str
    section: Any = ""
    date: Any = ""

    def record(self) -> Source:
        return Source(self.title, str(self.section), str(self.date))


class ReviewEntry(Strict):
    """`review:` entry. `reviewed_by` stays null until a pharmacist signs."""

    written_by: str
    written_on: date
    next_review: date
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    def record(self) -> Review:
        return Review(self.written_by, self.written_on, self.next_review, self.reviewed_by, self.reviewed_on)


class Age(Strict):
    """An age span: `from` inclusive, `under` exclusive, written "6 mo", "12 y"."""

    from_: str | None = msgspec.field(default=None, name="from")
    under: str | None = None


def months(text: str | None) -> int | None:
    """An age such as "6 mo" or "12 y" in months."""
    if text is None:
        return None
    amount = parse_amount(text)
    if amount.unit not in ("mo", "y"):
        raise ValueError(f"an age is given in months or years, not {text!r}")
    return int(amount.value) * (12 if amount.unit == "y" else 1)


class BoundEntry(Strict):
    """A laboratory value beyond a bound, in the unit of its lab; numbers are written in quotes."""

    lab: str
    above: str | None = None
    below: str | None = None
    within_days: int | None = None
    answers: list[str] = []

    def record(self) -> Bound:
        above, below = (Decimal(text) if text else None for text in (self.above, self.below))
        return Bound(self.lab, above, below, self.within_days, tuple(self.answers))
