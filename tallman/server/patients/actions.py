"""What is done to patients and their facts. Every change to a fact tells those who screen with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author, record
from tallman.server.patients.models import Allergy, Fact, Patient, TwoPeople
from tallman.server.refusal import Conflict, refuse, unless_may
from tallman.server.web import clock

__all__ = ["add_patient", "correct_fact", "correct_patient", "record_fact", "record_no_known_allergies", "tell_apart"]

AFTER_CHANGE: list[Callable[[Patient, Author], None]] = []
"""Called inside the transaction that changed a patient's facts. The areas that screen put themselves here when they
start, because this area does not know them."""

PERSON = frozenset({
    "family_name", "given_names", "birth_date", "sex", "address", "phone", "language", "notes",
})  # fmt: skip
_SCREENED = frozenset({"birth_date", "sex"})


@transaction.atomic
def add_patient(*, person: Mapping[str, Any], by: Author) -> Patient:
    """A new person: any of the fields in `PERSON`. Raises ValidationError naming the fields that will not do."""
    unless_may(by, "edit-patients")
    patient = Patient(**_only(person, PERSON), changed_by=by.author_name)
    patient.full_clean()
    patient.save()
    record(action="patients.add_patient", by=by, subject=patient, data=dict(person))
    return patient


@transaction.atomic
def correct_patient(*, patient: Patient, version: int, changes: Mapping[str, Any], by: Author) -> Patient:
    """Change fields of the person. Raises Conflict when somebody else changed the record meanwhile."""
    unless_may(by, "edit-patients")
    row = _locked(patient.pk)
    if row.version != version:
        raise Conflict(row.changed_by, row.changed_at)
    before = _change(row, _only(changes, PERSON))
    _touch(row, by)
    record(action="patients.correct_patient", by=by, subject=row, data={"from": before, "to": dict(changes)})
    if _SCREENED & set(before):
        _tell(row, by)
    return row


@transaction.atomic
def record_fact(*, patient: Patient, fact: Fact, by: Author) -> Fact:
    """Add an allergy, condition, observation, coverage or outside medicine (an unsaved row without its patient)."""
    unless_may(by, "edit-patients")
    row = _locked(patient.pk)
    fact.patient, fact.recorded_at = row, clock.now()
    fact.recorded_by = by if isinstance(by, User) else None
    fact.full_clean(exclude=["patient", "recorded_by"])  # Both are rows at hand: nothing to look up.
    fact.save()
    if isinstance(fact, Allergy) and fact.status == "active":
        row.no_known_allergies_on = None
    _touch(row, by)
    record(action="patients.record_fact", by=by, subject=fact, data=_said(fact))
    _tell(row, by)
    return fact


@transaction.atomic
def correct_fact(*, fact: Fact, changes: Mapping[str, Any], by: Author) -> Fact:
    """Change a recorded fact, or mark it refuted, ended or in error. An allergy is a pharmacist's to change."""
    unless_may(by, "decide" if isinstance(fact, Allergy) else "edit-patients")
    row = _locked(fact.patient_id)
    current = type(fact).objects.select_for_update().get(pk=fact.pk)
    known = {f.name for f in current._meta.concrete_fields} - {"id", "patient", "recorded_at", "recorded_by"}
    before = _change(current, _only(changes, frozenset(known)))
    _touch(row, by)
    record(action="patients.correct_fact", by=by, subject=current, data={"from": before, "to": dict(changes)})
    _tell(row, by)
    return current


@transaction.atomic
def record_no_known_allergies(*, patient: Patient, by: Author) -> Patient:
    """The patient was asked and knows of no allergy. Refused while one is on record."""
    unless_may(by, "edit-patients")
    row = _locked(patient.pk)
    if Allergy.objects.filter(patient=row, status="active").exists():
        raise refuse("allergy-on-record", "An allergy is on record: a pharmacist must mark it refuted first.")
    row.no_known_allergies_on = clock.today()
    _touch(row, by)
    record(action="patients.record_no_known_allergies", by=by, subject=row)
    _tell(row, by)
    return row


@transaction.atomic
def tell_apart(*, patient: Patient, other: Patient, why: str, by: User) -> TwoPeople:
    """Two records that look like one person's belong to two people. Raises Refused without how they were told apart."""
    unless_may(by, "edit-patients")
    if patient.pk == other.pk:
        raise refuse("same", "This is one record.")
    if not why.strip():
        raise refuse("why", "Say how they were told apart: address, phone, somebody who knows both.")
    one, two = sorted((patient, other), key=lambda p: p.pk)
    _locked(one.pk)
    known = TwoPeople.objects.filter(one=one, other=two).first()
    apart = known or TwoPeople.objects.create(one=one, other=two, why=why.strip(), by=by, at=clock.now())
    data = {"records": [one.pk, two.pk], "why": why}
    record(action="patients.tell_apart", by=by, subject=apart, patient=patient, data=data)
    return apart


def _locked(pk: int) -> Patient:
    return Patient.objects.select_for_update().get(pk=pk)


def _only(values: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    if unknown := set(values) - known:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    return dict(values)


def _change(row: Patient | Fact, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Set the fields, save, and return what those that differ held before."""
    before = {name: getattr(row, name) for name, value in changes.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return before


def _touch(row: Patient, by: Author) -> None:
    row.version += 1
    row.changed_by, row.changed_at = by.author_name, clock.now()
    row.save()


def _tell(row: Patient, by: Author) -> None:
    for tell in AFTER_CHANGE:
        tell(row, by)


def _said(fact: Fact) -> dict[str, Any]:
    skipped = {"id", "patient", "recorded_at", "recorded_by"}
    return {f.name: getattr(fact, f.name) for f in fact._meta.concrete_fields if f.name not in skipped}
