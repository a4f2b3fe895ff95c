"""A patient comes, moves, and goes home. Messages arrive in any order: what is older than what is known changes nothing
that newer news has told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tallman.server.audit.actions import Author, record
from tallman.server.patients.models import Patient
from tallman.server.reconciliation.actions.standing import locked, settled, touched
from tallman.server.reconciliation.models import Encounter
from tallman.server.reconciliation.own_lists import fills_list, record_list
from tallman.server.refusal import refuse, unless_may
from tallman.server.web import clock

__all__ = ["admit", "cancel", "discharge", "plan_discharge", "transfer", "update"]

FACTS = frozenset({"kind", "unit", "room", "bed", "attending", "reason"})


@transaction.atomic
def admit(
    *, patient: Patient, by: Author, at: datetime | None = None, visit_number: str = "", authority: str = "",
    facts: Mapping[str, str] | None = None,
) -> Encounter:  # fmt: skip
    """A stay begins; what the pharmacy itself knows of the patient's medicines becomes its first lists.

    `facts` are any of `FACTS`. Raises Refused when the visit is known, or when somebody is in hospital already under
    no other number.
    """
    unless_may(by, "gather-history")
    if visit_number and Encounter.objects.filter(authority=authority, visit_number=visit_number).exists():
        raise refuse("known", "This visit is on record already.")
    begun = at or clock.now()
    row = Encounter(
        patient=patient, visit_number=visit_number, authority=authority, admitted_at=begun, heard_at=begun,
        changed_by=by.author_name, changed_at=clock.now(), **_only(facts or {}),
    )  # fmt: skip
    row.full_clean(exclude=["patient"])
    row.save()
    for make in (fills_list, record_list):
        make(row)
    settled(row)
    data = {"visit": visit_number, "authority": authority, "at": begun, **(facts or {})}
    record(action="reconciliation.admit", by=by, subject=row, patient=patient, data=data)
    return row


@transaction.atomic
def transfer(
    *, encounter: Encounter, at: datetime, facts: Mapping[str, str], by: Author, version: int | None = None
) -> Encounter:
    """The patient moved; in another unit the orders are compared again."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    if at >= row.heard_at:
        if facts.get("unit", row.unit) != row.unit:
            row.moved_at = at
        _set(row, facts, at)
    settled(row)
    touched(row, by)
    record(action="reconciliation.transfer", by=by, subject=row, data={"at": at, **facts})
    return row


@transaction.atomic
def update(
    *, encounter: Encounter, at: datetime, facts: Mapping[str, str], by: Author, version: int | None = None,
    admitted_at: datetime | None = None,
) -> Encounter:  # fmt: skip
    """Something about the stay was put right, be it when it began."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    if at >= row.heard_at:
        row.admitted_at = admitted_at or row.admitted_at
        _set(row, facts, at)
    settled(row)
    touched(row, by)
    data = {"at": at, **facts} | ({"admitted_at": admitted_at} if admitted_at else {})
    record(action="reconciliation.update", by=by, subject=row, data=data)
    return row


@transaction.atomic
def plan_discharge(*, encounter: Encounter, version: int, by: Author) -> Encounter:
    """The patient is being prepared to go home: from now on the lists are compared for the discharge."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    if row.status != "in-progress":
        raise refuse("status", f"The stay is {row.get_status_display().lower()}.")
    row.discharge_planned_at = row.discharge_planned_at or clock.now()
    settled(row)
    touched(row, by)
    record(action="reconciliation.plan_discharge", by=by, subject=row)
    return row


@transaction.atomic
def discharge(*, encounter: Encounter, at: datetime, by: Author, version: int | None = None) -> Encounter:
    """The patient has left. What is not reconciled stays on the worklist: it can still be put right by telephone."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    if at < row.admitted_at:
        raise refuse("at", "The discharge lies before the admission.")
    row.discharged_at, row.status = at, "finished"
    row.heard_at = max(at, row.heard_at)
    settled(row)
    touched(row, by)
    record(action="reconciliation.discharge", by=by, subject=row, data={"at": at})
    return row


@transaction.atomic
def cancel(
    *, encounter: Encounter, at: datetime, by: Author, what: str = "admission", version: int | None = None
) -> Encounter:
    """The admission, the discharge, or the plan to discharge ("plan") was entered by mistake."""
    unless_may(by, "gather-history")
    row = locked(encounter, version)
    if what == "plan":
        if row.status != "in-progress":
            raise refuse("status", f"The stay is {row.get_status_display().lower()}.")
        row.discharge_planned_at = None
    elif what == "discharge":
        row.discharged_at, row.status = None, "in-progress"
    else:
        row.status = "cancelled"
    row.heard_at = max(at, row.heard_at)
    settled(row)
    touched(row, by)
    record(action="reconciliation.cancel", by=by, subject=row, data={"at": at, "what": what})
    return row


def _set(row: Encounter, facts: Mapping[str, str], at: datetime) -> None:
    for name, value in _only(facts).items():
        setattr(row, name, value)
    row.heard_at = at
    row.full_clean(exclude=["patient", "history_completed_by"])


def _only(facts: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - FACTS:
        raise TypeError(f"no such fact: {', '.join(sorted(unknown))}")
    return dict(facts)
