"""What stands on a patient's chart of the day: each medicine with its amounts for the four times of day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig import Schedule, Sig, parse, say, schedule, spanish
from tallman.core.sig.say_es import say_in_spanish
from tallman.server.patients.models import OutsideMedicine, Patient
from tallman.server.prescriptions import cases

__all__ = ["SLOTS", "Chart", "Row", "Taken", "chart_of", "in_use"]

SLOTS = ("morning", "noon", "evening", "bedtime")


@dataclass(frozen=True, slots=True)
class Row:
    """One medicine. `cells` are the amounts of the four times of day, empty where none is taken; None where the
    directions do not follow the day. `is_translated` is false where the directions stand as they were written."""

    medicine: str
    directions: str
    cells: tuple[str, ...] | None
    is_translated: bool
    is_as_needed: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language ("en" or "es"), as of a day."""

    patient: str
    on: date
    language: str
    rows: tuple[Row, ...]


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
    rows = (_row(m.medicine, parse(m.directions), language) for m in medicines)
    return Chart(str(patient), on, language, tuple(rows))


def _row(medicine: str, sig: Sig, language: str) -> Row:
    said = (say_in_spanish if language == "es" else say)(sig)
    planned = schedule(sig)
    cells = tuple(_cell(planned, slot, language) for slot in SLOTS) if planned else None
    as_needed = bool(sig.steps) and all(step.prn for step in sig.steps)
    return Row(medicine, said or sig.text, cells, said is not None, as_needed)


def _cell(planned: Schedule, slot: str, language: str) -> str:
    low, high = getattr(planned, slot)
    if not high:
        return ""
    return f"{_number(low, high, language)} {_unit(planned.unit, high, language)}".strip()


def _number(low: Decimal, high: Decimal, language: str) -> str:
    if low == high:
        return {"0.5": "½", "0.25": "¼", "0.75": "¾", "1.5": "1½"}.get(f"{high.normalize():f}", format_number(high))
    return f"{format_number(low)} {'a' if language == 'es' else 'to'} {format_number(high)}"


def _unit(code: str | None, count: Decimal, language: str) -> str:
    if code is None:
        return ""
    if language == "es" and code in spanish.UNITS:
        return spanish.UNITS[code][count > 1]
    return UNITS[code].code if count <= 1 else UNITS[code].plural
