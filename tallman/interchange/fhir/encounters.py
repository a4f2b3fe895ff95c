"""An Encounter, alone or in a Bundle, as one event: nothing is matched or judged here.

FHIR tells a state where HL7 v2 tells events: what happened is said by a MessageHeader, else by the status.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from tallman.core.patient import Condition
from tallman.core.received import Code, ReceivedPatient, ReceivedPrescriber
from tallman.core.reconciliation.encounter import EncounterClass, EncounterEvent, EncounterKind
from tallman.interchange.fhir.contents import Contents, Held, contents_of, tail
from tallman.interchange.fhir.dates import moment_of
from tallman.interchange.fhir.decode import document
from tallman.interchange.fhir.encounter_place import current_place, location_of, name_of
from tallman.interchange.fhir.encounter_resources import Encounter, MessageHeader
from tallman.interchange.fhir.people import patient_as_sent, prescriber_of
from tallman.interchange.fhir.problems import problems_of
from tallman.interchange.fhir.read import allergies_sent, named_patient, observations_sent
from tallman.interchange.fhir.resources import Condition as ConditionResource
from tallman.interchange.fhir.resources import Patient
from tallman.interchange.fhir.subject import own, patient_of
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["is_about_an_encounter", "read_encounter"]

_CLASSES = {
    "IMP": EncounterClass.INPATIENT, "ACUTE": EncounterClass.INPATIENT, "NONAC": EncounterClass.INPATIENT,
    "SS": EncounterClass.INPATIENT, "EMER": EncounterClass.EMERGENCY, "AMB": EncounterClass.OUTPATIENT,
    "HH": EncounterClass.OUTPATIENT, "VR": EncounterClass.OUTPATIENT, "FLD": EncounterClass.OUTPATIENT,
    "OBSENC": EncounterClass.OBSERVATION, "PRENC": EncounterClass.PREADMISSION,
}  # fmt: skip
"""HL7 v3 ActEncounterCode; SS is a short stay."""
_STATUSES = {
    "arrived": EncounterKind.ADMITTED, "triaged": EncounterKind.ADMITTED, "in-progress": EncounterKind.ADMITTED,
    "onleave": EncounterKind.UPDATED, "finished": EncounterKind.DISCHARGED, "cancelled": EncounterKind.CANCELLED,
    "entered-in-error": EncounterKind.CANCELLED,
}  # fmt: skip
_EVENTS = {
    "admit": EncounterKind.ADMITTED, "transfer": EncounterKind.TRANSFERRED, "discharge": EncounterKind.DISCHARGED,
}  # fmt: skip
"""How the codes of Da Vinci notifications end: notification-admit …"""
_CURRENT = ("arrived", "triaged", "in-progress", "onleave")
_ATTENDING = ("ATND", "PPRF", "ADM")


def is_about_an_encounter(sent: dict[str, Any]) -> bool:
    """Whether a resource is an Encounter, or a Bundle whose header says so or that has one and no order."""
    if sent["resourceType"] != "Bundle":
        return bool(sent["resourceType"] == "Encounter")
    entries = sent.get("entry")
    held = [e.get("resource") for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    kinds = {r.get("resourceType") for r in held if isinstance(r, dict)}
    return "Encounter" in kinds and ("MessageHeader" in kinds or "MedicationRequest" not in kinds)


def read_encounter(data: bytes, zone: tzinfo = UTC) -> EncounterEvent | None:
    """The event of an Encounter sent alone or in a Bundle; None for one that is only planned.

    `zone` is that of days without a time. Raises Unreadable with a reason from the fixed table and the place.
    """
    sent = document(data)
    if sent["resourceType"] not in ("Bundle", "Encounter"):
        raise Unreadable("NOT-AN-ENCOUNTER")
    contents = contents_of(sent)
    contents.zone = zone
    held = _encounter(contents)
    encounter = contents.read(held, Encounter)
    kind = _kind(contents, held, encounter)
    if kind is None:
        return None
    event = _event(contents, held, encounter, kind)
    moments = _moments(contents, sent, held, encounter, kind)
    found = replace(event, when=moments[0], recorded_at=moments[1])
    if sent["resourceType"] == "Bundle":
        found = _with_facts(contents, found, patient_of(contents, [held]))
    else:
        found = replace(found, patient=named_patient(contents, held))
    return replace(found, warnings=tuple(contents.warnings))


def _encounter(contents: Contents) -> Held:
    """The one it is about: what the header points at, else the only one, else the only one that has not ended."""
    found = list(contents.of("Encounter"))
    if not found:
        raise Unreadable("NO-ENCOUNTER")
    for header in contents.of("MessageHeader"):
        targets = [contents.find(f, header) for f in contents.read(header, MessageHeader).focus]
        focused = [t for t in targets if t is not None and t.kind == "Encounter"]
        found = focused or found
    if len(found) > 1:
        found = [h for h in found if contents.read(h, Encounter).status.strip() in _CURRENT]
    if len(found) != 1:
        raise Unreadable("SEVERAL-ENCOUNTERS")
    return found[0]


def _kind(contents: Contents, held: Held, encounter: Encounter) -> EncounterKind | None:
    status = encounter.status.strip().lower()
    said = _STATUSES.get(status)
    if status == "planned":
        return None
    for header in contents.of("MessageHeader"):
        code = contents.read(header, MessageHeader).event_coding.code.strip().lower().rpartition("-")[2]
        if code in _EVENTS and said is not EncounterKind.CANCELLED:
            return _EVENTS[code]
    if said is None:
        contents.warn("ENCOUNTER-STATUS", f"{held.where}.status")
    return said or EncounterKind.UPDATED


def _event(contents: Contents, held: Held, encounter: Encounter, kind: EncounterKind) -> EncounterEvent:
    period, stay = encounter.period, encounter.hospitalization
    numbers = _numbers(held, encounter)
    where = held.where
    return EncounterEvent(
        kind=kind,
        encounter=next(iter(numbers), None),
        accounts=numbers[1:],
        class_=_class(contents, held, encounter),
        location=location_of(contents, held, encounter),
        service=next(iter(encounter.service_type.texts()), ""),
        attending=_attending(contents, held, encounter),
        admitted_at=moment_of(contents, period.start, f"{where}.period.start"),
        discharged_at=moment_of(contents, period.end, f"{where}.period.end"),
        came_from=next(iter(stay.admit_source.texts()), ""),
        disposition=next(iter(stay.discharge_disposition.texts()), ""),
        facility=name_of(contents, held, encounter.service_provider),
        reason=", ".join(t for c in encounter.reason_code for t in c.texts()[:1]),
        died="exp" in (c.code.lower() for c in stay.discharge_disposition.coding),
    )


def _numbers(held: Held, encounter: Encounter) -> tuple[Code, ...]:
    """The identifiers; without one the resource's own address, which stays the same for the same encounter."""
    found = tuple(Code(i.system.strip(), i.value.strip()) for i in encounter.identifier if i.value.strip())
    if found:
        return found
    if "://" in held.url:
        base, _, _ = held.url.rpartition("/")
        return (Code(base, tail(held.url)[1]),)
    return (Code("", held.id),) if held.id else ()


