"""Allergies that a message names and the patient's record does not: the checks look at the record alone."""

from __future__ import annotations

from typing import Any

from tallman.core.allergies import read_allergies
from tallman.core.knowledge import Knowledge
from tallman.server import knowledge_in_use
from tallman.server.patients.models import Allergy, Patient
from tallman.server.prescriptions.models import Prescription

__all__ = ["not_on_record", "unrecorded_allergies"]


def unrecorded_allergies(row: Prescription, patient: Patient | None) -> list[dict[str, Any]]:
    """The allergies of the message that mean something else than all those on record, however written.

    One that is on record as refuted is on record. "No known allergies" is none.
    """
    sent = row.received.get("allergies") or ()
    if patient is None or not sent:
        return []
    missing = not_on_record([a["substance"] for a in sent], patient)
    return [allergy for allergy in sent if allergy["substance"] in missing]


def not_on_record(substances: list[str], patient: Patient) -> set[str]:
    """Of some substances those that mean something else than all allergies on the patient's record."""
    knowledge = knowledge_in_use.current()
    recorded = Allergy.objects.filter(patient=patient).values_list("substance", flat=True)
    known = frozenset().union(*(_meant(text, knowledge) for text in recorded))
    return {text for text in substances if not _meant(text, knowledge) <= known}


def _meant(text: str, knowledge: Knowledge) -> frozenset[str]:
    """Ingredients and groups that a line of a chart names, or its own words where nothing was recognised."""
    found: set[str] = set()
    for allergy in read_allergies(text, knowledge):
        read = {*(i.name for i in allergy.ingredients), *allergy.groups}
        found |= read or {allergy.substance.casefold().strip()}
    return frozenset(found)
