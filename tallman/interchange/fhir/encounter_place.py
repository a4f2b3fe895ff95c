"""Where in the house an Encounter is: ward, room and bed out of Locations that are part of each other."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.reconciliation.encounter import Location
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept, Reference
from tallman.interchange.fhir.encounter_resources import Encounter, Place
from tallman.interchange.fhir.encounter_resources import Location as LocationResource
from tallman.interchange.fhir.resources import Organization

__all__ = ["current_place", "location_of", "name_of"]

_SLOTS = {
    "bd": "bed", "ro": "room", "wa": "unit", "area": "unit", "lvl": "unit", "wi": "unit", "ho": "facility",
    "bu": "facility", "si": "facility",
}  # fmt: skip
"""HL7 location-physical-type."""
_ENDED = ("completed", "planned", "reserved")
_HIGHEST = 6


def current_place(encounter: Encounter) -> Place | None:
    """Where the person is: the last place that is active or has not ended; the last of all once they have left."""
    there = [p for p in encounter.location if p.status.strip() not in _ENDED and not p.period.end.strip()]
    was = [p for p in encounter.location if p.status.strip() not in ("planned", "reserved")]
    return there[-1] if there else was[-1] if was else None


def location_of(contents: Contents, held: Held, encounter: Encounter) -> Location:
    """The place by what each Location says it is; by its name alone, as the unit, where none says."""
    place = current_place(encounter)
    if place is None:
        return Location()
    found: dict[str, str] = {}
    names = list(_chain(contents, held, place))
    for slot, name in names:
        if slot and name:
            found.setdefault(slot, name)
    if not found and names:
        found["unit"] = names[0][1]
    return Location(**found, name=place.location.display.strip())


def _chain(contents: Contents, held: Held, place: Place) -> Iterator[tuple[str, str]]:
    """The place and what it is part of, each with what it is (bed, room, unit, facility; empty: not said)."""
    reference, said, within = place.location, place.physical_type, held
    for _ in range(_HIGHEST):
        target = contents.find(reference, within)
        if target is None or target.kind != "Location":
            if reference.display.strip():
                yield _slot(said), reference.display.strip()
            return
        location = contents.read(target, LocationResource)
        number = next((i.value for i in location.identifier if i.value), "")
        yield _slot(said) or _slot(location.physical_type), location.name.strip() or number or reference.display.strip()
        reference, said, within = location.part_of, CodeableConcept(), target


def _slot(kind: CodeableConcept) -> str:
    return next((_SLOTS[c.code.strip().lower()] for c in kind.coding if c.code.strip().lower() in _SLOTS), "")


def name_of(contents: Contents, held: Held, reference: Reference) -> str:
    """The name of an Organization that is pointed at, else the name beside the reference."""
    target = contents.find(reference, held)
    named = contents.read(target, Organization).name if target and target.kind == "Organization" else ""
    return named.strip() or reference.display.strip()
