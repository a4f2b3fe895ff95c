"""Which patient another system means."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author, record
from tallman.server.exchange.models import KnownNumber, Message
from tallman.server.exchange.whose import known, numbers_of, person_of
from tallman.server.patients.actions import add_patient
from tallman.server.patients.models import Patient
from tallman.server.refusal import refuse, unless_may

__all__ = ["know_numbers", "say_who"]


@transaction.atomic
def know_numbers(*, patient: Patient, numbers: Iterable[tuple[str, str]], message: Message, by: Author) -> None:
    """Another system calls the patient by these numbers (who gave it, the number). Those that are known are left."""
    fresh = [n for n in numbers if not KnownNumber.objects.filter(authority=n[0], number=n[1]).exists()]
    for authority, number in fresh:
        row = KnownNumber.objects.create(patient=patient, authority=authority, number=number, message=message)
        data = {"authority": authority, "number": number, "message": message.pk}
        record(action="exchange.know_numbers", by=by, subject=row, patient=patient, data=data)


@transaction.atomic
def say_who(*, message: Message, event: EncounterEvent, patient: Patient | None, by: User) -> Message:
    """A person says who a waiting message is about: somebody on record, or (None) somebody new, who gets a chart.

    From then on the sender's numbers lead to them; one that led to somebody else before is a pharmacist's to move. The
    message is read again after that: `read_again`.
    """
    unless_may(by, "retry-exception")
    unless_may(by, "edit-patients")
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.status != Message.PARKED:
        raise refuse("settled", "Somebody has dealt with this message already.")
    is_new = patient is None
    row.patient = patient or add_patient(person=person_of(event.patient), by=by)
    row.save(update_fields=["patient"])
    moved = [_moved(number, row.patient, by) for number in known(event, row) if number.patient != row.patient]
    know_numbers(patient=row.patient, numbers=numbers_of(event, row), message=row, by=by)
    data = {"patient": row.patient.pk, "is_new": is_new, "moved": moved}
    record(action="exchange.say_who", by=by, subject=row, patient=row.patient, data=data)
    return row


def _moved(number: KnownNumber, patient: Patient, by: User) -> dict[str, object]:
    """Give a number that led to somebody else to this patient. Returns what it was."""
    if not by.can("decide"):
        raise refuse("number", f"The number belongs to {number.patient}: only a pharmacist may say that it does not.")
    before = {"authority": number.authority, "number": number.number, "patient": number.patient_id}
    number.patient = patient
    number.save(update_fields=["patient"])
    return before
