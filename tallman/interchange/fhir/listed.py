"""Lists and documents among the resources of a message: which medicines they name, in which order, and what they say of
each.

A document may tell of several times: what was taken on admission, what was given in hospital, what goes on. Its present
is what counts; the past is kept apart, so that nothing that was stopped comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from tallman.core.reconciliation.line import State
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept
from tallman.interchange.fhir.resources import Composition, ListEntry, ListResource, Section
from tallman.interchange.fhir.systems import codes_in
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["FLAGS", "MEDICINES", "Listing", "Time", "Unlinked", "listing_of"]

MEDICINES = ("MedicationStatement", "MedicationRequest", "MedicationDispense")
FLAGS = "urn:oid:1.2.36.1.2001.1001.101.104.16592"
"""Patient medicine change types, the example flags of FHIR R4: 01 unchanged, 02 changed, 03 cancelled, 04 prescribed,
05 ceased, 06 suspended."""
_OFF = {"03": State.STOPPED, "05": State.STOPPED, "06": State.HELD}
_HELD = re.compile(r"\b(?:suspend|on[ -]hold|paus)", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:ceas|cancel|stopp|discontinu|remov|delet)", re.IGNORECASE)
_MEDICINES = re.compile(r"\b(?:medic(?:ation|ine)s?|drugs?)\b", re.IGNORECASE)
_WITHDRAWN = ("entered-in-error", "retired")
T = TypeVar("T")


class Time(StrEnum):
    """What a list or a section of a document speaks of."""

    NOW = "now"
    ADMISSION = "on admission"
    HOSPITAL = "in hospital"


_BY_CODE = {"42346-7": Time.ADMISSION, "29549-3": Time.HOSPITAL}
"""LOINC: medications on admission, medications administered. Everything else is the present."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entry of a list whose resource is not in the message: what it is called there, where that is said."""

    ref: str
    text: str
    state: State | None
    time: Time


@dataclass
class Listing:
    """What lists and documents say of the medicines of a message; empty where there are none."""

    order: list[Held] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    times: dict[str, Time] = field(default_factory=dict)
    unlinked: list[Unlinked] = field(default_factory=list)

    def time_of(self, held: Held) -> Time:
        """The time a medicine belongs to; the present where nothing says otherwise, or nothing is of the present."""
        return self.times.get(held.where, Time.NOW) if self._has_present else Time.NOW

    def time_of_entry(self, entry: Unlinked) -> Time:
        """The same of an entry whose resource is not in the message."""
        return entry.time if self._has_present else Time.NOW

    @property
    def _has_present(self) -> bool:
        return Time.NOW in (*self.times.values(), *(u.time for u in self.unlinked))

    def sorted(self, every: Iterable[Held]) -> list[Held]:
        """The medicines in the order of the lists, those that only they hold among them, then the rest as sent."""
        listed = {held.where for held in self.order}
        return [*self.order, *(held for held in every if held.where not in listed)]

    def add(self, held: Held, time: Time, state: State | None) -> None:
        """Note what one list says of a medicine: the present counts before the past, a word before none."""
        if held.where not in self.times:
            self.order.append(held)
        if held.where not in self.times or time is Time.NOW:
            self.times[held.where] = time
        if state is not None and time is Time.NOW:
            self.states[held.where] = state


def listing_of(contents: Contents) -> Listing:
    """What the Lists and Compositions of a message say of its medicines. What cannot be read is warned of."""
    listing = Listing()
    times: dict[str, Time] = {}
    for document in contents.of("Composition"):
        for section in _sections(_read(contents, document, Composition).section):
            for reference in section.entry:
                found = contents.find(reference, document)
                if found is not None and found.kind == "List":
                    times[found.where] = _time(section.code)
                elif found is not None and found.kind in MEDICINES:
                    listing.add(found, _time(section.code), None)
    for held in contents.of("List"):
        _add_list(contents, held, times.get(held.where), listing)
    return listing


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.section)


def _add_list(contents: Contents, held: Held, time: Time | None, listing: Listing) -> None:
    sent = _read(contents, held, ListResource)
    if sent.status in _WITHDRAWN:
        return
    when = time if time not in (None, Time.NOW) else _time(sent.code)
    found = [(number, entry, contents.find(entry.item, held)) for number, entry in enumerate(sent.entry)]
    is_of_medicines = _is_of_medicines(sent.code) or any(f is not None and f.kind in MEDICINES for _, _, f in found)
    for number, entry, resource in found:
        if resource is not None and resource.kind in MEDICINES:
            listing.add(resource, when, _state(entry))
        elif resource is None and (is_of_medicines or entry.item.reference.startswith(MEDICINES)):
            if entry.item.reference or not entry.item.display.strip():
                contents.warn("REFERENCE-UNKNOWN", f"{held.where}.entry[{number}].item")
            ref = entry.item.reference or f"{held.kind}/{held.id or '?'}#{number}"
            listing.unlinked.append(Unlinked(ref, entry.item.display.strip(), _state(entry), when))


def _is_of_medicines(code: CodeableConcept) -> bool:
    """Whether a list says that it is one of medicines, by its code or in words."""
    words = " ".join(code.texts())
    return "medications" in [c.code for c in code.coding] or bool(_MEDICINES.search(words) and "llerg" not in words)


def _state(entry: ListEntry) -> State | None:
    """What an entry says of its medicine: a flag, by its code or in words, or that it was taken off the list."""
    flagged = [_OFF[c.code] for c in entry.flag.coding if c.system == FLAGS and c.code in _OFF]
    words = " ".join(entry.flag.texts())
    said = State.HELD if _HELD.search(words) else State.STOPPED if entry.deleted or _ENDED.search(words) else None
    return flagged[0] if flagged else said


def _time(code: CodeableConcept) -> Time:
    return next((_BY_CODE[c.code] for c in codes_in("loinc", code) if c.code in _BY_CODE), Time.NOW)


def _read(contents: Contents, held: Held, kind: type[T]) -> T:
    try:
        return contents.read(held, kind)
    except Unreadable:
        contents.warn("RESOURCE-UNREADABLE", held.where)
        return kind()
