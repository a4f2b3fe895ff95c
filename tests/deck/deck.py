"""The deck: situations as a pharmacist would tell them, sent as FHIR R4 Bundles the way real systems send them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Situation", "harmful", "ordinary"]

HERE = Path(__file__).parent
DAY = date(2026, 3, 2)
UNLESS_SAID: dict[str, Any] = {"born": "1971-06-01", "sex": "male", "allergies": ["NKDA"], "current": []}
_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_SUBJECT = {"reference": "Patient/p"}
_HARMFUL = ("harmful.yaml", "harmful_more.yaml", "harmful_doses.yaml")
_WEIGHT_UNITS = {"lb": "[lb_av]", "kg": "kg"}


@dataclass(frozen=True)
class Situation:
    """One Bundle and what a careful pharmacist expects of it; `categories` is empty where nothing may stop."""

    id: str
    told: dict[str, Any]
    categories: tuple[str, ...] = ()

    @property
    def known_gap(self) -> str:
        """Why the deck knows that this one is still missed. It counts as missed all the same."""
        return str(self.told.get("known_gap", ""))

    @property
    def orders(self) -> int:
        """How many prescriptions are to be screened."""
        return len(_orders(self.told))

    def bundle(self) -> bytes:
        """The Bundle as sent."""
        resources = [_patient(self.told), *_allergies(self.told), *_weight(self.told)]
        resources += [_problem(f"p{n}", code) for n, code in enumerate(self.told.get("conditions", []), 1)]
        resources += [_medicine(f"c{n}", line, {}) for n, line in enumerate(self.told["current"], 1)]
        resources += [_medicine(f"o{n}", line, self.told) for n, line in enumerate(_orders(self.told), 1)]
        entries = [{"fullUrl": f"https://example.org/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
        sent = {"resourceType": "Bundle", "type": "collection", "timestamp": f"{DAY}T09:30:00-05:00", "entry": entries}
        return json.dumps(sent).encode()


def harmful() -> list[tuple[Situation, Situation]]:
    """Every harmful situation with its benign twin."""
    pairs = []
    for row in [row for name in _HARMFUL for row in _rows(name)]:
        twin, stops = row.pop("twin"), row["category"]
        categories = (stops,) if isinstance(stops, str) else tuple(stops)
        said = f"{categories[0]}/{row['id']}"
        changed = {k: v for k, v in row.items() if not ({k, *twin} >= {"order", "orders"} and k not in twin)}
        pairs.append((Situation(said, row, categories), Situation(f"{said} (twin)", changed | twin)))
    return pairs


def ordinary() -> list[Situation]:
    """Ordinary prescriptions, several for one patient."""
    return [Situation(f"ordinary/{row['id']}", row) for row in [*_rows("ordinary.yaml"), *_rows("ordinary_more.yaml")]]


def _rows(name: str) -> list[dict[str, Any]]:
    return [UNLESS_SAID | row for row in yaml.safe_load((HERE / name).read_text())]


def _orders(told: dict[str, Any]) -> list[str]:
    return list(told.get("orders") or [told["order"]])


def _patient(told: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": "p", "birthDate": str(told["born"]), "gender": told["sex"]}


def _allergies(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [_allergy(f"a{n}", said) for n, said in enumerate(told["allergies"], 1)]


def _allergy(id: str, said: str | dict[str, str]) -> dict[str, Any]:
    sent: dict[str, Any] = {"resourceType": "AllergyIntolerance", "id": id, "patient": _SUBJECT}
    if isinstance(said, str):
        return sent | {"code": {"text": said}}
    sent["code"] = {"coding": [{"system": _RXNORM, "code": said["rxnorm"], "display": said["display"]}]}
    sent["reaction"] = [{"manifestation": [{"text": said["reaction"]}]}]
    sent["verificationStatus"] = {"coding": [{"system": _VERIFICATION, "code": said.get("status", "confirmed")}]}
    return sent


def _problem(id: str, code: str) -> dict[str, Any]:
    sent = {"resourceType": "Condition", "id": id, "subject": _SUBJECT}
    return sent | {"code": {"coding": [{"system": _ICD10, "code": code}]}}


def _weight(told: dict[str, Any]) -> list[dict[str, Any]]:
    if "weight" not in told:
        return []
    value, unit = told["weight"].split()
    measured = {"value": float(value), "unit": unit, "system": "http://unitsofmeasure.org", "code": _WEIGHT_UNITS[unit]}
    return [
        {
            "resourceType": "Observation",
            "id": "w",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body weight"}]},
            "subject": _SUBJECT,
            "effectiveDateTime": f"{DAY}T09:05:00-05:00",
            "valueQuantity": measured,
        }
    ]


def _medicine(id: str, line: str, told: dict[str, Any]) -> dict[str, Any]:
    text, sig, quantity, days, *more = [part.strip() for part in f"{line} | | |".split("|")]
    said = dict(word.partition("=")[::2] for word in " ".join(more).split())
    concept: dict[str, Any] = {"text": text}
    if code := said.get("rxnorm"):
        concept["coding"] = [{"system": _RXNORM, "code": code, "display": text}]
    if "otc" in said:
        return _statement(id, concept, sig)
    sent: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "id": id,
        "status": "draft" if id.startswith("o") else said.get("status", "active"),
        "intent": "order",
        "subject": _SUBJECT,
        "medicationCodeableConcept": concept,
        "authoredOn": said.get("written", f"{DAY}T09:12:00-05:00" if id.startswith("o") else "2026-02-16"),
        "dosageInstruction": [{"text": sig}],
        "dispenseRequest": _supply(quantity, days, said.get("refills", "")),
        "category": [{"coding": [{"system": _CATEGORY, "code": said.get("category", "community")}]}],
    }
    if reason := said.get("reason", told.get("reason")):
        sent["reasonCode"] = [{"coding": [{"system": _ICD10, "code": reason}]}]
    if "replaces" in said:
        sent["priorPrescription"] = {"reference": f"MedicationRequest/c{said['replaces']}"}
    return sent


def _statement(id: str, concept: dict[str, Any], sig: str) -> dict[str, Any]:
    sent = {"resourceType": "MedicationStatement", "id": id, "status": "active", "subject": _SUBJECT}
    return sent | {"medicationCodeableConcept": concept, "dosage": [{"text": sig}], "effectiveDateTime": "2026-02-20"}


def _supply(quantity: str, days: str, refills: str) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    if written := re.match(r"([\d.]+)\s*(.*)$", quantity):
        sent["quantity"] = {"value": float(written[1])} | ({"unit": written[2]} if written[2] else {})
    if days:
        sent["expectedSupplyDuration"] = {"value": int(days), "unit": "days", "code": "d"}
    if refills:
        sent["numberOfRepeatsAllowed"] = int(refills)
    return sent
