"""The risk of a stay: where it stands on the worklist, and why."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from tallman.core.reconciliation.line import Line
from tallman.core.reconciliation.risk import risk_of
from tallman.server.reconciliation.comparison import Compared, Stay
from tallman.server.reconciliation.models import Encounter

__all__ = ["risk_of_stay"]


def risk_of_stay(stay: Stay, compared: Compared | None) -> tuple[int, list[str]]:
    """Points and reasons, from what is known now."""
    rows = compared.open_rows if compared and compared.has_orders else ()
    differences = [d for row in rows for d in row.differences]
    last_home = _last_home(stay.encounter)
    risk = risk_of(stay.patient, _taken(stay), differences, stay.knowledge, on=stay.on, last_home=last_home)
    return risk.points, list(risk.reasons)


def _taken(stay: Stay) -> list[Line]:
    """A line for each medicine that is taken, as far as it is known: the history's answer before what sources tell."""
    if stay.encounter.history_completed_at:
        return [line for line in stay.history().lines if line.is_active]
    return [line for row in stay.aligned() if (line := next((one for one in row.lines if one.is_active), None))]


def _last_home(encounter: Encounter) -> date | None:
    """The day the patient last went home before this stay."""
    earlier = Encounter.objects.filter(
        patient=encounter.patient_id, discharged_at__isnull=False, discharged_at__lte=encounter.admitted_at
    )
    last = earlier.exclude(pk=encounter.pk).order_by("-discharged_at").first()
    return timezone.localdate(last.discharged_at) if last and last.discharged_at else None
