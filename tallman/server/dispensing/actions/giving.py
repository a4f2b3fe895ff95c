"""Handing over, coming back for the rest, and taking back what nobody fetched."""

from __future__ import annotations

from django.db import transaction

from tallman.core.supply import supplied_until
from tallman.core.workflow import Action
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.dispensing.fills import give_back, in_work, refuse_unusable
from tallman.server.dispensing.models import Fill, HandOver
from tallman.server.dispensing.rest import refuse_late_rest
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.steps import locked, moved, written
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["complete_owed", "hand_over", "return_to_stock"]


@transaction.atomic
def hand_over(
    *, prescription: Prescription, version: int, first_identifier: str, second_identifier: str, counselling: str,
    by: User, counselled_by: User | None = None, picked_up_by: str = "", relationship: str = "self",
) -> HandOver:  # fmt: skip
    """It goes into somebody's hands, after two identifiers (codes of `HandOver.IDENTIFIERS`) were asked for and agreed.

    `counselling` is accepted or declined; accepted needs the pharmacist who counselled. `picked_up_by` may be left out
    when the patient came in person.
    """
    row = locked(prescription, version)
    work = moved(row, Action.HAND_OVER, by)
    _check_identifiers(first_identifier, second_identifier)
    _check_counselling(counselling, counselled_by)
    if relationship not in dict(HandOver.RELATIONSHIPS):
        raise refuse("relationship", "Say who picks it up.")
    name = picked_up_by.strip() or (row.patient_name if relationship == "self" else "")
    if not name:
        raise refuse("picked-up-by", "Write the name of who picks it up.")
    fill = in_work(row)
    refuse_unusable(fill)
    made = HandOver.objects.create(
        fill=fill, first_identifier=first_identifier, second_identifier=second_identifier, counselling=counselling,
        counselled_by=counselled_by, picked_up_by=name, relationship=relationship, by=by, at=clock.now(),
    )  # fmt: skip
    _close(row, fill)
    written(row, work, by)
    data = {"fill": fill.number, "counselling": counselling, "relationship": relationship, "owed": row.owed_quantity}
    record(action="dispensing.hand_over", by=by, subject=made, patient=row.patient, data=data)
    return made


def _check_identifiers(first: str, second: str) -> None:
    known = dict(HandOver.IDENTIFIERS)
    if first not in known or second not in known or first == second:
        raise refuse("identifiers", "Ask for two different identifiers, such as full name and date of birth.")


def _check_counselling(counselling: str, counselled_by: User | None) -> None:
    if counselling not in dict(HandOver.COUNSELLING):
        raise refuse("counselling", "Offer counselling, and say what the answer was.")
    if counselling == "accepted" and (counselled_by is None or not counselled_by.can("counsel")):
        raise refuse("counsellor", "Counselling is a pharmacist's: say which pharmacist gave it.")
    if counselling == "declined" and counselled_by is not None:
        raise refuse("counsellor", "Counselling was declined: nobody gave it.")


def _close(row: Prescription, fill: Fill) -> None:
    fill.is_open = False
    fill.save()
    row.handed_over_at = clock.now()
    row.supplied_until = supplied_until(clock.today(), fill.days_supply, row.supplied_until)


@transaction.atomic
def complete_owed(*, prescription: Prescription, version: int, by: User) -> Prescription:
    """The rest can be filled now; refused when the law's time for it is over."""
    row = locked(prescription, version)
    work = moved(row, Action.COMPLETE_OWED, by)
    refuse_late_rest(row)
    written(row, work, by)
    record(action="dispensing.complete_owed", by=by, subject=row, data={"owed": row.owed_quantity})
    return row


@transaction.atomic
def return_to_stock(*, prescription: Prescription, version: int, reason: str, by: User) -> Fill:
    """Nobody fetched it, or it cannot be given: it goes back on the shelf. A rest that was owed stays owed."""
    row = locked(prescription, version)
    work = moved(row, Action.RETURN_TO_STOCK, by)
    if not reason.strip():
        raise refuse("reason", "Say why it goes back.")
    fill = give_back(row, in_work(row), "returned", reason, by)
    written(row, work, by)
    record(action="dispensing.return_to_stock", by=by, subject=fill, patient=row.patient, data={"reason": reason})
    return fill
