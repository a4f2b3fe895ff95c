"""Adding those who write prescriptions, and correcting what is on record of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from tallman.server.audit.actions import Author, record
from tallman.server.prescriptions.actions.entering import rescreen
from tallman.server.prescriptions.models import REGISTRATION, Prescriber, Prescription
from tallman.server.prescriptions.queries import WAITING
from tallman.server.refusal import Conflict, refuse, unless_may
from tallman.server.web import clock

__all__ = ["add_prescriber", "correct_prescriber"]

FACTS = frozenset({
    "family_name", "given_names", "kind", "npi", *REGISTRATION, "licence", "licence_state", "practice", "address",
    "phone", "fax",
})  # fmt: skip


@transaction.atomic
def add_prescriber(
    *, family_name: str, by: Author, given_names: str = "", kind: str = "", npi: str = "", dea: str = "",
    dea_schedules: Sequence[str] = (), dea_until: date | None = None, licence: str = "", licence_state: str = "",
    practice: str = "", address: str = "", phone: str = "", fax: str = "",
) -> Prescriber:  # fmt: skip
    """Somebody new who writes prescriptions. Raises ValidationError naming the fields that will not do, among them an
    NPI that is on record already."""
    unless_may(by, "enter")
    prescriber = Prescriber(
        family_name=family_name, given_names=given_names, kind=kind, npi=npi, dea_until=dea_until, licence=licence,
        practice=practice, address=address, phone=phone, fax=fax, changed_by=by.author_name,
    )  # fmt: skip
    _set(prescriber, {"dea": dea, "dea_schedules": list(dea_schedules), "licence_state": licence_state})
    prescriber.save()
    record(action="prescriptions.add_prescriber", by=by, subject=prescriber, data={"npi": prescriber.npi})
    return prescriber


@transaction.atomic
def correct_prescriber(*, prescriber: Prescriber, version: int, changes: Mapping[str, Any], by: Author) -> Prescriber:
    """Change any of `FACTS`. Another registration screens what waits of this prescriber again.

    A blank is filled in by whoever keeps prescribers; what is on record of a registration already is a pharmacist's
    to change, for findings rest on it. Raises Conflict when somebody else was faster, Refused and ValidationError.
    """
    unless_may(by, "edit-prescribers")
    row = Prescriber.objects.select_for_update(no_key=True).get(pk=prescriber.pk)
    if row.version != version:
        raise Conflict(row.changed_by, row.changed_at)
    before = {name: getattr(row, name) for name in changes}
    _set(row, changes)
    changed = {
        name: [_told(old), _told(getattr(row, name))] for name, old in before.items() if old != getattr(row, name)
    }
    if any(before[name] for name in REGISTRATION if name in changed) and not _may_decide(by):
        raise refuse("dea", "What is on record of a DEA registration is a pharmacist's to change.")
    row.version += 1
    row.changed_by, row.changed_at = by.author_name, clock.now()
    row.save()
    record(action="prescriptions.correct_prescriber", by=by, subject=row, data={"changed": changed})
    if not changed.keys().isdisjoint(REGISTRATION):
        _rescreen(row, by)
    return row


def _set(row: Prescriber, facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - FACTS:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(row, name, value)
    row.dea, row.licence_state = row.dea.strip().upper(), row.licence_state.upper()
    row.full_clean()


def _told(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _may_decide(by: Author) -> bool:
    return not hasattr(by, "can") or by.can("decide")


def _rescreen(prescriber: Prescriber, by: Author) -> None:
    """Patients are locked in their order, as everywhere."""
    rows = Prescription.objects.filter(WAITING, prescriber=prescriber).only("pk").order_by("patient_id", "pk")
    for row in rows:
        rescreen(prescription=row, by=by)
