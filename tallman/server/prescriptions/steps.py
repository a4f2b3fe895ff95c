"""What every action on a prescription does: lock, compare versions, ask the table, write."""

from __future__ import annotations

from typing import Any

from tallman.core.workflow import Action, Actor, Refusal, Work, move, refusals
from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.queries import work_of
from tallman.server.refusal import Conflict, Refused
from tallman.server.web import clock

__all__ = ["locked", "moved", "touched", "written"]


def locked(prescription: Prescription, version: int | None = None, *, goes_to: Patient | None = None) -> Prescription:
    """The row, locked after its patient, as it is now. Raises Conflict when it is not the version that was seen.

    Patients first, always: whoever changes a patient's facts screens the prescriptions under the same lock. `goes_to`
    is the patient it is about to be entered for: two prescriptions entered for one person at the same moment are
    screened one after the other, so that the second is held against the first.
    """
    patient = Prescription.objects.values_list("patient_id", flat=True).get(pk=prescription.pk)
    meant = {patient, goes_to.pk if goes_to else None} - {None}
    patients = {p.pk: p for p in Patient.objects.select_for_update().filter(pk__in=meant).order_by("pk")}
    row = Prescription.objects.select_for_update(of=("self",)).select_related("hold").get(pk=prescription.pk)
    if row.patient_id in patients:
        row.patient = patients[row.patient_id]
    if version is not None and row.version != version:
        raise Conflict(row.changed_by, row.changed_at)
    return row


def moved(row: Prescription, action: Action, by: User, **options: Any) -> Work:
    """The state after the action. Raises Refused with every reason why it is not possible."""
    work, actor = work_of(row), by.actor
    if found := refusals(work, action, actor):
        raise Refused(found)
    return _move(work, action, actor, **options)


def _move(work: Work, action: Action, actor: Actor, **options: Any) -> Work:
    try:
        return move(work, action, actor, **options)
    except ValueError as error:
        raise Refused([Refusal("reason", str(error))]) from error


def touched(row: Prescription, by: Author) -> None:
    """Save the row as changed by somebody now."""
    row.version += 1
    row.changed_by, row.changed_at = by.author_name, clock.now()
    row.save()


def written(row: Prescription, work: Work, by: Author) -> Prescription:
    """Save the row with the stage and people of `work`."""
    row.stage = work.stage
    row.filled_by_id = int(work.filled_by) if work.filled_by else None
    row.verified_by_id = int(work.verified_by) if work.verified_by else None
    touched(row, by)
    return row
