"""Whose a resource is. Facts of two people are never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import Reference
from tallman.interchange.fhir.decode import as_type
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["Whose", "own", "patient_of", "subject_of", "whose"]


class Whose(Enum):
    """The patient's own, another person's, or not to be told."""

    OURS = "ours"
    OTHERS = "others"
    UNCLEAR = "unclear"


def subject_of(held: Held) -> Reference:
    """Whom a resource names as the person it is about; nobody when that cannot be read."""
    for name in ("subject", "patient", "beneficiary"):
        if isinstance(held.raw.get(name), dict):
            return as_type(held.raw[name], Reference, held.where)[0]
    return Reference()


def own(contents: Contents, patient: Held, *kinds: str) -> Iterator[tuple[Held, bool]]:
    """The patient's resources of some types; with each whether that it is theirs is clear.

    Those of others are left out. Both are warned of.
    """
    for held in contents.of(*kinds):
        found = whose(contents, patient, held, subject_of(held))
        if found is Whose.OTHERS:
            contents.warn("OTHER-PATIENT", held.where)
            continue
        if found is Whose.UNCLEAR:
            contents.warn("WHOSE-UNCLEAR", held.where)
        yield held, found is Whose.OURS


def patient_of(contents: Contents, orders: Iterable[Held]) -> Held:
    """The one Patient that the orders are for.

    Raises Unreadable when there is none, when there are several, or when an order names somebody else.
    """
    patients = list(contents.of("Patient"))
    found = {p.where: p for held in orders for p in [_named(contents, patients, held)]}
    candidates = list(found.values()) or patients
    if not candidates:
        raise Unreadable("NO-PATIENT")
    if len(candidates) > 1:
        raise Unreadable("SEVERAL-PATIENTS", candidates[1].where)
    return candidates[0]


def _named(contents: Contents, patients: list[Held], order: Held) -> Held:
    subject = subject_of(order)
    found = contents.find(subject, order)
    if found is not None and found.kind == "Patient":
        return next((p for p in patients if _same(p, found)), found)
    if not patients:
        raise Unreadable("NO-PATIENT", order.where)
    if found is not None or whose(contents, patients[0], order, subject) is not Whose.OURS:
        raise Unreadable("SEVERAL-PATIENTS" if len(patients) > 1 else "NOT-THE-PATIENT", order.where)
    return patients[0]


def _same(one: Held, other: Held) -> bool:
    return one.where == other.where or bool(one.id and (one.id, one.url) == (other.id, other.url))


def whose(contents: Contents, patient: Held, held: Held, subject: Reference) -> Whose:
    """Whether a resource that names `subject` is the patient's.

    Where nobody is named it is theirs when there is nobody else in the message.
    """
    found = contents.find(subject, held)
    if found is not None:
        return Whose.OURS if _same(found, patient) else Whose.OTHERS
    alone = len(list(contents.of("Patient"))) <= 1
    if subject.reference.strip():
        return Whose.OURS if alone and not patient.id and not patient.url else Whose.UNCLEAR
    return Whose.OURS if alone and not _contradicts(subject, patient) else Whose.UNCLEAR


def _contradicts(subject: Reference, patient: Held) -> bool:
    """Whether the subject is named by a number and the patient has another from the same giver."""
    rows = patient.raw.get("identifier", [])
    systems = [r.get("system") for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []
    return subject.identifier is not None and subject.identifier.system in systems
