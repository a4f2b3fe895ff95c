"""The services on offer, and what each asks to be sent beforehand (CDS Hooks 2.0, Discovery and Prefetch Template)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["ORDER_SELECT", "ORDER_SIGN", "PATIENT_VIEW", "SERVICES", "Service", "discovery"]

_OF_PATIENT = "patient={{context.patientId}}"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `id` is the end of its address."""

    id: str
    hook: str
    title: str
    description: str


ORDER_SELECT = Service(
    "tallman-order-select",
    "order-select",
    "Medication checks while an order is chosen",
    "Checks the chosen medication orders against the patient's record, medicines and allergies.",
)
ORDER_SIGN = Service(
    "tallman-order-sign",
    "order-sign",
    "Medication checks before orders are signed",
    "Checks every draft medication order against the patient's record, medicines, allergies and the other drafts.",
)
PATIENT_VIEW = Service(
    "tallman-patient-view",
    "patient-view",
    "Check of the medicines a patient takes",
    "Checks the medicines that the patient takes against the record and against each other.",
)
SERVICES = {service.id: service for service in (ORDER_SELECT, ORDER_SIGN, PATIENT_VIEW)}


def discovery(measured: Iterable[str]) -> dict[str, Any]:
    """The answer to whoever asks which services there are. `measured` are the LOINC codes that rules speak of."""
    prefetch = {
        "patient": "Patient/{{context.patientId}}",
        "allergies": f"AllergyIntolerance?{_OF_PATIENT}",
        "conditions": f"Condition?{_OF_PATIENT}",
        "medications": f"MedicationRequest?{_OF_PATIENT}&status=active,on-hold",
        "statements": f"MedicationStatement?{_OF_PATIENT}&status=active,intended,on-hold",
        "measurements": f"Observation?{_OF_PATIENT}&code={','.join(f'http://loinc.org|{code}' for code in measured)}",
    }
    return {
        "services": [
            {
                "hook": s.hook,
                "id": s.id,
                "title": s.title,
                "description": s.description,
                "prefetch": prefetch,
                "usageRequirements": "Everything needed is asked for as prefetch; the FHIR server is never called.",
            }
            for s in SERVICES.values()
        ]
    }
