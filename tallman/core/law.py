"""What the law asks of a prescription, as data: by jurisdiction and schedule."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.rule import Review, Source

__all__ = ["Law", "ScheduleLaw"]


@dataclass(frozen=True, slots=True)
class ScheduleLaw:
    """What holds for one schedule ("CII" … "CV", "" for what is not controlled).

    `refills` is the most refills, `months` for how many months after writing it may be filled; None: no limit.
    `severity` is of too many refills, `age_severity` of a prescription that is too old, `early_days` how many days
    before the last supply is used up a refill is no longer early, `early_severity` how grave an earlier one is.
    `wants_dea` asks for the prescriber's DEA number.
    """

    schedule: str
    refills: int | None = None
    months: int | None = None
    severity: str = "high"
    age_severity: str = "high"
    early_days: int = 2
    early_severity: str = "high"
    wants_dea: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of one jurisdiction: "US" for federal law, "US-NY" for a state, which adds to it."""

    jurisdiction: str
    name: str
    schedules: tuple[ScheduleLaw, ...]
    sources: tuple[Source, ...] = ()
    review: Review | None = None

    def of(self, schedule: str) -> ScheduleLaw | None:
        """What it says of a schedule; None where it says nothing."""
        return next((s for s in self.schedules if s.schedule == schedule), None)
