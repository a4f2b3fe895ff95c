"""The resources of FHIR R4 that tell of a stay, as typed values like those of `resources`."""

from __future__ import annotations

import msgspec

from tallman.interchange.fhir.datatypes import CodeableConcept, Coding, Element, Period, Reference
from tallman.interchange.fhir.resources import Resource

__all__ = ["Encounter", "Location", "MessageHeader", "Participant", "Place"]


class Meta(Element, frozen=True):
    """When this version of a resource came to be."""

    last_updated: str = ""


class Participant(Element, frozen=True):
    """Somebody who takes part, and as what."""

    type: tuple[CodeableConcept, ...] = ()
    individual: Reference = Reference()


class Place(Element, frozen=True):
    """Where somebody was during an encounter, and when."""

    location: Reference = Reference()
    status: str = ""
    physical_type: CodeableConcept = CodeableConcept()
    period: Period = Period()


class Hospitalization(Element, frozen=True):
    """Whence somebody came and where they went."""

    admit_source: CodeableConcept = CodeableConcept()
    discharge_disposition: CodeableConcept = CodeableConcept()


class Encounter(Resource, frozen=True):
    """One stay or visit."""

    meta: Meta = Meta()
    status: str = ""
    class_: Coding = msgspec.field(default=Coding(), name="class")
    type: tuple[CodeableConcept, ...] = ()
    service_type: CodeableConcept = CodeableConcept()
    subject: Reference = Reference()
    participant: tuple[Participant, ...] = ()
    period: Period = Period()
    reason_code: tuple[CodeableConcept, ...] = ()
    hospitalization: Hospitalization = Hospitalization()
    location: tuple[Place, ...] = ()
    service_provider: Reference = Reference()


class Location(Resource, frozen=True):
    """A place in the house: a ward, a room, a bed."""

    name: str = ""
    physical_type: CodeableConcept = CodeableConcept()
    part_of: Reference = Reference()


class MessageHeader(Resource, frozen=True):
    """What a Bundle that is a message is about."""

    event_coding: Coding = Coding()
    focus: tuple[Reference, ...] = ()
