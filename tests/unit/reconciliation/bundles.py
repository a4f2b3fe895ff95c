"""Small Bundles for the tests of reconciliation."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["allergy", "bundle", "order", "statement"]


def _line(kind: str, id: str, text: str, sig: str, **more: Any) -> dict[str, Any]:
    field = "dosage" if kind == "MedicationStatement" else "dosageInstruction"
    line = {"resourceType": kind, "id": id, "status": "active", "medicationCodeableConcept": {"text": text}}
    return line | ({field: [{"text": sig}]} if sig else {}) | more


def statement(id: str, text: str, sig: str = "", **more: Any) -> dict[str, Any]:
    """What somebody takes."""
    return _line("MedicationStatement", id, text, sig, **more)


def order(id: str, text: str, sig: str = "", *, note: str = "", **more: Any) -> dict[str, Any]:
    """What is ordered."""
    more |= {"note": [{"text": note}]} if note else {}
    return _line("MedicationRequest", id, text, sig, intent="order", **more)


def allergy(id: str, text: str) -> dict[str, Any]:
    """One allergy on record."""
    return {"resourceType": "AllergyIntolerance", "id": id, "code": {"text": text}}


def bundle(*resources: dict[str, Any]) -> bytes:
    """The resources as a Bundle of one day."""
    entries = [{"resource": r} for r in resources]
    sent = {"resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-02T09:00:00Z", "entry": entries}
    return json.dumps(sent).encode()
