"""What the review page shows of a screening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tallman.core.screening.finding import Severity
from tallman.server import knowledge_in_use
from tallman.server.prescriptions.models import Finding, Prescription

__all__ = ["CurrentMedicine", "current_medicines", "findings_of", "history_of_patient", "not_checked"]


def findings_of(row: Prescription) -> list[Finding]:
    """The findings that count now, gravest first, each with its decision. One query."""
    found = Finding.objects.filter(screening=row.screening_id).select_related("decision__by")
    return sorted(found, key=lambda f: (Severity(f.severity).rank, f.pk))


def not_checked(row: Prescription) -> list[tuple[str, str]]:
    """The checks that could not run, those with the same reason together: checks, reason."""
    by_reason: dict[str, list[str]] = {}
    for item in row.screening.not_checked if row.screening else ():
        by_reason.setdefault(item["reason"], []).append(item["check"])
    return [(", ".join(checks), reason) for reason, checks in by_reason.items()]


@dataclass(frozen=True, slots=True)
class CurrentMedicine:
    """Something the patient takes beside it, as the checks saw it. `rx_number` is empty when it is from elsewhere."""

    name: str
    sig: str
    rx_number: str
    started: str
    is_involved: bool
    """Whether a finding speaks of it."""


def current_medicines(row: Prescription) -> list[CurrentMedicine]:
    """The other medicines in the stored case: what the checks looked at, nothing else. Two queries."""
    if row.screening is None:
        return []
    orders = row.screening.case["current"]
    keys = [int(o["id"].removeprefix("rx:")) for o in orders if o["id"].startswith("rx:")]
    numbers = {f"rx:{pk}": n for pk, n in Prescription.objects.filter(pk__in=keys).values_list("pk", "rx_number")}
    involved = {o for f in Finding.objects.filter(screening=row.screening_id).only("others") for o in f.others}
    return [
        CurrentMedicine(
            name=_name(order),
            sig=order["sig"],
            rx_number=numbers.get(order["id"], ""),
            started=order.get("started") or "",
            is_involved=order["id"] in involved,
        )
        for order in orders
    ]


def _name(order: dict[str, Any]) -> str:
    product = knowledge_in_use.current().products.get(order["product_id"])
    return product.tall_man if product else order["text"]


def history_of_patient(row: Prescription, shown: list[CurrentMedicine], limit: int = 12) -> list[Prescription]:
    """The patient's other prescriptions, the newest first, without those `shown` as taken now. One query."""
    if row.patient_id is None:
        return []
    rows = Prescription.objects.filter(patient=row.patient_id).exclude(pk=row.pk)
    rows = rows.exclude(rx_number__in=[m.rx_number for m in shown])
    return list(rows.order_by("-received_at", "-pk")[:limit])
