"""What a hospital says of one stay or visit: somebody came, was moved, left, or something about them changed.

Every wire format is read into this value and nothing is guessed, as in `core.received`: what was not said is empty or
None. Moments carry their offset from UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tallman.core.patient import Condition, Observation
from tallman.core.received import Code, ReadWarning, ReceivedAllergy, ReceivedPatient, ReceivedPrescriber

__all__ = ["EncounterClass", "EncounterEvent", "EncounterKind", "Location"]

_NOBODY, _NO_ONE_NAMED = ReceivedPatient(), ReceivedPrescriber()


class EncounterKind(StrEnum):
    """What happened. The last three take something back or put two records together."""

    ADMITTED = "admitted"
    TRANSFERRED = "transferred"
    DISCHARGED = "discharged"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    """There was no such admission."""
    DISCHARGE_CANCELLED = "discharge-cancelled"
    """The person has not left after all."""
    MERGED = "merged"
    """Two records are of one person."""


class EncounterClass(StrEnum):
    """The kind of stay."""

    INPATIENT = "inpatient"
    OBSERVATION = "observation"
    EMERGENCY = "emergency"
    OUTPATIENT = "outpatient"
    PREADMISSION = "preadmission"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where in the house somebody is, as sent. `unit` is the ward or clinic (the point of care)."""

    unit: str = ""
    room: str = ""
    bed: str = ""
    facility: str = ""
    name: str = ""
    """In words, where the sender gives them."""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.unit, self.room, self.bed])) or self.name or self.facility


@dataclass(frozen=True)
class EncounterEvent:
    """One event of one encounter as one message carried it.

    `encounter` is its number, the system who gave it; None when the sender gives none. `accounts` are other numbers
    that may stand for it: the billing account, an alternate visit number. `when` is when it happened, `recorded_at`
    when it was entered or sent (None: not said): of two events of one encounter the later `when` holds, then the later
    `recorded_at`. `admitted_at` and `discharged_at` are what the message says of the whole stay. `disposition` is where
    the person went or in which state, `came_from` whence. `cleared` names fields that were sent as "there is none",
    which is more than not said. `former` are the numbers that the patient is no longer known by (merged records).
    """

    kind: EncounterKind
    encounter: Code | None = None
    accounts: tuple[Code, ...] = ()
    patient: ReceivedPatient = _NOBODY
    class_: EncounterClass = EncounterClass.UNKNOWN
    when: datetime | None = None
    recorded_at: datetime | None = None
    location: Location = Location()
    prior_location: Location = Location()
    service: str = ""
    attending: ReceivedPrescriber = _NO_ONE_NAMED
    admitted_at: datetime | None = None
    discharged_at: datetime | None = None
    came_from: str = ""
    disposition: str = ""
    facility: str = ""
    """The house, as the sender names it."""
    reason: str = ""
    """Why they came, in words."""
    allergies: tuple[ReceivedAllergy, ...] = ()
    no_known_allergies: bool = False
    problems: tuple[Condition, ...] = ()
    observations: tuple[Observation, ...] = ()
    former: tuple[Code, ...] = ()
    cleared: frozenset[str] = frozenset()
    died: bool = False
    is_about_person_only: bool = False
    """Whether it tells of the person alone, and of no stay."""
    is_test: bool = False
    """Whether the sender marks the message as one for training or for finding faults."""
    warnings: tuple[ReadWarning, ...] = ()
