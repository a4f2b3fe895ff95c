"""Which prescriptions still wait, and screening them anew when their patient's record changes."""

from __future__ import annotations

from tallman.server.audit.actions import Author
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.actions import rescreen
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.queries import WAITING

__all__ = ["rescreen_waiting"]


def rescreen_waiting(patient: Patient, by: Author) -> None:
    """Screen every prescription of the patient that is entered and not handed over. The patient is locked."""
    for row in Prescription.objects.filter(WAITING, patient=patient).only("pk").order_by("pk"):
        rescreen(prescription=row, by=by)
