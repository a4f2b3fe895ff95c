"""What a message holds: its resources, each with its place and address, and how they point at each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any, TypeVar

from tallman.core.received import ReadWarning
from tallman.interchange.fhir.datatypes import Reference
from tallman.interchange.fhir.decode import as_type
from tallman.interchange.fhir.kinds import RESOURCE_TYPES
from tallman.interchange.fhir.other_versions import as_r4
from tallman.interchange.fhir.warnings import Unreadable, warning

__all__ = ["Contents", "Held", "contents_of", "tail"]

T = TypeVar("T")
_TOLD_INSIDE = ("Condition", "Observation", "AllergyIntolerance")
_ORDERED_INSIDE = ("MedicationRequest", "MedicationStatement", "MedicationDispense")
_TELLING = ("CarePlan", "Composition", "DiagnosticReport", "Encounter", "EpisodeOfCare", "List", "Observation")
_ORDERING = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")
"""What resources tell of a patient by holding it themselves. A medicine inside another one's record is what that rests
on, not one beside it."""
_WHOSE, _WHEN = ("subject", "patient"), ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
_VOID = ("entered-in-error", "cancelled")


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One resource as it was sent. `url` is its full address where one was given, `where` its FHIR path; `is_inside`
    says that another resource holds it, and that nothing outside can point at it."""

    kind: str
    id: str
    url: str
    where: str
    raw: dict[str, Any]
    is_inside: bool = False


