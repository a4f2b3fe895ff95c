"""The medicines that come in a Bundle beside an Encounter, as lists of the stay."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.interchange.fhir.decode import document
from tallman.server.audit.actions import Author
from tallman.server.exchange.models import Message
from tallman.server.reconciliation.actions import receive_lists
from tallman.server.reconciliation.models import Encounter, ListLine
from tallman.server.reconciliation.received_lists import received_lists, row_of
from tallman.server.refusal import Refused

__all__ = ["keep_lists"]

_TOLD = frozenset({"MedicationStatement", "MedicationDispense"})
_ORDERED = "MedicationRequest"
_WHY = {"other-patient": "they are of somebody with another birth date", "empty": "none of them can be read"}
"""By the code of the refusal: its own sentence names dates."""
_LEFT = "the medicines beside the encounter were left: orders among them may be the hospital's or those from before"


def keep_lists(message: Message, stay: Encounter, by: Author) -> str:
    """Keep what is taken and what was handed over as lists, once. Returns what was not done and why, empty for nothing.

    Orders in such a Bundle may be the hospital's or those from before, which makes all the difference: they are left.
    """
    kinds = _kinds(message)
    if _ORDERED in kinds:
        return _LEFT
    if not kinds & _TOLD:
        return ""
    content, name = bytes(message.content), message.sender[:80]
    try:
        found = [row_of(line) for _, source in received_lists(content, name).lists for line in source.lines]
        if not _is_known(stay, found):
            receive_lists(encounter=stay, content=content, name=name, by=by)
    except Refused as refused:
        why = {_WHY.get(r.code, "they cannot be read") for r in refused.refusals}
        return f"the medicines beside the encounter were left: {', '.join(sorted(why))}"
    return ""


def _kinds(message: Message) -> set[str]:
    """The types of resource in the Bundle; none where it is no FHIR."""
    if message.format != Message.FHIR:
        return set()
    entries = document(bytes(message.content)).get("entry")
    held = [e.get("resource") for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    return {str(r.get("resourceType")) for r in held if isinstance(r, dict)}


def _is_known(stay: Encounter, lines: Iterable[ListLine]) -> bool:
    """Whether the stay has each of these lines already, as they are sent again with every change of it."""
    own = ListLine.objects.filter(medicine_list__encounter=stay, medicine_list__is_current=True)
    known = set(own.values_list("ref", "text", "directions", "state", "note"))
    return all((line.ref, line.text, line.directions, str(line.state), line.note) in known for line in lines)
