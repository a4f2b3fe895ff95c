"""What the pharmacy itself knows of a patient's medicines, as the first lists of a stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from tallman.core.reconciliation.line import SourceKind, State
from tallman.server.dispensing.models import HandOver
from tallman.server.patients.models import OutsideMedicine
from tallman.server.prescriptions.models import Prescription
from tallman.server.reconciliation.models import Encounter, ListLine, MedicineList
from tallman.server.web import clock

__all__ = ["fills_list", "record_list"]

LOOKED_BACK = timedelta(days=365)
"""How old a fill may be that still tells something of what is taken now."""


def fills_list(encounter: Encounter) -> MedicineList | None:
    """What was handed over here in the last year, a line for each prescription; None when nothing was."""
    since = encounter.admitted_at - LOOKED_BACK
    given = HandOver.objects.filter(fill__prescription__patient=encounter.patient_id, at__gte=since)
    fills: dict[Prescription, list[HandOver]] = {}
    for one in given.select_related("fill__prescription").order_by("at", "pk"):
        fills.setdefault(one.fill.prescription, []).append(one)
    lines = [_filled(rx, every) for rx, every in fills.items()]
    return _kept(encounter, SourceKind.FILLS, "filled here", lines)


def record_list(encounter: Encounter) -> MedicineList | None:
    """The medicines from elsewhere on the patient's record; None when there are none."""
    facts = OutsideMedicine.objects.filter(patient=encounter.patient_id, in_error=False)
    today = clock.today()
    return _kept(encounter, SourceKind.RECORD, "our record", [_outside(fact, today) for fact in facts])


def _kept(encounter: Encounter, kind: SourceKind, name: str, lines: Iterable[ListLine]) -> MedicineList | None:
    rows = list(lines)
    if not rows:
        return None
    made = MedicineList.objects.create(encounter=encounter, kind=kind, name=name, on=clock.today(), at=clock.now())
    for row in rows:
        row.medicine_list = made
    ListLine.objects.bulk_create(rows)
    return made


def _filled(rx: Prescription, given: list[HandOver]) -> ListLine:
    fills = [
        {"on": timezone.localdate(one.at).isoformat(), "days": one.fill.days_supply or rx.days_supply} for one in given
    ]
    return ListLine(
        text=rx.medicine_name[:240], rxcui=rx.received_rxcui, directions=rx.sig[:500], ref=f"Rx {rx.rx_number}",
        quantity=rx.quantity, quantity_unit=rx.quantity_unit, started=timezone.localdate(given[0].at), fills=fills,
    )  # fmt: skip


def _outside(fact: OutsideMedicine, today: date) -> ListLine:
    ended = fact.ended_on is not None and fact.ended_on <= today
    return ListLine(
        text=fact.text, rxcui=fact.rxcui, directions=fact.directions, ref=f"outside {fact.pk}", started=fact.since,
        state=State.STOPPED if ended else State.ACTIVE,
    )  # fmt: skip
