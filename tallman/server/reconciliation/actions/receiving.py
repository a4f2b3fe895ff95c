"""Lists that come as a file or a message: all that is in it, or nothing."""

from __future__ import annotations

from django.db import transaction

from tallman.server.audit.actions import Author, record
from tallman.server.reconciliation.actions.gathering import add_list
from tallman.server.reconciliation.actions.standing import locked
from tallman.server.reconciliation.models import Encounter, MedicineList
from tallman.server.reconciliation.received_lists import ORDERS, allergies_of, received_lists, row_of, unless_of
from tallman.server.refusal import unless_may

__all__ = ["receive_lists"]


@transaction.atomic
def receive_lists(
    *, encounter: Encounter, content: bytes, name: str, by: Author, orders: str = "", told_by: str = "",
) -> list[MedicineList]:  # fmt: skip
    """The lists in a FHIR Bundle, the file kept as it came with the first of them. `orders` as in `received_lists`.

    The same file again changes nothing and makes none; only orders that were superseded since are orders anew.

    Raises Refused when it cannot be read, holds no medicine, or is of somebody else.
    """
    unless_may(by, "gather-history")
    known = locked(encounter).lists.filter(received=content)
    if (known.filter(kind=orders, is_current=True) if orders else known.exclude(kind__in=ORDERS)).exists():
        return []
    found = received_lists(content, name, orders)
    unless_of(found.read, encounter.patient)
    made: list[MedicineList] = []
    for kind, source in found.lists:
        one = add_list(
            encounter=encounter, kind=kind, name=source.name[:120], lines=map(row_of, source.lines), by=by,
            on=found.read.on, told_by=told_by, received=None if made else content, allergies=allergies_of(source),
        )  # fmt: skip
        made.append(one)
    data = {"lists": [one.pk for one in made], "warnings": len(found.warnings)}
    record(action="reconciliation.receive_lists", by=by, subject=encounter, patient=encounter.patient, data=data)
    return made
