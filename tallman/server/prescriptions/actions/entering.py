"""Receiving, entering, correcting."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from tallman.core.received import ReceivedPrescription
from tallman.core.workflow import Action
from tallman.server import knowledge_in_use
from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author, record
from tallman.server.prescriptions import screenings
from tallman.server.prescriptions.due import ALLOWANCE, due_at
from tallman.server.prescriptions.entry import Entry, promise_refusals, refusals, write
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.steps import locked, moved, touched, written
from tallman.server.refusal import Refused, refuse, unless_may
from tallman.server.web import clock

__all__ = ["correct", "enter", "promise", "receive", "rescreen", "send_back"]

FIRST_NUMBER = 1_000_000
_TERMS = ("sig", "days_supply", "refills", "written_on")


@transaction.atomic
def receive(
    *, received: ReceivedPrescription, by: Author, origin: str = "electronic", source: str = "",
    priority: str | None = None, promised_at: datetime | None = None,
) -> Prescription:  # fmt: skip
    """A prescription arrived. Nothing is matched: patient, prescriber and product are for a person to choose.

    `source` is how the intake calls the message. What was received is kept whole; entry begins with its terms.
    """
    now = clock.now()
    priority = priority or ("urgent" if received.urgent else "routine")
    row = Prescription(
        origin=origin,
        source=source,
        received_at=now,
        received=msgspec.to_builtins(received),
        received_patient=received.patient.name[:240],
        received_prescriber=received.prescriber.name[:240],
        received_medicine=received.medicine.text[:400],
        received_rxcui=received.medicine.code("rxnorm")[:12],
        received_ndc=received.medicine.code("ndc")[:14],
        received_sig=received.sig,
        **_terms(received),
        priority=priority,
        promised_at=promised_at,
        due_at=due_at(now, priority, promised_at),
        changed_by=by.author_name,
        changed_at=now,
    )
    row.save()
    row.rx_number = str(FIRST_NUMBER + row.pk)
    row.save(update_fields=["rx_number"])
    data = {"rx_number": row.rx_number, "origin": origin, "source": source}
    record(action="prescriptions.receive", by=by, subject=row, data=data)
    return row


def _terms(received: ReceivedPrescription) -> dict[str, Any]:
    """What entry begins with, as received."""
    quantity = received.quantity
    return {name: getattr(received, name) for name in _TERMS} | {
        "quantity": quantity.value if quantity and quantity.value > 0 else None,
        "quantity_unit": quantity.unit if quantity else "",
        "dispense_as_written": received.substitution_allowed is False,
        "diagnosis_codes": [c.code for c in received.diagnoses],
        "note": "\n".join(received.notes),
        "setting": received.setting or "community",
    }


@transaction.atomic
def enter(*, prescription: Prescription, version: int, entry: Entry, by: User) -> Prescription:
    """Somebody typed it: it is screened at once."""
    row = locked(prescription, version, goes_to=entry.patient)
    work = moved(row, Action.ENTER, by)
    changed = _write(row, entry)
    row.entered_by = by
    screening = screenings.run(row, by, is_entry=True)
    written(row, work, by)
    data = {"changed": changed, "screening": screening.pk}
    record(action="prescriptions.enter", by=by, subject=row, data=data)
    return row


@transaction.atomic
def correct(*, prescription: Prescription, version: int, entry: Entry, reason: str, by: User) -> Prescription:
    """Put an entry right, or take a returned one up again. It is screened and must be reviewed once more."""
    row = locked(prescription, version, goes_to=entry.patient)
    work = moved(row, Action.CORRECT, by)
    if not reason.strip():
        raise refuse("reason", "Say what is corrected and why.")
    changed = _write(row, entry)
    row.entered_by, row.approved_by = by, None
    screening = screenings.run(row, by, is_entry=True)
    written(row, work, by)
    data = {"reason": reason, "changed": changed, "screening": screening.pk}
    record(action="prescriptions.correct", by=by, subject=row, data=data)
    return row


def _write(row: Prescription, entry: Entry) -> dict[str, list[str]]:
    knowledge = knowledge_in_use.current()
    if found := tuple(refusals(entry, knowledge, clock.today())):
        raise Refused(found)
    changed = write(entry, row, knowledge)
    row.due_at = due_at(row.received_at, row.priority, row.promised_at)
    return changed


@transaction.atomic
def send_back(*, prescription: Prescription, version: int, reason: str, by: User) -> Prescription:
    """A pharmacist wants it entered again."""
    row = locked(prescription, version)
    work = moved(row, Action.SEND_BACK, by)
    if not reason.strip():
        raise refuse("reason", "Say what is to be entered differently.")
    written(row, work, by)
    record(action="prescriptions.send_back", by=by, subject=row, data={"reason": reason})
    return row


@transaction.atomic
def promise(
    *, prescription: Prescription, version: int, priority: str, promised_at: datetime | None, by: User
) -> Prescription:
    """Say when it will be ready. Changes nothing else."""
    unless_may(by, "enter")
    row = locked(prescription, version)
    if priority not in ALLOWANCE:
        raise refuse("priority", "Choose how urgent it is.")
    if found := tuple(promise_refusals(promised_at, clock.today())):
        raise Refused(found)
    row.priority, row.promised_at = priority, promised_at
    row.due_at = due_at(row.received_at, priority, promised_at)
    touched(row, by)
    record(action="prescriptions.promise", by=by, subject=row, data={"priority": priority, "at": promised_at})
    return row


@transaction.atomic
def rescreen(*, prescription: Prescription, by: Author) -> Prescription:
    """Screen again because something around the prescription changed: the patient's record, the knowledge."""
    row = locked(prescription)
    before = row.screening_id
    screening = screenings.run(row, by, is_entry=False)
    touched(row, by)
    record(action="prescriptions.rescreen", by=by, subject=row, data={"from": before, "to": screening.pk})
    return row
