"""What the law asks of a prescription, as data: by jurisdiction and schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tallman.core.rule import Review, Source

__all__ = ["DEA_SCHEDULES", "Law", "PartReason", "Programme", "Registration", "RestLaw", "ScheduleLaw", "months_later"]

DEA_SCHEDULES = ("2", "2N", "3", "3N", "4", "5")
"""The schedules as a DEA certificate prints them: 2 and 3 are the narcotics of II and III, 2N and 3N what is none."""
_ROMAN = {"CII": "2", "CIII": "3", "CIV": "4", "CV": "5"}


class PartReason(StrEnum):
    """Why a part of a prescription is given now and the rest later."""

    SHORT = "short"
    ASKED = "asked"
    LONG_TERM = "long-term"

    @property
    def text(self) -> str:
        """What a technician ticks."""
        return _PART_REASONS[self]


_PART_REASONS = {
    PartReason.SHORT: "There is not enough in stock",
    PartReason.ASKED: "The patient or the prescriber asked for a part",
    PartReason.LONG_TERM: "The patient is in long-term care or terminally ill",
}


@dataclass(frozen=True, slots=True)
class RestLaw:
    """Until when the rest may be given where a part was given for `reason`: so many hours after the first part was
    filled, or so many days after the prescription was written."""

    reason: PartReason
    hours: int | None = None
    days: int | None = None

    @property
    def text(self) -> str:
        """ "72 hours from the first part", "30 days from writing"."""
        return f"{self.hours} hours from the first part" if self.hours else f"{self.days} days from writing"


@dataclass(frozen=True, slots=True)
class ScheduleLaw:
    """What holds for one schedule ("CII" … "CV", "" for what is not controlled).

    `refills` is the most refills, `months` for how many months after writing it may be filled; None: no limit.
    `severity` is of too many refills, `age_severity` of a prescription that is too old, `early_days` how many days
    before the last supply is used up a refill is no longer early, `early_severity` how grave an earlier one is.
    `wants_dea` asks for the prescriber's DEA number; `rests` say until when the rest may be given, by why only a part
    was given: empty where any reason will do, and the prescription's own time holds; `by_midlevel` whether nurse
    practitioners, physician assistants and the like may write it (their DEA numbers begin with M).
    """

    schedule: str
    refills: int | None = None
    months: int | None = None
    severity: str = "high"
    age_severity: str = "high"
    early_days: int = 2
    early_severity: str = "high"
    wants_dea: bool = False
    rests: tuple[RestLaw, ...] = ()
    by_midlevel: bool = True
    why: str = ""

    def rest_until(self, reason: str, filled: datetime, written: date | None) -> datetime | None:
        """When the rest may last be given, after a first part that was filled at `filled` for `reason`; None: no end.

        A day counts to its end, in the zone of `filled`. A reason that the law does not know has the shortest time.
        """
        rests = [rest for rest in self.rests if rest.reason == reason] or self.rests
        ends = [_end(rest, filled, written) for rest in rests]
        if self.months is not None and written is not None:
            ends.append(_end_of(months_later(written, self.months), filled))
        return min((end for end in ends if end), default=None)


@dataclass(frozen=True, slots=True)
class Programme:
    """What a programme that a medicine may only be dispensed under (a REMS) allows at one time: so many days' supply,
    and so many refills. `medicines` are ingredients; what is put on the skin or into the eye is not meant."""

    name: str
    medicines: tuple[str, ...]
    days: int
    refills: int = 0
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """What is on record of a prescriber's DEA registration.

    `schedules` are those it covers, as its certificate prints them (`DEA_SCHEDULES`); none: not on record. `until` is
    its last day; None: not on record.
    """

    schedules: tuple[str, ...] = ()
    until: date | None = None

    def covers(self, schedule: str, *, is_narcotic: bool) -> bool:
        """Whether a medicine of "CII" … "CV" may be prescribed under it. What is not on record shuts nothing out.

        >>> Registration(("2N", "4")).covers("CII", is_narcotic=True)
        False
        """
        wanted = _ROMAN.get(schedule, "")
        if wanted in ("2", "3") and not is_narcotic:
            wanted += "N"
        return not self.schedules or not wanted or wanted in self.schedules


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of one jurisdiction: "US" for federal law, "US-NY" for a state, which adds to it.

    `narcotics` are the classes whose medicines are narcotics in the sense of the law: registrations tell them from the
    rest of schedules II and III. Those of schedule II are not for dependence outside of a treatment programme: a reason
    that begins with one of `dependence`, or directions that hold one of the words of `dependence_said`. `programmes`
    are those that its authority asks for.
    """

    jurisdiction: str
    name: str
    schedules: tuple[ScheduleLaw, ...]
    sources: tuple[Source, ...] = ()
    review: Review | None = None
    narcotics: tuple[str, ...] = ()
    dependence: tuple[str, ...] = ()
    dependence_said: tuple[str, ...] = ()
    programmes: tuple[Programme, ...] = ()

    def of(self, schedule: str) -> ScheduleLaw | None:
        """What it says of a schedule; None where it says nothing."""
        return next((s for s in self.schedules if s.schedule == schedule), None)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _end(rest: RestLaw, filled: datetime, written: date | None) -> datetime | None:
    if rest.hours is not None:
        return filled + timedelta(hours=rest.hours)
    if rest.days is None or written is None:
        return None
    return _end_of(written + timedelta(days=rest.days), filled)


def _end_of(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time.max, tzinfo=like.tzinfo)
