"""Checking what was filled, and putting it where it waits."""

from __future__ import annotations

from django.db import transaction

from tallman.core.workflow import Action
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.dispensing import scans
from tallman.server.dispensing.fills import give_back, in_work, refuse_unusable
from tallman.server.dispensing.models import Fill
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.steps import locked, moved, written
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["reject_fill", "shelve", "verify"]


@transaction.atomic
def verify(*, prescription: Prescription, version: int, by: User) -> Fill:
    """Somebody other than the filler looked at product, quantity and label: they are right."""
    row = locked(prescription, version)
    work = moved(row, Action.VERIFY, by)
    fill = in_work(row)
    refuse_unusable(fill)
    fill.checked_by, fill.checked_at = by, clock.now()
    fill.save()
    written(row, work, by)
    record(action="dispensing.verify", by=by, subject=fill, patient=row.patient, data={"fill": fill.number})
    return fill


@transaction.atomic
def reject_fill(*, prescription: Prescription, version: int, reason: str, by: User) -> Fill:
    """The fill did not pass: its stock goes back and it is filled anew."""
    row = locked(prescription, version)
    work = moved(row, Action.REJECT_FILL, by)
    if not reason.strip():
        raise refuse("reason", "Say what is wrong with it: who filled it will read this.")
    fill = give_back(row, in_work(row), "rejected", reason, by)
    written(row, work, by)
    data = {"fill": fill.number, "reason": reason, "filled_by": fill.filled_by_id}
    record(action="dispensing.reject_fill", by=by, subject=fill, patient=row.patient, data=data)
    return fill


@transaction.atomic
def shelve(*, prescription: Prescription, version: int, bin: str, by: User) -> Fill:
    """It waits for the patient in a bin, as scanned or typed."""
    row = locked(prescription, version)
    work = moved(row, Action.SHELVE, by)
    place = scans.bin_of(bin)
    if not place:
        raise refuse("bin", "Scan the bin, or type its name.")
    if len(place) > Fill._meta.get_field("bin").max_length or scans.rx_number_of(place):
        raise refuse("bin", "That is not the name of a bin: scan the bin's own code.")
    fill = in_work(row)
    refuse_unusable(fill)
    fill.bin, fill.shelved_at = place, clock.now()
    fill.save()
    written(row, work, by)
    record(action="dispensing.shelve", by=by, subject=fill, patient=row.patient, data={"bin": place})
    return fill
