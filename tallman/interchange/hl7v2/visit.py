"""The visit of PV1 and PV2: its numbers, its kind, where the person is, and when they came and went."""

from __future__ import annotations

from datetime import datetime, tzinfo

from tallman.core.received import Code
from tallman.core.reconciliation.encounter import EncounterClass, Location
from tallman.interchange.hl7v2.message import Message, Part, Segment
from tallman.interchange.hl7v2.people import number_of
from tallman.interchange.hl7v2.times import moment_of

__all__ = ["class_of", "location_of", "reason_of", "time_of_event", "time_recorded", "visit_numbers"]

_CLASSES = {
    "I": EncounterClass.INPATIENT, "IMP": EncounterClass.INPATIENT, "INPATIENT": EncounterClass.INPATIENT,
    "E": EncounterClass.EMERGENCY, "EMER": EncounterClass.EMERGENCY, "EMERGENCY": EncounterClass.EMERGENCY,
    "O": EncounterClass.OUTPATIENT, "AMB": EncounterClass.OUTPATIENT, "OUTPATIENT": EncounterClass.OUTPATIENT,
    "R": EncounterClass.OUTPATIENT, "P": EncounterClass.PREADMISSION, "PREADMIT": EncounterClass.PREADMISSION,
    "B": EncounterClass.INPATIENT, "OBS": EncounterClass.OBSERVATION,
    "OBSENC": EncounterClass.OBSERVATION, "OBSERVATION": EncounterClass.OBSERVATION,
}  # fmt: skip
"""HL7 table 0004, which each site may add to; B is obstetrics, R recurring. FHIR's codes are sent by some."""
_NOT_SAID = ("", "N", "U")
_FACILITY = 4
_TAKES_BACK = frozenset({"A11", "A12", "A13"})


def class_of(pv1: Segment) -> EncounterClass:
    """The kind of stay; unknown, with a warning, for a code of the sender's own."""
    said = pv1.text(2).upper()
    found = _CLASSES.get(said, EncounterClass.UNKNOWN)
    if not found and said not in _NOT_SAID:
        pv1.warn("CLASS-UNKNOWN", 2)
    return found


def visit_numbers(message: Message) -> tuple[Code | None, tuple[Code, ...]]:
    """The number of the visit (PV1-19), and the others that may stand for it: PV1-50 and the account of PID-18."""
    pv1, pid = message.first("PV1"), message.first("PID")
    visit = number_of(pv1.part(19))
    others = tuple(dict.fromkeys(filter(None, map(number_of, [*pv1.parts(50), *pid.parts(18)]))))
    if visit is None:
        pv1.warn("NO-VISIT-NUMBER", 19)
    return visit, others


def location_of(part: Part) -> Location:
    """Ward, room and bed of a PL field, the house, and its description."""
    return Location(
        unit=part.text(1),
        room=part.text(2),
        bed=part.text(3),
        facility=part.text(_FACILITY),
        name=part.text(9),
    )


def time_of_event(message: Message, event: str, zone: tzinfo) -> datetime | None:
    """When it happened: EVN-6; else for an admission PV1-44, for a discharge PV1-45; else when it was recorded.

    What takes something back happened when it was recorded: there EVN-6 is the time of what is taken back.
    """
    if event in _TAKES_BACK:
        return time_recorded(message, zone)
    pv1 = message.first("PV1")
    own = {"A01": 44, "A04": 44, "A03": 45}.get(event)
    said = [message.first("EVN").part(6), *([pv1.part(own)] if own else [])]
    found = (moment_of(part, zone) for part in said)
    return next(filter(None, found), None) or time_recorded(message, zone)


def time_recorded(message: Message, zone: tzinfo) -> datetime | None:
    """When it was entered (EVN-2), else when the message was sent (MSH-7)."""
    found = (moment_of(part, zone) for part in (message.first("EVN").part(2), message.first("MSH").part(7)))
    return next(filter(None, found), None)


def reason_of(message: Message) -> str:
    """Why the person came, in words: PV2-3."""
    part = message.first("PV2").part(3)
    return part.text(2) or part.text(5) or part.text(1)
