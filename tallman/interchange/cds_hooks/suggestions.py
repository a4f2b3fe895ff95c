"""What a card offers to do: put the draft right where the record says how, cancel it, or stop what is taken instead.

A dose is never made up: a rhythm, the most in a day and the other medicine are all that is offered, and what the
prescriber chose beside them is kept or left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tallman.core.knowledge import Knowledge
from tallman.core.prescription import Order
from tallman.core.quantity import Amount
from tallman.core.screening.case import Case
from tallman.core.screening.finding import Finding
from tallman.core.sig import Frequency, Timing, say
from tallman.interchange.cds_hooks.request import Request, Resource

__all__ = ["suggested"]

_RXNORM, _UCUM = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://unitsofmeasure.org"
_UNITS = {"mg": "mg", "mcg": "ug", "g": "g", "mL": "mL", "unit": "[iU]", "mEq": "meq"}
_ASKS_AGAIN = ("dosageInstruction", "dispenseRequest", "priorPrescription")
"""What was chosen for one medicine and cannot be carried over to another."""


def suggested(finding: Finding, card: str, case: Case, request: Request, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The suggestions of a card with the id `card`, the mending ones first; only where a pharmacist would decide."""
    if not finding.severity.is_interruptive:
        return []
    offers = [*_mended(finding, case, request, knowledge), *_called_off(finding, case, request)]
    return [
        {
            "uuid": str(uuid5(NAMESPACE_URL, f"{card}|{key}")),
            "label": label,
            "actions": [action | {"description": label} for action in actions],
        }
        for key, label, actions in offers
    ]


_Offer = tuple[str, str, list[dict[str, Any]]]
"""What tells it from the other offers of its card, its label, its actions."""


def _mended(finding: Finding, case: Case, request: Request, knowledge: Knowledge) -> Iterator[_Offer]:
    """The draft as the remedy of the finding has it."""
    resource, remedy = request.find(finding.order), finding.remedy
    order = next((o for o in case.proposed if o.id == finding.order), None)
    if remedy is None or resource is None or order is None or resource.id not in {d.id for d in request.drafts}:
        return
    name = order.medicine.name
    if remedy.medicine and (concept := _concept(remedy.medicine, knowledge)):
        label = f"Order {concept['text']} instead; dose and directions are to be chosen"
        new = {key: value for key, value in resource.content().items() if key not in (*_ASKS_AGAIN, "id")}
        new = {key: value for key, value in new.items() if not key.startswith("medication")}
        create = {"type": "create", "resource": new | {"medicationCodeableConcept": concept, "status": "draft"}}
        yield "medicine", label, [_delete(resource), create]
    if remedy.once_a_week and (changed := _weekly(resource, order)):
        yield "weekly", f"{name}: the same dose once a week", [{"type": "update", "resource": changed}]
    if remedy.daily_max and (changed := _capped(resource, order, remedy.daily_max)):
        label = f"{name}: add at most {remedy.daily_max} in 24 hours"
        yield "capped", label, [{"type": "update", "resource": changed}]


def _called_off(finding: Finding, case: Case, request: Request) -> Iterator[_Offer]:
    """Each order of the finding without which there would be none: drafts cancelled, what is taken stopped."""
    names = {o.id: o.medicine.name or o.medicine.text for o in (*case.proposed, *case.current)}
    drafts = {d.id for d in request.drafts}
    for order in dict.fromkeys((finding.order, *finding.others)):
        resource = request.find(order)
        if resource is None:
            continue
        if resource.id in drafts:
            yield order, f"Cancel {names.get(order, 'the order')}", [_delete(resource)]
        else:
            stopped = {"type": "update", "resource": resource.content() | {"status": "stopped"}}
            yield order, f"Stop {names.get(order, 'the other')} instead", [stopped]


def _delete(resource: Resource) -> dict[str, Any]:
    return {"type": "delete", "resourceId": f"MedicationRequest/{resource.id}"}


def _concept(names: tuple[str, ...], knowledge: Knowledge) -> dict[str, Any] | None:
    """The other medicine by its name alone, with its code where it is one ingredient that has one."""
    held = [knowledge.ingredients.get(name) for name in names]
    if not all(held):
        return None
    concept: dict[str, Any] = {"text": " / ".join(i.tall_man for i in held if i)}
    if len(held) == 1 and held[0] and held[0].rxcui:
        concept["coding"] = [{"system": _RXNORM, "code": held[0].rxcui, "display": held[0].name}]
    return concept


def _weekly(resource: Resource, order: Order) -> dict[str, Any] | None:
    """The draft with its dose once a week. None where its directions are more than one instruction."""
    content, dosage = _only_dosage(resource)
    if dosage is None or len(order.sig.steps) != 1:
        return None
    step = replace(order.sig.steps[0], timing=Timing(frequency=Frequency(1, 1, unit="wk")))
    dosage |= {"text": say(replace(order.sig, steps=(step,)))}
    dosage |= {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}}
    return content | {"dosageInstruction": [dosage]}


def _capped(resource: Resource, order: Order, most: Amount) -> dict[str, Any] | None:
    """The draft with the most in a day. None where its directions are more than one instruction."""
    content, dosage = _only_dosage(resource)
    if dosage is None or most.unit not in _UNITS:
        return None
    top = {"value": most.value, "unit": most.unit, "system": _UCUM, "code": _UNITS[most.unit]}
    day = {"value": 24, "unit": "h", "system": _UCUM, "code": "h"}
    dosage |= {"text": f"{order.sig.text.rstrip('. ')}, at most {most} in 24 hours"}
    return content | {"dosageInstruction": [dosage | {"maxDosePerPeriod": {"numerator": top, "denominator": day}}]}


def _only_dosage(resource: Resource) -> tuple[dict[str, Any], dict[str, Any] | None]:
    content = resource.content()
    written = content.get("dosageInstruction") or []
    return content, dict(written[0]) if len(written) == 1 else None
