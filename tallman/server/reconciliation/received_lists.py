"""Bundles of other systems as the lists of a stay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallman.core.reconciliation.line import Line, ListSource, SourceKind
from tallman.interchange.fhir.lists import ListsRead, read_lists
from tallman.interchange.fhir.warnings import Unreadable
from tallman.server import knowledge_in_use
from tallman.server.patients.models import Patient
from tallman.server.reconciliation.models import ListLine
from tallman.server.refusal import refuse

__all__ = ["ORDERS", "Received", "allergies_of", "received_lists", "row_of", "unless_of"]

ORDERS = (SourceKind.HOSPITAL, SourceKind.DISCHARGE)
LONGEST = 500
"""Letters of directions that are kept as such; longer ones stand whole in the note."""
_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Received:
    """What a file holds: its lists with their kinds, and how many things in it were not understood."""

    read: ListsRead
    lists: tuple[tuple[SourceKind, ListSource], ...]
    warnings: tuple[str, ...]


def received_lists(data: bytes, name: str, orders: str = "") -> Received:
    """The lists in a Bundle. With `orders` ("current orders" or "discharge orders") all of it is one list of those.

    Raises Refused, saying where the file cannot be read and what to do, and when there is no medicine in it that would
    make a list.
    """
    try:
        read = read_lists(data, knowledge_in_use.current(), name, is_orders=bool(orders))
    except Unreadable as error:
        where = f" (at {error.where})" if error.where else ""
        raise refuse("unreadable", f"The file cannot be used{where}: {error.sentence}.") from error
    kept = [(SourceKind(orders) if orders else one.kind, one) for one in read.lists if one.lines or orders]
    if not kept:
        raise refuse("empty", "There is no medicine in the file: ask for one with MedicationStatements or -Requests.")
    return Received(read, tuple(kept), tuple(map(str, read.warnings)))


def unless_of(read: ListsRead, person: Patient) -> None:
    """Raise Refused when the file is of somebody with another birth date than the patient's, or with another family
    name where the birth dates cannot be compared."""
    there, here = read.patient.birth_date if read.patient else None, person.birth_date
    if there and here and there != here:
        raise refuse(
            "other-patient", f"The file is of somebody born {there}; this patient was born {here}. Nothing was kept."
        )
    named = read.person.family_name.strip() if read.person else ""
    if not (there and here) and named and named.casefold() != person.family_name.strip().casefold():
        raise refuse(
            "other-patient",
            f"The file is of {named}, without a birth date to compare; this is {person}. Nothing was kept.",
        )


def allergies_of(source: ListSource) -> list[dict[str, str]] | None:
    """What a list says of allergies, as `MedicineList.allergies` keeps it."""
    if source.allergies is None:
        return None
    standing = [one.allergy for one in source.allergies if not one.allergy.refuted]
    return [{"substance": a.substance, "reaction": a.reaction} for a in standing]


def row_of(line: Line) -> ListLine:
    """A line of a received list as it is kept."""
    order = line.order
    product = order.medicine.product
    return ListLine(
        text=(order.medicine.text or order.medicine.name)[:240],
        rxcui=(product.rxcui or "") if product else "",
        directions=_cut(order.sig.text),
        reason=line.reason[:240],
        note=line.note if len(order.sig.text) <= LONGEST else f"{line.note}\nIn full: {order.sig.text}".strip(),
        state=line.state,
        ref=line.ref[:120],
        quantity=order.quantity.value.quantize(_FOUR_PLACES) if order.quantity else None,
        quantity_unit=order.quantity.unit if order.quantity else "",
        started=order.started or order.written,
        fills=[{"on": fill.on.isoformat(), "days": fill.days} for fill in line.fills],
    )


def _cut(directions: str) -> str:
    """The beginning of directions that are too long to keep, never mistaken for all of them."""
    return directions if len(directions) <= LONGEST else f"{directions[: LONGEST - 20]} … (see the note)"
