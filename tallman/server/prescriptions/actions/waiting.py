"""Holding, resuming, cancelling."""

from __future__ import annotations

from django.db import transaction

from tallman.core.workflow import PHARMACISTS, Action
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.prescriptions.models import Hold, Prescription
from tallman.server.prescriptions.steps import locked, moved, written
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["cancel", "hold", "resume"]


@transaction.atomic
def hold(*, prescription: Prescription, version: int, reason: str, by: User, note: str = "") -> Prescription:
    """It has to wait. `reason` is a code of `HOLD_REASONS`; the clinical ones are a pharmacist's."""
    row = locked(prescription, version)
    action = Action.HOLD_CLINICAL if by.actor.role in PHARMACISTS else Action.HOLD
    work = moved(row, action, by, hold_reason=reason)
    row.hold = Hold.objects.create(
        prescription=row, reason=reason, note=note.strip(), resume_to=row.stage, by=by, at=clock.now()
    )
    written(row, work, by)
    record(action="prescriptions.hold", by=by, subject=row, data={"reason": reason, "note": note})
    return row


@transaction.atomic
def resume(*, prescription: Prescription, version: int, by: User) -> Prescription:
    """It goes on where it stood."""
    row = locked(prescription, version)
    work = moved(row, Action.RESUME_CLINICAL if by.actor.role in PHARMACISTS else Action.RESUME, by)
    _release(row, by)
    written(row, work, by)
    record(action="prescriptions.resume", by=by, subject=row, data={"to": row.stage})
    return row


@transaction.atomic
def cancel(*, prescription: Prescription, version: int, reason: str, by: User) -> Prescription:
    """It will not be filled, or the rest of it will not. For good."""
    row = locked(prescription, version)
    work = moved(row, Action.CANCEL, by)
    if not reason.strip():
        raise refuse("reason", "Say why it is cancelled.")
    _release(row, by)
    row.owed_quantity = 0
    written(row, work, by)
    record(action="prescriptions.cancel", by=by, subject=row, data={"reason": reason})
    return row


def _release(row: Prescription, by: User) -> None:
    if row.hold is not None:
        row.hold.released_by, row.hold.released_at = by, clock.now()
        row.hold.save()
        row.hold = None
