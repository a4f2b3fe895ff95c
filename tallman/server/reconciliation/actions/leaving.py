"""What leaves the house: every paper that is handed out is an event."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tallman.server.audit.actions import Author, record
from tallman.server.reconciliation.models import Encounter
from tallman.server.refusal import unless_may

__all__ = ["hand_out"]


@transaction.atomic
def hand_out(*, encounter: Encounter, paper: str, told: dict[str, Any], by: Author) -> None:
    """Record that a paper of the discharge was made for somebody: which, and what tells it apart from another."""
    unless_may(by, "gather-history")
    data = {"paper": paper, **told}
    record(action="reconciliation.hand_out", by=by, subject=encounter, patient=encounter.patient, data=data)
