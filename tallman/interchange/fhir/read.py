"""A posted Bundle or MedicationRequest as received prescriptions: nothing is matched or judged here.

In a Bundle with drafts the drafts are the prescriptions, as in `case`; without one the active orders are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, tzinfo
from typing import Any

from tallman.core.patient import Observation
from tallman.core.received import Code, Coverage, ReadWarning, ReceivedAllergy, ReceivedPatient, ReceivedPrescription
from tallman.interchange.fhir import allergies
from tallman.interchange.fhir.contents import Contents, Held, contents_of
from tallman.interchange.fhir.coverage import coverage_of
from tallman.interchange.fhir.current import is_draft
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.observations import observations_of
from tallman.interchange.fhir.people import patient_as_sent
from tallman.interchange.fhir.prescriptions import prescription
from tallman.interchange.fhir.resources import AllergyIntolerance, MedicationRequest
from tallman.interchange.fhir.resources import Observation as ObservationResource
from tallman.interchange.fhir.subject import own, patient_of, subject_of
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["Unreadable", "allergies_sent", "named_patient", "observations_sent", "read"]

_ORDERS = ("order", "original-order", "reflex-order", "filler-order", "instance-order", "")


def read(data: bytes, zone: tzinfo = UTC) -> list[ReceivedPrescription]:
    """One received prescription for each order in a FHIR R4 Bundle or MedicationRequest, in the order sent.

    `zone` is the pharmacy's time zone, for the days of moments that are given in UTC.
    Raises Unreadable with a reason from the fixed table and the place.
    """
    sent = document(data)
    is_bundle = sent["resourceType"] == "Bundle"
    if not is_bundle and sent["resourceType"] != "MedicationRequest":
        raise Unreadable("NOT-AN-ORDER")
    contents = contents_of(sent)
    contents.zone = zone
    orders = _orders(contents)
    if not orders:
        raise Unreadable("NO-ORDER")
    if is_bundle:
        return _from_bundle(contents, orders, is_signed=_is_signed(sent, contents))
    alone = replace(prescription(contents, orders[0]), patient=named_patient(contents, orders[0]))
    return [replace(alone, warnings=tuple(contents.warnings))]


def _orders(contents: Contents) -> list[Held]:
    requests = list(contents.of("MedicationRequest"))
    return [h for h in requests if is_draft(contents, h)] or [h for h in requests if _is_order(contents, h)]


def _is_order(contents: Contents, held: Held) -> bool:
    request = contents.read(held, MedicationRequest)
    return request.status.strip().lower() == "active" and request.intent in _ORDERS and not request.do_not_perform


def _from_bundle(contents: Contents, orders: list[Held], *, is_signed: bool) -> list[ReceivedPrescription]:
    held = patient_of(contents, orders)
    sent, none_known = allergies_sent(contents, held)
    shared = ReceivedPrescription(
        patient=patient_as_sent(contents, held),
        allergies=sent,
        no_known_allergies=none_known,
        observations=observations_sent(contents, held),
        coverage=_coverage(contents, held),
        signed=is_signed,
    )
    read = [(h, prescription(contents, h)) for h in orders]
    return [_with(shared, found, _about(contents, h, orders)) for h, found in read]


def _with(
    shared: ReceivedPrescription, own: ReceivedPrescription, warnings: tuple[ReadWarning, ...]
) -> ReceivedPrescription:
    return replace(
        own,
        patient=shared.patient,
        allergies=shared.allergies,
        no_known_allergies=shared.no_known_allergies,
        observations=shared.observations,
        coverage=shared.coverage,
        signed=shared.signed,
        warnings=warnings,
    )


def _about(contents: Contents, held: Held, orders: list[Held]) -> tuple[ReadWarning, ...]:
    """The warnings of an order: all but those about the other orders."""
    others = tuple(f"{o.where}." for o in orders if o.where != held.where)
    return tuple(w for w in contents.warnings if not f"{w.where}.".startswith(others))


def allergies_sent(contents: Contents, patient: Held) -> tuple[tuple[ReceivedAllergy, ...], bool]:
    """The patient's allergies, unread ones standing for themselves, and whether the sender says that none are known."""
    found: list[ReceivedAllergy] = []
    asked = allergies.without_any(contents, patient)
    for held, is_ours in own(contents, patient, "AllergyIntolerance"):
        try:
            contents.read(held, AllergyIntolerance)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            found.append(ReceivedAllergy(allergies.UNREAD.substance))
            continue
        recorded = allergies.as_received(contents, held)
        if not is_ours:
            found.append(ReceivedAllergy(allergies.UNCLEAR.substance))
        elif allergies.says_none(recorded):
            asked = asked or recorded.is_current
        elif recorded.is_current and not allergies.is_none_of_a_kind(recorded):
            found.append(allergies.sent_allergy(recorded))
    return tuple(found), asked and not found


def observations_sent(contents: Contents, patient: Held) -> tuple[Observation, ...]:
    """What was measured of the patient, newest first."""
    readable = []
    for held, is_ours in own(contents, patient, "Observation"):
        try:
            contents.read(held, ObservationResource)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            continue
        readable += [held] if is_ours else []
    return observations_of(contents, readable, date.max)


def _coverage(contents: Contents, patient: Held) -> tuple[Coverage, ...]:
    held = [h for h, is_ours in own(contents, patient, "Coverage") if is_ours]
    return tuple(c for h in held for c in [coverage_of(contents, h)] if c)


def named_patient(contents: Contents, order: Held) -> ReceivedPatient:
    """Of a resource sent alone: the Patient inside it, else the name and number it points at."""
    subject = subject_of(order)
    found = contents.find(subject, order)
    if found is not None and found.kind == "Patient":
        return patient_as_sent(contents, found)
    contents.warn("REFERENCE-UNKNOWN", f"{order.where}.subject")
    number = subject.identifier
    codes = (Code(number.system, number.value),) if number and number.value else ()
    return ReceivedPatient(family_name=subject.display.strip(), identifiers=codes)


def _is_signed(sent: dict[str, Any], contents: Contents) -> bool:
    return bool(sent.get("signature")) or any(h.raw.get("signature") for h in contents.of("Provenance"))
