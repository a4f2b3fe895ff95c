"""Medicines of FHIR messages that others wrote, as lines of a patient: the material beside the checkout, where it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.reconciliation_lists.patients import Case, Seeded

__all__ = ["drawn_from", "folder", "lines_in"]

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path | None:
    """The folder of FHIR messages; None on a machine that has none."""
    found = Path(os.environ.get("TALLMAN_SHARED_DATA", ROOT.parent / "shared" / "data")) / "fhir"
    return found if found.is_dir() else None


def lines_in(messages: Path) -> list[dict[str, Any]]:
    """Every order and statement that names its medicine itself or in what it contains, each medicine once."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(messages.rglob("*.json")):
        for resource in _resources(json.loads(path.read_text(encoding="utf-8"))):
            if resource.get("resourceType") in ("MedicationRequest", "MedicationStatement"):
                name = _medicine(resource)
                dosage = (resource.get("dosageInstruction") or resource.get("dosage") or [{}])[0]
                if name and dosage.get("text"):
                    found.setdefault(name.lower(), {"medicine": name, "dosage": dosage, "sent": resource})
    return list(found.values())


def _resources(sent: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if sent.get("resourceType") == "Bundle":
        yield from (e["resource"] for e in sent.get("entry", []) if isinstance(e.get("resource"), dict))
    else:
        yield sent


def _medicine(resource: dict[str, Any]) -> str:
    concept = resource.get("medicationCodeableConcept")
    if concept is None:
        concept = next(
            (c.get("code", {}) for c in resource.get("contained", []) if c.get("resourceType") == "Medication"), {}
        )
    return str(concept.get("text") or next((c.get("display", "") for c in concept.get("coding", [])), ""))


def drawn_from(lines: list[dict[str, Any]], number: int, chance: Random) -> Case:
    """A patient with some of the lines: the history as sent or in words alone, the orders the same or one forgotten."""
    case = Case(f"message {number}")
    for line in chance.sample(lines, min(len(lines), chance.randint(3, 8))):
        left = _written(case, case.histories[0], "MedicationStatement", line, chance)
        if chance.random() < 0.1:
            case.seeded.append(Seeded("omission", (left,), (), False))
            continue
        right = _written(case, case.orders, "MedicationRequest", line, chance)
        case.pairs.add((left, right))
    return case


def _written(case: Case, lines: list[dict[str, Any]], kind: str, line: dict[str, Any], chance: Random) -> str:
    id = case.id()
    style = chance.choice(["sent", "words", "capitals"])
    resource: dict[str, Any] = {
        "resourceType": kind,
        "id": id,
        "status": "active",
        "subject": {"reference": "Patient/p"},
    }
    if style == "sent":
        kept = ("medicationCodeableConcept", "medicationReference", "contained")
        resource |= {k: v for k, v in line["sent"].items() if k in kept}
        dosage = line["dosage"]
    else:
        name = line["medicine"] if style == "words" else line["medicine"].upper()
        resource["medicationCodeableConcept"] = {"text": name}
        dosage = {"text": line["dosage"]["text"]}
    resource["dosage" if kind == "MedicationStatement" else "dosageInstruction"] = [dosage]
    lines.append(resource)
    return f"{kind}/{id}"