@dataclass
class Contents:
    """The resources of a message, and what was said about them while they were read.

    `zone` is the reader's own time zone: a moment given in UTC is on the day it falls on there.
    """

    held: tuple[Held, ...]
    zone: tzinfo = UTC
    warnings: list[ReadWarning] = field(default_factory=list)
    _read: dict[str, Any] = field(default_factory=dict)
    _said: set[ReadWarning] = field(default_factory=set)
    _by_url: dict[str, Held] = field(default_factory=dict)
    _by_id: dict[tuple[str, str], list[Held]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for held in (h for h in self.held if not h.is_inside):
            if held.url:
                self._by_url.setdefault(held.url, held)
            if id := held.id or tail(held.url)[1]:
                self._by_id.setdefault((held.kind, id), []).append(held)

    def of(self, *kinds: str) -> Iterator[Held]:
        """Those of some types, in the order sent."""
        return (h for h in self.held if h.kind in kinds)

    def warn(self, code: str, where: str) -> None:
        """Note a warning, once."""
        self._say(warning(code, where))

    def _say(self, said: ReadWarning) -> None:
        if said not in self._said:
            self._said.add(said)
            self.warnings.append(said)

    def read(self, held: Held, kind: type[T]) -> T:
        """The resource as a typed value. Raises Unreadable when nothing can be made of it."""
        if held.where not in self._read:
            value, warnings = as_type(held.raw, kind, held.where)
            for said in warnings:
                self._say(said)
            if "modifierExtension" in held.raw:
                self.warn("MODIFIER", held.where)
            self._read[held.where] = value
        return self._read[held.where]  # type: ignore[no-any-return]

    def find(self, reference: Reference | None, within: Held) -> Held | None:
        """What a reference points at: contained, by full address, by type and id, or by an identifier."""
        if reference is None:
            return None
        address = reference.reference.strip()
        if address.startswith("#"):
            return _contained(address[1:], within)
        if address:
            return self._at(address.split("/_history/")[0])
        return self._identified(reference)

    def _at(self, address: str) -> Held | None:
        if address in self._by_url:
            return self._by_url[address]
        same = self._by_id.get(tail(address), [])
        if "://" in address:
            same = [h for h in same if "://" not in h.url]
        return same[0] if len({h.url for h in same}) == 1 else None

    def _identified(self, reference: Reference) -> Held | None:
        wanted = reference.identifier
        if wanted is None or not wanted.value:
            return None
        same = [h for h in self.held if (wanted.system, wanted.value) in _identifiers(h)]
        return same[0] if len(same) == 1 else None


def tail(address: str) -> tuple[str, str]:
    """Type and id at the end of an address; the type is empty where only an id stands."""
    *_, kind, id = ["", *address.rstrip("/").split("/")]
    return kind, id


def _identifiers(held: Held) -> list[tuple[str, str]]:
    found = held.raw.get("identifier")
    rows = found if isinstance(found, list) else [found]
    return [(r.get("system", ""), r.get("value", "")) for r in rows if isinstance(r, dict)]


def _contained(id: str, within: Held) -> Held | None:
    rows = within.raw.get("contained")
    for index, raw in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(raw, dict) and raw.get("id") == id and isinstance(raw.get("resourceType"), str):
            # What is contained points at its neighbours, which its container holds.
            inner = {**as_r4(raw), "contained": rows}
            return Held(raw["resourceType"], id, "", f"{within.where}.contained[{index}]", inner)
    return None


def contents_of(document: dict[str, Any]) -> Contents:
    """The resources of a Bundle, or the one resource that was sent alone.

    What is sent twice counts once. Raises Unreadable for an entry of which it cannot be told what it is: it might be an
    order.
    """
    if document["resourceType"] != "Bundle":
        kind = document["resourceType"]
        return Contents((_held(document, "", kind),))
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        raise Unreadable("ENTRY-UNREADABLE", "Bundle.entry")
    found = (_entry(entry, f"Bundle.entry[{index}]") for index, entry in enumerate(entries))
    once = _each_once(h for h in found if h)
    return Contents(tuple(h for outer in once for h in (outer, *_inside(outer))))


def _each_once(all_held: Iterable[Held]) -> Iterator[Held]:
    """All but those that are sent again word for word, under the same id or address."""
    seen: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for held in all_held:
        same = seen.setdefault((held.kind, held.id, held.url), [])
        if not (held.id or held.url) or held.raw not in same:
            same.append(held.raw)
            yield held


def _inside(outer: Held) -> Iterator[Held]:
    """What a resource tells of the patient by holding it. Whose it is and when, its holder says where it does not."""
    kinds: tuple[str, ...] = _TOLD_INSIDE if outer.kind in _TELLING + _ORDERING else ()
    kinds += _ORDERED_INSIDE if outer.kind in _TELLING else ()
    rows = outer.raw.get("contained")
    if not kinds or not isinstance(rows, list) or outer.raw.get("status") in _VOID:
        return
    for index, raw in enumerate(rows):
        if not isinstance(raw, dict) or raw.get("resourceType") not in kinds:
            continue
        told = as_r4(raw) | {"contained": rows}
        if not any(name in raw for name in _WHOSE):
            told |= {"subject": next((outer.raw[name] for name in _WHOSE if name in outer.raw), {})}
        if raw["resourceType"] == "Observation" and not any(name in raw for name in _WHEN):
            told |= {name: outer.raw[name] for name in _WHEN if name in outer.raw}
        id = raw.get("id", "")
        where = f"{outer.where}.contained[{index}]"
        yield Held(raw["resourceType"], id if isinstance(id, str) else "", "", where, told, is_inside=True)


def _entry(entry: Any, where: str) -> Held | None:
    if not isinstance(entry, dict):
        raise Unreadable("ENTRY-UNREADABLE", where)
    resource, url = entry.get("resource"), entry.get("fullUrl", "")
    if resource is None and ("request" in entry or "response" in entry):
        return None
    if not isinstance(resource, dict):
        raise Unreadable("ENTRY-UNREADABLE", where)
    return _held(resource, url if isinstance(url, str) else "", f"{where}.resource")


def _held(raw: dict[str, Any], url: str, where: str) -> Held:
    kind, id = raw.get("resourceType"), raw.get("id", "")
    if not isinstance(kind, str) or kind not in RESOURCE_TYPES:
        raise Unreadable("TYPE-UNKNOWN", where)
    if kind == "Bundle":
        raise Unreadable("BUNDLE-INSIDE", where)
    return Held(kind, id if isinstance(id, str) else "", url.strip(), where, as_r4(raw))
