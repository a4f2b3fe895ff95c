"""From rows to the case that the checks look at: the one mapping between the database and the core.

In two steps. `document` gathers texts, codes and product ids from the rows as JSON, which is stored with the
screening; `replay.read` turns that into core values with the knowledge. So a stored screening can be run again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from tallman.core.rule import Source
from tallman.core.supply import taken_until
from tallman.core.workflow import Stage
from tallman.server.medicines.confusion import own_pairs_of
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.patients.queries import with_facts
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Prescriber, Prescription

__all__ = ["active", "document", "order_id", "profiles"]

_IN_WORK = [
    Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.ON_HOLD, Stage.OWED,
]  # fmt: skip


def order_id(row: Prescription | OutsideMedicine) -> str:
    """The id an order has in a case: `rx:17` or `outside:4`."""
    return f"rx:{row.pk}" if isinstance(row, Prescription) else f"outside:{row.pk}"


def document(row: Prescription, on: date, entry: Entry | None = None) -> dict[str, Any]:
    """The facts of the case as JSON: eight queries, whatever the number of medicines.

    With `entry`, that is what is proposed instead of what the row holds.
    """
    patient = _patient(entry.patient if entry else row.patient)
    taken = [p for p in active(patient, on) if p.pk != row.pk] if patient else []
    proposed = _proposed(row, entry or row)
    return _document(patient, taken, on) | {"proposed": [proposed], "own_pairs": _own_pairs(proposed)}


def _own_pairs(proposed: dict[str, Any]) -> list[dict[str, str]]:
    """The pharmacy's own pairs that a name of the proposed medicine is in."""
    pairs = own_pairs_of(proposed["product_id"], proposed["text"])
    return [{"one": p.one, "other": p.other, **_said(p.sources[0])} for p in pairs]


def _said(source: Source) -> dict[str, str]:
    return {"source": source.title, "why": source.section, "on": source.date}


def profiles(patients: Sequence[int], on: date, *, with_nothing: bool = False) -> Iterator[tuple[int, dict[str, Any]]]:
    """What each of these patients takes, as the JSON of a case in which nothing is proposed; those who take nothing are
    left out unless they are asked for. Eight queries, whatever their number."""
    taken: defaultdict[int | None, list[Prescription]] = defaultdict(list)
    for row in _active(Prescription.objects.filter(patient__in=patients).select_related("replaces"), on):
        taken[row.patient_id].append(row)
    for patient in with_facts(Patient.objects.filter(pk__in=patients).order_by("pk")):
        found = _document(patient, taken[patient.pk], on)
        if found["current"] or with_nothing:
            yield patient.pk, found


def _document(patient: Patient | None, taken: list[Prescription], on: date) -> dict[str, Any]:
    outside: Any = patient.outside_medicines if patient else ()  # type: ignore[attr-defined]
    return {
        "on": on.isoformat(),
        "jurisdiction": settings.JURISDICTION,
        "patient": _person(patient) if patient else {},
        "current": [*map(_prescribed, taken), *(_outside(m) for m in outside if not m.in_error)],
        "proposed": [],
    }


def _patient(patient: Patient | None) -> Patient | None:
    return with_facts(Patient.objects.filter(pk=patient.pk)).get() if patient is not None else None


def active(patient: Patient, on: date) -> list[Prescription]:
    """The patient's prescriptions that are in work or in use, oldest first."""
    return _active(Prescription.objects.filter(patient=patient), on)


def _active(rows: QuerySet[Prescription], on: date) -> list[Prescription]:
    begun = rows.filter(Q(stage__in=_IN_WORK, screening__isnull=False) | Q(handed_over_at__isnull=False))
    found = begun.exclude(replaced_by__handed_over_at__isnull=False).select_related("prescriber").order_by("pk")
    return [p for p in found if p.stage in _IN_WORK or _is_in_use(p, on)]


def _is_in_use(row: Prescription, on: date) -> bool:
    given = timezone.localdate(row.handed_over_at)
    return taken_until(given, row.supplied_until, row.refills) >= on


def _person(patient: Patient) -> dict[str, Any]:
    facts: Any = patient
    return {
        "birth_date": _iso(patient.birth_date),
        "sex": patient.sex,
        "no_known_allergies": patient.no_known_allergies_on is not None,
        "allergies": [
            {
                "substance": a.substance,
                "reaction": a.reaction,
                "severity": a.severity,
                "kind": a.kind,
                "status": a.status,
            }
            for a in facts.allergies
        ],
        "conditions": [
            {"code": c.code, "text": c.text, "active": c.active, "onset": _iso(c.onset)} for c in facts.conditions
        ],
        "observations": [
            {"loinc": o.loinc, "value": _text(o.value), "unit": o.unit, "text": o.text, "on": _iso(o.on)}
            for o in facts.observations
            if not o.in_error
        ],
    }


def _proposed(row: Prescription, terms: Entry | Prescription) -> dict[str, Any]:
    """The order as it stands in the row or in an entry not yet made; what identifies it is the row's."""
    return {
        "id": order_id(row),
        "product_id": terms.product_id,
        "text": row.received_medicine,
        "rxcui": row.received_rxcui,
        "ndc": row.received_ndc,
        "sig": terms.sig,
        "coded": row.received.get("structured_sig", ""),
        "quantity": _text(terms.quantity),
        "unit": terms.quantity_unit,
        "days_supply": terms.days_supply,
        "refills": terms.refills,
        "written_on": _iso(terms.written_on),
        "reasons": list(terms.diagnosis_codes),
        "note": terms.note,
        "prescriber_dea": terms.prescriber.dea if terms.prescriber else "",
        "registration": _registration(terms.prescriber),
        "replaces": [order_id(terms.replaces)] if terms.replaces else [],
        "setting": terms.setting,
    }


def _registration(prescriber: Prescriber | None) -> dict[str, Any] | None:
    """What is on record of the prescriber's DEA registration beside its number; None where that is nothing."""
    if prescriber is None or not (prescriber.dea_schedules or prescriber.dea_until):
        return None
    return {"schedules": list(prescriber.dea_schedules), "until": _iso(prescriber.dea_until)}


def _prescribed(row: Prescription) -> dict[str, Any]:
    given = row.handed_over_at
    return _proposed(row, row) | {"started": _iso(timezone.localdate(given)) if given else None}


def _outside(row: OutsideMedicine) -> dict[str, Any]:
    return {
        "id": order_id(row),
        "product_id": "",
        "text": row.text,
        "rxcui": row.rxcui,
        "sig": row.directions,
        "started": _iso(row.since),
        "ended": _iso(row.ended_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Decimal | None) -> str | None:
    """The same text for the same number, however many zeros the database keeps."""
    return None if value is None else f"{value.normalize():f}"
