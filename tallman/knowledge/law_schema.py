"""The shape of the authored laws."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from tallman.core.law import Law, PartReason, Programme, RestLaw, ScheduleLaw
from tallman.knowledge.schema import ReviewEntry, SourceEntry, Strict

__all__ = ["LawEntry"]


class RestLawEntry(Strict):
    """Until when the rest may be given. Fields as in `RestLaw`; either hours or days."""

    reason: PartReason
    hours: int | None = None
    days: int | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.hours is None) == (self.days is None):
            raise ValueError("a rest has hours from the first part or days from writing, one of them")
        return self

    def record(self) -> RestLaw:
        return RestLaw(self.reason, self.hours, self.days)


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
    rests: list[RestLawEntry] = []
    by_midlevel: bool = True
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
            tuple(rest.record() for rest in self.rests),
            self.by_midlevel,
            self.why,
        )


class ProgrammeEntry(Strict):
    """What a programme allows at one time. Fields as in `Programme`."""

    name: str
    medicines: list[str]
    days: int
    sources: list[SourceEntry]
    refills: int = 0

    def record(self) -> Programme:
        sources = tuple(s.record() for s in self.sources)
        return Programme(self.name, tuple(self.medicines), self.days, self.refills, sources)


class LawEntry(Strict):
    """The rules of one jurisdiction."""

    jurisdiction: str
    name: str
    schedules: list[ScheduleLawEntry]
    sources: list[SourceEntry]
    review: ReviewEntry
    narcotics: list[str] = []
    dependence: list[str] = []
    dependence_said: list[str] = []
    programmes: list[ProgrammeEntry] = []

    def record(self) -> Law:
        return Law(
            self.jurisdiction,
            self.name,
            tuple(s.record() for s in self.schedules),
            tuple(s.record() for s in self.sources),
            self.review.record(),
            tuple(self.narcotics),
            tuple(self.dependence),
            tuple(self.dependence_said),
            tuple(p.record() for p in self.programmes),
        )
