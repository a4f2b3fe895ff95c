"""What became of cards, as the other system reports it (CDS Hooks 2.0, Feedback)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import msgspec

from tallman.interchange.cds_hooks.request import Unreadable

__all__ = ["Outcome", "read_feedback"]


class _Reason(msgspec.Struct):
    code: str = ""


class _Override(msgspec.Struct, rename="camel"):
    reason: _Reason = msgspec.field(default_factory=_Reason)
    user_comment: str = ""


class _Accepted(msgspec.Struct):
    id: str


class _Feedback(msgspec.Struct, rename="camel"):
    card: UUID
    outcome: Literal["accepted", "overridden"]
    outcome_timestamp: datetime
    accepted_suggestions: list[_Accepted] = []
    override_reason: _Override = msgspec.field(default_factory=_Override)


class _Report(msgspec.Struct):
    feedback: list[_Feedback]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody did with a card: took suggestions (their ids), or went on all the same and why. `at` is in UTC
    where no offset was said, as the specification has it."""

    card: UUID
    accepted: bool
    at: datetime
    suggestions: tuple[str, ...]
    reason: str
    comment: str


def read_feedback(data: bytes) -> list[Outcome]:
    """The outcomes reported. Raises Unreadable."""
    try:
        report = msgspec.json.decode(data, type=_Report)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unreadable("This is no feedback as CDS Hooks 2.0 has it: an array of card, outcome, time.") from None
    if any(f.outcome == "accepted" and not f.accepted_suggestions for f in report.feedback):
        raise Unreadable("A card that was accepted needs the suggestions that were taken (acceptedSuggestions).")
    return [
        Outcome(
            f.card,
            f.outcome == "accepted",
            f.outcome_timestamp if f.outcome_timestamp.tzinfo else f.outcome_timestamp.replace(tzinfo=UTC),
            tuple(s.id for s in f.accepted_suggestions),
            f.override_reason.reason.code,
            f.override_reason.user_comment,
        )
        for f in report.feedback
    ]
