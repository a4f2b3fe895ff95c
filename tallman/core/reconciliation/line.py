"""One medicine on one list, and the list it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tallman.core.patient import Allergy
from tallman.core.prescription import Order

__all__ = ["Fill", "Line", "ListSource", "RecordedAllergy", "SourceKind", "State"]


class SourceKind(StrEnum):
    """Where a list comes from; of the lists of a history the earlier kind is believed where two differ.

    What the patient says and shows comes before what was handed over, and that before what somebody once ordered.
    """

    INTERVIEW = "patient interview"
    BOTTLES = "home bottles"
    FILLS = "pharmacy fills"
    RECORD = "outpatient record"
    REFERRAL = "referral"
    HOSPITAL = "current orders"
    DISCHARGE = "discharge orders"

    @property
    def rank(self) -> int:
        """0 for the kind that is believed first."""
        return list(SourceKind).index(self)


class State(StrEnum):
    """What its list says of a medicine: in use, paused, ended, or never begun."""

    ACTIVE = "active"
    HELD = "on hold"
    STOPPED = "stopped"
    NOT_TAKEN = "not taken"
    COMPLETED = "completed"
    LAPSED = "not refilled"


@dataclass(frozen=True, slots=True)
class Fill:
    """One supply handed over: the day, and how many days it lasts (None: not known)."""

    on: date
    days: int | None = None


@dataclass(frozen=True)
class Line:
    """One line of a list.

    `ref` is the sender's own reference, kept exactly; `order` the medicine and its directions, `state` what the list
    says of it; `note` is everything written beside it in words (notes and the reason of its status), `reason` what it
    is for, in words; `asserted` the day the list was written or somebody said so; `fills` are supplies that are known
    of this very line. `is_decided` says that the note is the reason of whoever decided on the line as it stands,
    `last_given` is the moment of the last dose in hospital, where that is known.
    """

    ref: str
    order: Order
    state: State = State.ACTIVE
    note: str = ""
    reason: str = ""
    asserted: date | None = None
    fills: tuple[Fill, ...] = ()
    is_decided: bool = False
    last_given: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether its list says that it is in use."""
        return self.state is State.ACTIVE

    @property
    def name(self) -> str:
        """The medicine as it is displayed."""
        return self.order.medicine.name


@dataclass(frozen=True, slots=True)
class RecordedAllergy:
    """One allergy on a list, with the sender's reference."""

    ref: str
    allergy: Allergy


@dataclass(frozen=True)
class ListSource:
    """One list: `name` says where it comes from ("patient interview, 3 March").

    `allergies` is None when the list says nothing of allergies, empty when it says that there are none.
    """

    name: str
    kind: SourceKind
    lines: tuple[Line, ...]
    allergies: tuple[RecordedAllergy, ...] | None = None
