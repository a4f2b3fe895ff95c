"""What stands on a patient's chart of the day: what is in use, from their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from tallman.core.chart import Chart, row_of
from tallman.core.sig import parse
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.prescriptions import cases

__all__ = ["Taken", "chart_of", "in_use"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One medicine that is taken: its name, its directions, and since when."""

    medicine: str
    directions: str
    since: date


def in_use(patient: Patient, on: date) -> list[Taken]:
    """What the patient takes: handed over here and not used up, and what comes from elsewhere."""
    given = [
        Taken(row.medicine_name, row.sig, timezone.localdate(row.handed_over_at))
        for row in cases.active(patient, on)
        if row.handed_over_at
    ]
    outside = OutsideMedicine.objects.filter(patient=patient, in_error=False)
    still = outside.filter(Q(ended_on=None) | Q(ended_on__gte=on)).order_by("pk")
    return given + [Taken(row.text, row.directions, row.since or on) for row in still]


def chart_of(patient: Patient, medicines: Iterable[Taken], *, on: date, language: str) -> Chart:
    """The chart of these medicines."""
    rows = (row_of(m.medicine, parse(m.directions), language) for m in medicines)
    return Chart(str(patient), on, language, tuple(rows))
