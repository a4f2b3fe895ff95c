"""The deck: situations as a pharmacist would tell them, sent as FHIR R4 Bundles the way real systems send them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tallman.core.screening.finding import Category

__all__ = ["Situation", "harmful", "ordinary"]

HERE = Path(__file__).parent
DAY = date(2026, 3, 2)
UNLESS_SAID: dict[str, Any] = {"born": "1971-06-01", "sex": "male", "allergies": ["NKDA"], "current": []}
_RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
_SNOMED = "http://snomed.info/sct"
_IS_ICD10 = re.compile(r"[A-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?$")
_SUBJECT = {"reference": "Patient/p"}
_PRESCRIBER: dict[str, Any] = {
    "resourceType": "Practitioner",
    "id": "w",
    "name": [{"family": "Brandt", "given": ["Ada"]}],
    "identifier": [{"system": "http://terminology.hl7.org/NamingSystem/usDEA", "value": "AB1234563"}],
}
"""Synthetic; the number has a right check digit."""
_LOINC = {
    "creatinine": "2160-0", "egfr": "98979-8", "potassium": "2823-3", "sodium": "2951-2", "calcium": "17861-6",
    "magnesium": "19123-9", "inr": "6301-6", "neutrophils": "751-8", "platelets": "777-3", "hemoglobin": "718-7",
    "tsh": "3016-3", "qtc": "8636-3", "alt": "1742-6", "bilirubin": "1975-2", "albumin": "1751-7", "digoxin": "10535-3",
    "lithium": "14334-7", "phenytoin": "3968-5", "theophylline": "4049-3", "glucose": "2345-7", "a1c": "4548-4",
    "ck": "2157-6", "hla-b-5701": "50956-2", "hla-b-1502": "57979-7", "cyp2c19": "79714-2", "heart-rate": "8867-4",
    "systolic": "8480-6", "lvef": "10230-1",
}  # fmt: skip
_MEASURES = {"weight": ("29463-7", "Body weight"), "height": ("8302-2", "Body height")}
_MEASURE_UNITS = {"lb": "[lb_av]", "kg": "kg", "cm": "cm", "in": "[in_i]"}


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
        resources = [_patient(self.told), _PRESCRIBER, *_allergies(self.told), *_measured(self.told)]
        resources += [_result(lab, said) for lab, said in self.told.get("labs", {}).items()]
        resources += [_answer(lab, said) for lab, said in self.told.get("answers", {}).items()]
        resources += _states(self.told)
        resources += [_problem(f"p{n}", code) for n, code in enumerate(self.told.get("conditions", []), 1)]
        resources += [_medicine(f"c{n}", line, {}) for n, line in enumerate(self.told["current"], 1)]
        resources += [_medicine(f"o{n}", line, self.told) for n, line in enumerate(_orders(self.told), 1)]
        entries = [{"fullUrl": f"https://example.org/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
        sent = {"resourceType": "Bundle", "type": "collection", "timestamp": f"{DAY}T09:30:00-05:00", "entry": entries}
        return json.dumps(sent).encode()


def harmful() -> list[tuple[Situation, Situation]]:
    """Every harmful situation with its benign twin."""
    pairs = []
    for row in _rows("harmful"):
        twin, stops = row.pop("twin"), row["category"]
        categories = tuple(Category(stop) for stop in ((stops,) if isinstance(stops, str) else stops))
        said = f"{categories[0]}/{row['id']}"
        changed = {k: v for k, v in row.items() if not ({k, *twin} >= {"order", "orders"} and k not in twin)}
        pairs.append((Situation(said, row, categories), Situation(f"{said} (twin)", changed | twin)))
    return pairs


def ordinary() -> list[Situation]:
    """Ordinary prescriptions, several for one patient."""
    return [Situation(f"ordinary/{row['id']}", row) for row in _rows("ordinary")]


def _rows(kind: str) -> list[dict[str, Any]]:
    files = sorted(HERE.glob(f"{kind}*.yaml"))
    return [UNLESS_SAID | row for file in files for row in yaml.load(file.read_text(), Loader=yaml.CSafeLoader)]


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


def _problem(id: str, said: str) -> dict[str, Any]:
    """A problem said as "I50.9", as "sct 195967001 Asthma (disorder)", or in words."""
    return {"resourceType": "Condition", "id": id, "subject": _SUBJECT, "code": _illness(said)}


def _illness(said: str) -> dict[str, Any]:
    if _IS_ICD10.match(said):
        return {"coding": [{"system": _ICD10, "code": said}]}
    if not said.startswith("sct "):
        return {"text": said}
    _, code, display = said.split(" ", 2)
    return {"coding": [{"system": _SNOMED, "code": code, "display": display}]}


def _states(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers about pregnancy and breastfeeding, and the expected day of delivery."""
    said = [
        _state(loinc, {"valueCodeableConcept": {"text": yes if told[kind] else no}})
        for kind, loinc, yes, no in (
            ("pregnant", "82810-3", "Pregnant", "Not pregnant"),
            ("lactating", "63895-7", "Breastfeeding", "Not breastfeeding"),
        )
        if kind in told
    ]
    return said + ([_state("11778-8", {"valueDateTime": told["due"]})] if "due" in told else [])


def _state(loinc: str, value: dict[str, Any]) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": loinc}]}
    sent = {"resourceType": "Observation", "id": f"s-{loinc}", "status": "final", "code": code, "subject": _SUBJECT}
    return sent | {"effectiveDateTime": f"{DAY}T09:05:00-05:00"} | value


def _measured(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [_measure(what, told[what]) for what in _MEASURES if what in told]


def _measure(what: str, said: str) -> dict[str, Any]:
    """A weight or a height said "80 kg", "172 cm"."""
    value, unit = said.split()
    code, display = _MEASURES[what]
    measured = {
        "value": float(value),
        "unit": unit,
        "system": "http://unitsofmeasure.org",
        "code": _MEASURE_UNITS[unit],
    }
    return {
        "resourceType": "Observation",
        "id": what[0],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code, "display": display}]},
        "subject": _SUBJECT,
        "effectiveDateTime": f"{DAY}T09:05:00-05:00",
        "valueQuantity": measured,
    }


def _result(lab: str, said: str) -> dict[str, Any]:
    """A result said "5.9 mmol/L", of today, or "5.9 mmol/L @2025-11-03"."""
    value, _, day = said.partition(" @")
    number, _, unit = value.partition(" ")
    quantity: dict[str, Any] = {"value": float(number)} | ({"unit": unit, "code": unit} if unit else {})
    return _observation(lab, day) | {"valueQuantity": quantity}


def _answer(lab: str, said: str) -> dict[str, Any]:
    return _observation(lab, "") | {"valueCodeableConcept": {"text": said}}


def _observation(lab: str, day: str) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": _LOINC[lab]}]}
    sent = {"resourceType": "Observation", "id": f"l-{lab}", "status": "final", "code": code, "subject": _SUBJECT}
    return sent | {"effectiveDateTime": day or f"{DAY}T08:40:00-05:00"}


def _medicine(id: str, line: str, told: dict[str, Any]) -> dict[str, Any]:
    text, sig, quantity, days, *more = [part.strip() for part in f"{line} | | |".split("|")]
    rest, _, note = " ".join(more).partition("note=")
    said = dict(word.partition("=")[::2] for word in rest.replace(",", " ").split())
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
    if id.startswith("o"):
        sent["requester"] = {"reference": "Practitioner/w"}
    if reason := said.get("reason", told.get("reason")):
        sent["reasonCode"] = [_illness(reason)]
    if note:
        sent["note"] = [{"text": note}]
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