def _class(contents: Contents, held: Held, encounter: Encounter) -> EncounterClass:
    code = encounter.class_.code.strip().upper()
    found = _CLASSES.get(code, EncounterClass.UNKNOWN)
    if not found:
        contents.warn("ENCOUNTER-CLASS", f"{held.where}.class")
    return found


def _attending(contents: Contents, held: Held, encounter: Encounter) -> ReceivedPrescriber:
    def rank(index: int) -> int:
        codes = [c.code.upper() for t in encounter.participant[index].type for c in t.coding]
        return min((_ATTENDING.index(c) for c in codes if c in _ATTENDING), default=len(_ATTENDING))

    order = sorted(range(len(encounter.participant)), key=rank)
    if not order:
        return ReceivedPrescriber()
    return prescriber_of(contents, held, encounter.participant[order[0]].individual, f"participant[{order[0]}]")


def _moments(
    contents: Contents, sent: dict[str, Any], held: Held, encounter: Encounter, kind: EncounterKind
) -> tuple[datetime | None, datetime | None]:
    """When it happened and when it was recorded. A state without an event holds as of when it was recorded."""
    stamp, where = sent.get("timestamp"), held.where
    recorded = moment_of(contents, stamp if isinstance(stamp, str) else "", "Bundle.timestamp") or moment_of(
        contents, encounter.meta.last_updated, f"{where}.meta.lastUpdated"
    )
    place = current_place(encounter)
    moved = moment_of(contents, place.period.start, f"{where}.location.period") if place else None
    began = moment_of(contents, encounter.period.start, f"{where}.period.start")
    ended = moment_of(contents, encounter.period.end, f"{where}.period.end")
    if kind is EncounterKind.DISCHARGED:
        return ended or recorded, recorded
    if kind is EncounterKind.TRANSFERRED:
        return moved or recorded, recorded
    return recorded or moved or began, recorded


def _with_facts(contents: Contents, event: EncounterEvent, patient: Held) -> EncounterEvent:
    allergies, none_known = allergies_sent(contents, patient)
    resource = contents.read(patient, Patient)
    return replace(
        event,
        patient=_as_sent(contents, patient),
        allergies=allergies,
        no_known_allergies=none_known,
        problems=_problems(contents, patient),
        observations=observations_sent(contents, patient),
        died=event.died or bool(resource.deceased_boolean or resource.deceased_date_time),
    )


def _as_sent(contents: Contents, patient: Held) -> ReceivedPatient:
    """The Patient; the system of a number is who gave it, and empty, not its kind, where that is not said."""
    sent = contents.read(patient, Patient).identifier
    numbers = (
        Code(i.system.strip(), i.value.strip(), next((c.code for c in i.type.coding), "")) for i in sent if i.value
    )
    return replace(patient_as_sent(contents, patient), identifiers=tuple(n for n in numbers if n.display != "SS"))


def _problems(contents: Contents, patient: Held) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for held, is_ours in own(contents, patient, "Condition"):
        try:
            contents.read(held, ConditionResource)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            continue
        found += problems_of(contents, held, date.max) if is_ours else ()
    return tuple(dict.fromkeys(found))
