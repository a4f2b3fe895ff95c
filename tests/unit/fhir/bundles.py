"""FHIR resources for the tests, written here: one believable patient and what a test adds to her."""

from __future__ import annotations

import copy
import json
from typing import Any

__all__ = [
    "BASE",
    "DRAFT_KINDS",
    "TESS",
    "allergy",
    "as_draft",
    "bundle",
    "condition",
    "measurement",
    "observation",
    "order",
    "patient",
    "practitioner",
    "sent",
    "warfarin_and_tmp_smx",
]

Json = dict[str, Any]
BASE = "http://ehr.example.org/fhir"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
UCUM = "http://unitsofmeasure.org"
TESS = {"reference": "Patient/tess"}


def patient(id: str = "tess", born: str = "1951-03-04", **more: Any) -> Json:
    name = [{"family": "Okafor", "given": ["Tess", "Marie"]}]
    return {"resourceType": "Patient", "id": id, "name": name, "gender": "female", "birthDate": born, **more}


def allergy(text: str | None = None, reaction: str | None = None, *, id: str = "a1", **more: Any) -> Json:
    found: Json = {"resourceType": "AllergyIntolerance", "id": id, "patient": TESS}
    status = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
    found["clinicalStatus"] = {"coding": [{"system": status, "code": "active"}]}
    if text is not None:
        found["code"] = {"text": text}
    if reaction is not None:
        found["reaction"] = [{"manifestation": [{"text": reaction}]}]
    return {**found, **more}


def condition(code: str, text: str = "", *, id: str | None = None, **more: Any) -> Json:
    coding = {"system": ICD10, "code": code, **({"display": text} if text else {})}
    return {
        "resourceType": "Condition",
        "id": id or f"c-{code.replace('.', '')}",
        "subject": TESS,
        "code": {"coding": [coding]},
        **more,
    }


def observation(loinc: str, *, id: str | None = None, on: str = "2026-11-20", **more: Any) -> Json:
    return {
        "resourceType": "Observation",
        "id": id or f"o-{loinc}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc}]},
        "subject": TESS,
        "effectiveDateTime": on,
        **more,
    }


def measurement(loinc: str, value: float, unit: str, **more: Any) -> Json:
    quantity = {"value": value, "unit": unit, "system": UCUM, "code": unit}
    return observation(loinc, valueQuantity=quantity, **more)


def practitioner(id: str = "brandt") -> Json:
    return {
        "resourceType": "Practitioner",
        "id": id,
        "name": [{"family": "Brandt", "given": ["Ada"]}],
        "identifier": [
            {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"},
            {"system": "http://terminology.hl7.org/NamingSystem/usDEA", "value": "AB1234563"},
        ],
    }


def order(
    id: str,
    text: str | None,
    sig: str | None = "Take 1 tablet by mouth once daily",
    status: str = "active",
    *,
    quantity: tuple[float, str] | None = None,
    days: int | None = None,
    refills: int | None = None,
    rxcui: str | None = None,
    **more: Any,
) -> Json:
    concept: Json = {"text": text} if text is not None else {}
    if rxcui:
        concept["coding"] = [{"system": RXNORM, "code": rxcui}]
    found: Json = {
        "resourceType": "MedicationRequest",
        "id": id,
        "status": status,
        "intent": "order",
        "subject": TESS,
        "authoredOn": "2026-11-24",
    }
    found |= {"medicationCodeableConcept": concept} if concept else {}
    found |= {"dosageInstruction": [{"text": sig}]} if sig is not None else {}
    supply: Json = {}
    supply |= {"quantity": {"value": quantity[0], "unit": quantity[1]}} if quantity else {}
    supply |= {"expectedSupplyDuration": {"value": days, "unit": "days", "code": "d", "system": UCUM}} if days else {}
    supply |= {"numberOfRepeatsAllowed": refills} if refills is not None else {}
    return {**found, **({"dispenseRequest": supply} if supply else {}), **more}


def bundle(*resources: Json, timestamp: str | None = "2026-11-24T09:30:00-05:00", urls: bool = True) -> Json:
    entries = [
        {"resource": r, **({"fullUrl": f"{BASE}/{r['resourceType']}/{r['id']}"} if urls and "id" in r else {})}
        for r in resources
    ]
    found: Json = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return {**found, "timestamp": timestamp} if timestamp else found


def sent(resource: Json) -> bytes:
    return json.dumps(resource).encode()


def warfarin_and_tmp_smx() -> Json:
    """A patient on warfarin with a draft for the antibiotic that must not meet it, and a bit of everything else."""
    draft = order(
        "new",
        "sulfamethoxazole-trimethoprim 800-160 mg tablet",
        "Take 1 tablet by mouth twice daily for 7 days",
        "draft",
        quantity=(14, "tablet"),
        days=7,
        refills=0,
        requester={"reference": "Practitioner/brandt"},
        reasonReference=[{"reference": "Condition/c-N390"}],
        note=[{"text": "Culture pending"}],
    )
    found = bundle(
        patient(),
        allergy("codeine", "nausea", type="intolerance"),
        condition("I48.91", "Atrial fibrillation"),
        condition("N390", "Urinary tract infection"),
        measurement("29463-7", 154, "[lb_av]"),
        measurement("6301-6", 2.9, "{INR}"),
        practitioner(),
        order("warfarin", "warfarin 5 mg tablet", "Take 1 tablet by mouth once daily in the evening", rxcui="855332"),
        order("metoprolol", "metoprolol tartrate 25 mg tablet", "1 tab po bid"),
        draft,
    )
    return copy.deepcopy(found)


DRAFT_KINDS = ("AllergyIntolerance", "MedicationStatement", "MedicationDispense", "MedicationAdministration", "List")


def as_draft(resource: Json) -> Json:
    """Somebody else's resource as Tess's; a MedicationRequest as a draft."""
    changed = {**resource, "status": "draft"} if resource["resourceType"] == "MedicationRequest" else dict(resource)
    for name in ("subject", "patient"):
        if name in changed:
            changed[name] = TESS
    return changed
