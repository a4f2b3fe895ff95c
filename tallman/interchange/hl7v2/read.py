"""An ADT message as one event of one encounter. Nothing is matched or judged here.

Source: HL7 Version 2.3 to 2.8, chapters 2 (control) and 3 (patient administration): the fields they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.core.reconciliation.encounter import EncounterKind as Kind
from tallman.interchange.hl7v2.facts import allergies_of, observations_of, problems_of
from tallman.interchange.hl7v2.header import Header, read_header
from tallman.interchange.hl7v2.message import Message, Part, parse
from tallman.interchange.hl7v2.people import number_of, patient_of, practitioner_of
from tallman.interchange.hl7v2.place import Place
from tallman.interchange.hl7v2.times import moment_of
from tallman.interchange.hl7v2.visit import (
    class_of,
    location_of,
    reason_of,
    time_of_event,
    time_recorded,
    visit_numbers,
)
from tallman.interchange.hl7v2.warnings import Unreadable

__all__ = ["NOTHING_TO_DO", "Received", "Unreadable", "read"]

_KINDS = {
    "A01": Kind.ADMITTED, "A04": Kind.ADMITTED, "A06": Kind.ADMITTED, "A02": Kind.TRANSFERRED,
    "A12": Kind.TRANSFERRED, "A03": Kind.DISCHARGED, "A07": Kind.UPDATED, "A08": Kind.UPDATED, "A31": Kind.UPDATED,
    "A54": Kind.UPDATED, "A60": Kind.UPDATED, "A11": Kind.CANCELLED, "A13": Kind.DISCHARGE_CANCELLED,
    "A18": Kind.MERGED, "A34": Kind.MERGED, "A39": Kind.MERGED, "A40": Kind.MERGED,
}  # fmt: skip
"""A06 makes an inpatient of an outpatient, A07 the other way. A12 takes a transfer back: PV1-3 says where they are."""
NOTHING_TO_DO = frozenset(
    "A05 A09 A10 A14 A15 A16 A20 A21 A22 A25 A26 A27 A28 A29 A32 A33 A38 A52 A53 A55 A61 A62".split()
)
"""Plans, leaves of absence, beds, people without a visit: nothing that a pharmacy acts on."""
_ABOUT_THE_PERSON = frozenset({"A31", "A60"})
_WITHOUT_VISIT = frozenset({"A31", "A60", "A18", "A34", "A39", "A40"})
_CLEARABLE = {"location": ("PV1", 3), "attending": ("PV1", 7), "discharged_at": ("PV1", 45)}


@dataclass(frozen=True)
class Received:
    """A message that could be read: `event` is None where nothing is to be done about it here."""

    header: Header
    event: EncounterEvent | None


def read(data: bytes, zone: tzinfo = UTC) -> Received:
    """The header of an ADT message and its event. `zone` is that of times without an offset.

    Raises Unreadable with a reason from the fixed table, the place and what is known of the header; nothing else.
    """
    message = parse(data)
    header = read_header(message, zone)
    try:
        return Received(header, _event(message, header, header.zone or zone))
    except Unreadable as refused:
        raise Unreadable(refused.code, refused.place, header) from refused


def _event(message: Message, header: Header, zone: tzinfo) -> EncounterEvent | None:
    if header.kind != "ADT":
        raise Unreadable("NOT-ADT", Place("MSH", 1, 9))
    if header.event in NOTHING_TO_DO:
        return None
    kind = _KINDS.get(header.event)
    if kind is None:
        raise Unreadable("EVENT-UNKNOWN", Place("MSH", 1, 9, 1, 2))
    _require(message, header.event)
    when = time_of_event(message, header.event, zone)
    if when is None:
        message.warn("EVENT-TIME-MISSING", Place("EVN", 1, 2))
    return _built(message, header, kind, when, zone)


def _require(message: Message, event: str) -> None:
    """Raises Unreadable for a message that does not say who the patient is. Warns of what else is missing."""
    pid = message.first("PID")
    if not pid:
        raise Unreadable("NO-PID", Place("PID"))
    if not pid.part(3) and not pid.part(5) and not pid.part(2):
        raise Unreadable("NO-NAME-OR-NUMBER", pid.place(3))
    if not message.first("PV1") and event not in _WITHOUT_VISIT:
        message.warn("SEGMENT-MISSING", Place("PV1"))
    for name in ("PID", "PV1", "EVN"):
        for twin in list(message.all(name))[1:]:
            twin.warn("REPEATED")


def _built(message: Message, header: Header, kind: Kind, when: datetime | None, zone: tzinfo) -> EncounterEvent:
    pid, pv1 = message.first("PID"), message.first("PV1")
    encounter, accounts = visit_numbers(message) if header.event not in _WITHOUT_VISIT else (None, ())
    allergies, none_known = allergies_of(message)
    former = tuple(filter(None, (number_of(p) for s in message.all("MRG") for p in s.parts(1))))
    if kind is Kind.MERGED and not former:
        raise Unreadable("NO-FORMER-NUMBER", Place("MRG", 1, 1))
    event = EncounterEvent(
        kind=kind,
        encounter=encounter,
        accounts=accounts,
        patient=patient_of(message),
        class_=class_of(pv1),
        when=when,
        recorded_at=time_recorded(message, zone),
        location=location_of(pv1.part(3)),
        prior_location=location_of(pv1.part(6)),
        service=pv1.text(10, 2) or pv1.text(10),
        attending=practitioner_of(pv1, 7),
        admitted_at=moment_of(pv1.part(44), zone),
        discharged_at=moment_of(pv1.part(45), zone),
        came_from=_words(pv1.part(14)),
        disposition=_words(pv1.part(36)),
        facility=header.sender[1] or header.sender[0],
        reason=reason_of(message),
        allergies=allergies,
        no_known_allergies=none_known,
        problems=problems_of(message),
        observations=observations_of(message),
        former=former,
        cleared=frozenset(name for name, at in _CLEARABLE.items() if message.first(at[0]).part(at[1]).is_deleted),
        is_about_person_only=header.event in _ABOUT_THE_PERSON,
        died=pid.text(30).upper() == "Y" or bool(pid.text(29)),
        is_test=header.is_test,
    )
    return replace(event, warnings=message.warnings)


def _words(part: Part) -> str:
    """The words of a coded field, else its code."""
    return part.text(2) or part.text(1)
