"""Which stay an event is of, and what it says of it, in the words of `reconciliation`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from tallman.core.received import Code
from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.server.exchange.models import Message
from tallman.server.exchange.whose import short
from tallman.server.patients.models import Patient
from tallman.server.reconciliation.models import Encounter

__all__ = ["Visit", "blanks", "facts_of", "stay_of", "stay_of_patient", "visit_of"]

LONGEST_NUMBER, LONGEST_AUTHORITY = 60, 120
BY_HAND_WITHIN = timedelta(days=1)
_LONGEST = {"unit": 80, "room": 40, "bed": 40, "attending": 160, "reason": 240}
_KINDS = frozenset(kind for kind, _ in Encounter.KINDS)


@dataclass(frozen=True, slots=True)
class Visit:
    """The number of a stay and who gave it; the number is empty where the sender gives none."""

    authority: str
    number: str


def visit_of(event: EncounterEvent, message: Message) -> Visit:
    """The visit's own number, else the account it is billed to. A number without a giver is the sending house's."""
    house = event.facility or message.sender
    said: Code | None = event.encounter or next(iter(event.accounts), None)
    authority = short((said.system if said else "") or house, LONGEST_AUTHORITY)
    return Visit(authority, short(said.code, LONGEST_NUMBER) if said else "")


def stay_of(visit: Visit) -> Encounter | None:
    """The stay of a visit by its number; None where it has none or is not known."""
    rows = Encounter.objects.select_related("patient").filter(authority=visit.authority)
    return rows.filter(visit_number=visit.number).first() if visit.number else None


def stay_of_patient(visit: Visit, patient: Patient, began: datetime | None) -> Encounter | None:
    """The stay of a visit that its number and its giver do not lead to.

    Of a visit without a number the patient's only stay of that house that has not ended. Else their stay under this
    number, whoever is said to have given it: senders name the giver at one time and not at another. Else one that was
    begun here by hand, without a number, within a day of when the visit is said to have begun (`began`).
    """
    own = Encounter.objects.select_related("patient").filter(patient=patient)
    goes_on = Q(visit_number="", status="in-progress")
    if not visit.number:
        found = list(own.filter(goes_on, authority__in=["", visit.authority])[:2])
        return found[0] if len(found) == 1 else None
    numbered = list(own.filter(visit_number=visit.number)[:2])
    if numbered or began is None:
        return numbered[0] if len(numbered) == 1 else None
    about_then = Q(admitted_at__range=(began - BY_HAND_WITHIN, began + BY_HAND_WITHIN))
    found = list(own.filter(goes_on & about_then, authority="")[:2])
    return found[0] if len(found) == 1 else None


def facts_of(event: EncounterEvent) -> dict[str, str]:
    """The facts of a stay that an event says, or says that there are none. A new unit takes room and bed with it."""
    place = event.location
    kind = event.class_ if event.class_ in _KINDS else ""
    said = {"attending": event.attending.name, "reason": event.reason, "kind": kind}
    unit = place.unit or (place.name if not (place.room or place.bed) else "")
    facts = {name: str(value) for name, value in said.items() if value}
    if unit:
        facts |= {"unit": unit, "room": place.room, "bed": place.bed}
    if "attending" in event.cleared:
        facts["attending"] = ""
    return {name: value[: _LONGEST.get(name, 240)] for name, value in facts.items()}


def blanks(stay: Encounter, facts: dict[str, str]) -> dict[str, str]:
    """Those of the facts that the stay does not have yet. Room and bed are news only with their unit."""
    if stay.unit:
        facts = {name: value for name, value in facts.items() if name not in ("unit", "room", "bed")}
    return {name: value for name, value in facts.items() if value and not getattr(stay, name)}
