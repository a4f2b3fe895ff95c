"""What reconciliation says: matches, differences with their likely intent and harm, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallman.core.reconciliation.line import Line, ListSource, RecordedAllergy
from tallman.core.screening.screen import Screening

__all__ = ["Action", "Difference", "DifferenceType", "Harm", "Match", "NotCompared", "Proposal", "Reconciliation"]


class DifferenceType(StrEnum):
    """In what an order differs from the history. A commission ("addition") is an order for what is not taken."""

    OMISSION = "omission"
    ADDITION = "addition"
    DOSE = "dose"
    FREQUENCY = "frequency"
    ROUTE = "route"
    FORM = "form"
    DURATION = "duration"
    DUPLICATE = "duplicate"
    SUBSTITUTION = "substitution"
    ALLERGY = "allergy"


class Harm(StrEnum):
    """What an unintended difference of this kind may do: harm badly, disturb, or hardly be noticed."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class Action(StrEnum):
    """What a technician may propose; a pharmacist decides."""

    CONTINUE = "continue"
    ASK = "ask"
    NOTE = "note"


@dataclass(frozen=True)
class Match:
    """Lines that speak of the same medicine: `left` of the history, `right` of the orders (either may be empty).

    `why` are the facts it rests on, a phrase each; `confidence` is 0 to 100; `believed` are those of `left` from the
    list that is believed first.
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    why: tuple[str, ...]
    confidence: int
    believed: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One difference between the history and the orders.

    `explained` is whether something written beside the order says why; `because` quotes it, or says what is likely
    where nothing does. `likely` is the likely cause: documented reason, formulary substitution, acute illness, or "".
    `summary` is one sentence to read aloud. For allergies `left` and `right` hold lines of neither; their references
    are in `left_allergies` and `right_allergies`.
    """

    type: DifferenceType
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    explained: bool
    because: str
    harm: Harm
    summary: str
    likely: str = ""
    left_allergies: tuple[RecordedAllergy, ...] = ()
    right_allergies: tuple[RecordedAllergy, ...] = ()

    @property
    def left_refs(self) -> tuple[str, ...]:
        """References of the history's side, each once."""
        return _refs(self.left, self.left_allergies)

    @property
    def right_refs(self) -> tuple[str, ...]:
        """References of the orders' side, each once."""
        return _refs(self.right, self.right_allergies)


@dataclass(frozen=True)
class NotCompared:
    """Something that could not be held against the other list, and why. Never the same as no difference."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    what: str
    reason: str


@dataclass(frozen=True)
class Proposal:
    """What a technician puts before the pharmacist for one medicine, in a sentence."""

    action: Action
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    medicine: str
    directions: str
    sentence: str


@dataclass(frozen=True)
class Reconciliation:
    """Lists of one person held beside each other on a day. `screening` is of the list that would result."""

    history: tuple[ListSource, ...]
    orders: ListSource
    on: date
    matches: tuple[Match, ...]
    differences: tuple[Difference, ...]
    not_compared: tuple[NotCompared, ...]
    proposals: tuple[Proposal, ...]
    screening: Screening | None = None

    @property
    def pairs(self) -> tuple[Match, ...]:
        """The matches that stand on both sides."""
        return tuple(m for m in self.matches if m.left and m.right)

    @property
    def open_differences(self) -> tuple[Difference, ...]:
        """Those that nothing explains, which a pharmacist must decide."""
        return tuple(d for d in self.differences if not d.explained)


def _refs(lines: tuple[Line, ...], allergies: tuple[RecordedAllergy, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(line.ref for line in lines), *(a.ref for a in allergies))))
