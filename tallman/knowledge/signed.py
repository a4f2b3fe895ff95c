"""How much of the knowledge a pharmacist has signed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from tallman.core.knowledge import Knowledge, Review

__all__ = ["Signed", "reviews", "signed"]


@dataclass(frozen=True, slots=True)
class Signed:
    """Of how many records somebody answers for the content, and how many there are."""

    count: int
    of: int

    def __str__(self) -> str:
        if self.count == self.of:
            return f"all {self.of:,} records are signed by a pharmacist"
        signed = f"{self.count:,} of {self.of:,}" if self.count else f"none of {self.of:,}"
        return f"{signed} records {'is' if self.count in (0, 1) else 'are'} signed by a pharmacist"


def reviews(knowledge: Knowledge) -> list[Review]:
    """The review of every record that has one."""
    records = knowledge.records
    held = (getattr(records, f.name) for f in fields(records) if f.name != "limits")  # they share their medicine's
    reviewed = (record.review for subject in held for record in subject if getattr(record, "review", None))
    return [*(review for _, review in records.reviews), *reviewed]


@lru_cache(maxsize=2)
def signed(knowledge: Knowledge) -> Signed:
    """How many records of a version are signed."""
    found = reviews(knowledge)
    return Signed(sum(r.reviewed_by is not None for r in found), len(found))
