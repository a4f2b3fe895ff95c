"""The shape of the authored laws."""

from __future__ import annotations

from tallman.core.law import Law, ScheduleLaw
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["LawEntry"]


class ScheduleLawEntry(Strict):
    """What holds for one schedule. Fields as in `ScheduleLaw`."""

    schedule: str
    refills: int | None = None
    months: int | None = None
    severity: str = "high"
    age_severity: str = "high"
    early_days: int = 2
    early_severity: str = "high"
    wants_dea: bool = False
    why: str = ""

    def record(self) -> ScheduleLaw:
        return ScheduleLaw(
            self.schedule,
            self.refills,
            self.months,
            self.severity,
            self.age_severity,
            self.early_days,
            self.early_severity,
            self.wants_dea,
            self.why,
        )


class LawEntry(Strict):
    """The rules of one jurisdiction."""

    jurisdiction: str
    name: str
    schedules: list[ScheduleLawEntry]
    sources: list[SourceEntry]
    review: ReviewEntry

    def record(self) -> Law:
        return Law(
            self.jurisdiction,
            self.name,
            tuple(s.record() for s in self.schedules),
            tuple(s.record() for s in self.sources),
            self.review.record(),
        )
