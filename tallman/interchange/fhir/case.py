"""A FHIR R4 Bundle as a case to be screened: one patient, what is taken, and the draft orders.

MedicationRequests that are drafts are screened; active ones, and medicines that statements or dispensings show to be
taken, are the current medicines. Nothing is lost silently: what cannot be read is a warning, and an order, current
medicine or allergy that cannot be read stays in the case as one of which the checks must say that they could not look.
"""

from __future__ import annotations

from datetime import date

from tallman.core import patient as core
from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.received import ReadWarning
from tallman.core.screening.case import Case
from tallman.interchange.fhir import allergies
from tallman.interchange.fhir.contents import Contents, Held, contents_of
from tallman.interchange.fhir.current import current_orders, id_of, is_draft, past_orders
from tallman.interchange.fhir.dates import about_born, exact_day
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.encounter_resources import Encounter
from tallman.interchange.fhir.kinds import NOT_READ
from tallman.interchange.fhir.observations import observations_of
from tallman.interchange.fhir.orders import as_order
from tallman.interchange.fhir.people import sex_of
from tallman.interchange.fhir.prescriptions import prescription
from tallman.interchange.fhir.problems import family_of, problems_of, procedures_of, reasons_of_stay
from tallman.interchange.fhir.resources import (
    AllergyIntolerance,
    Condition,
    FamilyMemberHistory,
    MedicationRequest,
    Observation,
    Patient,
    Procedure,
    Resource,
)
from tallman.interchange.fhir.subject import own, patient_of
from tallman.interchange.fhir.warnings import Unreadable, UnreadableBundle

__all__ = ["UnreadableBundle", "patient_in", "read_case"]

_READ_WITH_THE_PATIENT: dict[str, type[Resource]] = {
    "Condition": Condition,
    "Encounter": Encounter,
    "Observation": Observation,
    "Procedure": Procedure,
    "FamilyMemberHistory": FamilyMemberHistory,
}


def read_case(data: bytes, knowledge: Knowledge, on: date | None = None) -> tuple[Case, list[ReadWarning]]:
    """The case in a Bundle on its own day or on `on`, and what was not understood.

    Raises UnreadableBundle, saying where and what to do.
    """
    try:
        sent = document(data)
        if sent["resourceType"] != "Bundle":
            raise Unreadable("NOT-A-BUNDLE")
        timestamp = sent.get("timestamp")
        day = on or exact_day(timestamp if isinstance(timestamp, str) else "")
        if day is None:
            raise Unreadable("NO-DATE")
        contents = contents_of(sent)
        case = _case(contents, knowledge, day)
    except Unreadable as error:
        raise UnreadableBundle(error.code, error.where) from error
    if not case.proposed:
        contents.warn("NO-DRAFT", "Bundle")
    return case, contents.warnings


def _case(contents: Contents, knowledge: Knowledge, on: date) -> Case:
    drafts = [h for h in contents.of("MedicationRequest") if is_draft(contents, h)]
    patient = patient_of(contents, drafts)
    for held in contents.of(*NOT_READ):
        contents.warn("NOT-USED", held.where)
    return Case(
        patient=patient_in(contents, patient, knowledge, on),
        current=current_orders(contents, patient, knowledge, on),
        past=past_orders(contents, patient, knowledge, on),
        proposed=tuple(_draft(contents, h, knowledge) for h in drafts),
        on=on,
    )


def _draft(contents: Contents, held: Held, knowledge: Knowledge) -> Order:
    received = prescription(contents, held)
    prior = contents.find(contents.read(held, MedicationRequest).prior_prescription, held)
    replaces = (id_of(contents, prior),) if prior else (received.replaces,) if received.replaces else ()
    order = as_order(id_of(contents, held), received, knowledge, replaces=replaces)
    if order.medicine.conflict:
        contents.warn("CODE-AND-TEXT-DIFFER", held.where)
    return order


def patient_in(contents: Contents, held: Held, knowledge: Knowledge, on: date) -> core.Patient:
    """The facts about a patient that stand in a message. Raises Unreadable when the Patient cannot be read."""
    try:
        patient = contents.read(held, Patient)
    except Unreadable as error:
        raise Unreadable("PATIENT-UNREADABLE", held.where) from error
    born = about_born(contents, patient.birth_date, f"{held.where}.birthDate", on)
    if born and born > on:
        contents.warn("IN-THE-FUTURE", f"{held.where}.birthDate")
    if patient.deceased_boolean or patient.deceased_date_time:
        contents.warn("DECEASED", held.where)
    clear = {
        kind: [h for h, is_ours in own(contents, held, kind) if is_ours and _is_readable(contents, h, shape)]
        for kind, shape in _READ_WITH_THE_PATIENT.items()
    }
    problems = (
        *(c for h in clear["Condition"] for c in problems_of(contents, h, on)),
        *(c for h in clear["Encounter"] for c in reasons_of_stay(contents, h)),
        *(c for h in clear["Procedure"] for c in procedures_of(contents, h)),
        *(c for h in clear["FamilyMemberHistory"] for c in family_of(contents, h)),
    )
    return core.with_measurements(
        core.Patient(
            birth_date=born,
            sex=sex_of(contents, held, patient.gender) or None,
            allergies=_allergies(contents, held, knowledge),
            conditions=problems,
            observations=observations_of(contents, clear["Observation"], on),
        )
    )


def _is_readable(contents: Contents, held: Held, shape: type[Resource]) -> bool:
    try:
        contents.read(held, shape)
    except Unreadable:
        contents.warn("RESOURCE-UNREADABLE", held.where)
        return False
    return True


def _allergies(contents: Contents, patient: Held, knowledge: Knowledge) -> tuple[core.Allergy, ...] | None:
    """Every allergy on record; empty when somebody asked and there are none, None when nobody is known to have."""
    found: list[core.Allergy] = []
    asked = allergies.without_any(contents, patient)
    for held, is_ours in own(contents, patient, "AllergyIntolerance"):
        if not _is_readable(contents, held, AllergyIntolerance) or not is_ours:
            found.append(allergies.UNREAD if is_ours else allergies.UNCLEAR)
            continue
        recorded = allergies.as_received(contents, held)
        asked = asked or (recorded.is_current and allergies.says_none(recorded))
        found += allergies.understood(recorded, knowledge)
    return tuple(found) if found or asked else None
