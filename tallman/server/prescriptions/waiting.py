"""Which prescriptions still wait, and screening them anew when their patient's record changes."""

from __future__ import annotations

from tallman.core.workflow import Stage
from tallman.server.audit.actions import Author
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.actions import rescreen
from tallman.server.prescriptions.models import Prescription

__all__ = ["rescreen_waiting"]

_DONE = [Stage.RECEIVED, Stage.HANDED_OVER, Stage.CANCELLED]


def rescreen_waiting(patient: Patient, by: Author) -> None:
    """Screen every prescription of the patient that is entered and not handed over. The patient is locked."""
    rows = Prescription.objects.filter(patient=patient, screening__isnull=False).exclude(stage__in=_DONE)
    for row in rows.only("pk").order_by("pk"):
        rescreen(prescription=row, by=by)
