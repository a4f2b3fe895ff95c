"""Shapes of FHIR STU3 and R5, as R4 has them: systems send them in a Bundle that is called R4.

Sources: HL7 FHIR STU3 (3.0.2), R4 (4.0.1) and R5 (5.0.0), pages of the resources and of Dosage.
"""

from __future__ import annotations

from typing import Any

__all__ = ["as_r4"]

Json = dict[str, Any]
_MEDICINES = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration")
_GIVEN = ("doseQuantity", "doseRange", "rateQuantity", "rateRange", "rateRatio")
_MOVED = (("occurenceDateTime", "effectiveDateTime"), ("occurencePeriod", "effectivePeriod"))
"""R5 spells them so."""


def as_r4(raw: Json) -> Json:
    """The resource in R4's shape; one that has it is given back as it is."""
    kind = raw.get("resourceType")
    if kind in _MEDICINES:
        return _medicine(raw)
    if kind == "AllergyIntolerance":
        return _allergy(raw)
    if kind == "Encounter" and isinstance(raw.get("reason"), list):
        values = [v for r in raw["reason"] if isinstance(r, dict) for v in _list(r.get("value"))]
        return raw | {"reasonCode": [*_list(raw.get("reasonCode")), *_parts(values, "concept")]}
    return raw


def _medicine(raw: Json) -> Json:
    told = dict(raw)
    if isinstance(medicine := raw.get("medication"), dict):
        concept, reference = _parts([medicine], "concept"), _parts([medicine], "reference")
        told |= {"medicationCodeableConcept": concept[0]} if concept else {}
        told |= {"medicationReference": reference[0]} if reference else {}
    if reasons := _list(raw.get("reason")):
        told["reasonCode"] = [*_list(raw.get("reasonCode")), *_parts(reasons, "concept")]
        told["reasonReference"] = [*_list(raw.get("reasonReference")), *_parts(reasons, "reference")]
    for name in ("dosageInstruction", "dosage"):
        if isinstance(raw.get(name), list):
            told[name] = [_dosage(d) if isinstance(d, dict) else d for d in raw[name]]
    if isinstance(requester := raw.get("requester"), dict) and isinstance(requester.get("agent"), dict):
        told["requester"] = requester["agent"]
    if isinstance(dispense := raw.get("dispenseRequest"), dict) and "dispenserInstruction" in dispense:
        told["note"] = [*_list(raw.get("note")), *_list(dispense["dispenserInstruction"])]
    told |= {new: raw[old] for old, new in _MOVED if old in raw}
    return told | _state(raw) if raw["resourceType"] == "MedicationStatement" else told


def _state(raw: Json) -> Json:
    """Whether a statement says that it is taken: in R4 its status, before that `taken`, after it `adherence`."""
    adherence = raw.get("adherence")
    codes = _parts(_list(adherence.get("code")), "coding") if isinstance(adherence, dict) else []
    said = next((c["code"] for row in codes for c in _list(row) if isinstance(c, dict) and "code" in c), "")
    if raw.get("taken") == "n" or raw.get("wasNotTaken") is True or str(said).startswith(("not-taking", "stopped")):
        return {"status": raw["status"] if raw.get("status") == "entered-in-error" else "not-taken"}
    if raw.get("status") == "recorded":
        return {"status": "on-hold" if str(said).startswith("on-hold") else "active"}
    return {}


def _dosage(raw: Json) -> Json:
    told = dict(raw)
    if (given := {name: raw[name] for name in _GIVEN if name in raw}) and "doseAndRate" not in raw:
        told["doseAndRate"] = [given]
    if isinstance(raw.get("asNeeded"), bool):
        told["asNeededBoolean"] = raw["asNeeded"]
    if causes := _list(raw.get("asNeededFor")):
        told["asNeededCodeableConcept"] = causes[0]
    if isinstance(most := raw.get("maxDosePerPeriod"), list) and most:
        told["maxDosePerPeriod"] = most[0]
    return told


def _allergy(raw: Json) -> Json:
    told = dict(raw)
    if isinstance(kind := raw.get("type"), dict):
        told["type"] = next(iter(_parts(_list(kind.get("coding")), "code")), kind.get("text", ""))
    if isinstance(reactions := raw.get("reaction"), list):
        told["reaction"] = [_reaction(r) if isinstance(r, dict) else r for r in reactions]
    return told


def _reaction(raw: Json) -> Json:
    """A manifestation in R5 is a concept within, or a pointer to an Observation."""
    said = _list(raw.get("manifestation"))
    return raw | {"manifestation": [s.get("concept", s) if isinstance(s, dict) else s for s in said]} if said else raw


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _parts(rows: list[Any], name: str) -> list[Any]:
    return [row[name] for row in rows if isinstance(row, dict) and name in row]
