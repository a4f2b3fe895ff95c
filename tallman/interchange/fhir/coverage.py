"""Whom to bill, as a Coverage says it."""

from __future__ import annotations

from tallman.core import received
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import Reference
from tallman.interchange.fhir.resources import Coverage, Organization
from tallman.interchange.fhir.warnings import Unreadable

__all__ = ["coverage_of"]

_ENDED = ("cancelled", "entered-in-error")


def coverage_of(contents: Contents, held: Held) -> received.Coverage | None:
    """The coverage; None for one that was withdrawn or cannot be read."""
    try:
        coverage = contents.read(held, Coverage)
    except Unreadable:
        contents.warn("RESOURCE-UNREADABLE", held.where)
        return None
    if coverage.status.strip() in _ENDED:
        return None
    numbers = {c.code.strip().lower(): row.value.strip() for row in coverage.class_ for c in row.type.coding}
    return received.Coverage(
        payer=next((n for p in coverage.payor for n in [_name(contents, held, p)] if n), ""),
        bin=numbers.get("rxbin", ""),
        pcn=numbers.get("rxpcn", ""),
        group=numbers.get("rxgroup", "") or numbers.get("group", ""),
        member=numbers.get("rxid", "") or coverage.subscriber_id.strip(),
    )


def _name(contents: Contents, held: Held, payer: Reference) -> str:
    found = contents.find(payer, held)
    if found is not None and found.kind == "Organization":
        return contents.read(found, Organization).name.strip()
    return payer.display.strip()
