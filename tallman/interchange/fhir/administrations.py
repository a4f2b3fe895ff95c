"""When the last dose of a medicine was given, as MedicationAdministrations tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import Reference
from tallman.interchange.fhir.resources import MedicationAdministration, MedicationStatement
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["last_doses"]

_GIVEN = ("completed", "in-progress")


def last_doses(contents: Contents) -> dict[str, datetime]:
    """The last moment for each order or statement, by its place. A dose without a time of day is not counted."""
    moments: dict[str, datetime] = {}
    for held in contents.of("MedicationAdministration"):
        try:
            sent = contents.read(held, MedicationAdministration)
        except Unreadable:
            contents.warn("RESOURCE-UNREADABLE", held.where)
            continue
        moment = _moment(sent.effective_date_time or sent.effective_period.end or sent.effective_period.start)
        if sent.status.strip().lower() not in _GIVEN or moment is None:
            continue
        for where in _of(contents, held, sent.request):
            moments[where] = max(moment, moments.get(where, moment))
    return moments


def _of(contents: Contents, held: Held, request: Reference | None) -> Iterator[str]:
    """The order that a dose was given on, and the statements that rest on it."""
    if (found := contents.find(request, held)) is not None:
        yield found.where
    for stated in contents.of("MedicationStatement"):
        if "derivedFrom" not in stated.raw:
            continue
        rests_on = (contents.find(r, stated) for r in contents.read(stated, MedicationStatement).derived_from)
        if any(r is not None and r.where == held.where for r in rests_on):
            yield stated.where


def _moment(text: str) -> datetime | None:
    """A moment with its offset from UTC, as FHIR has it; None for a day alone and for what is neither."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None
