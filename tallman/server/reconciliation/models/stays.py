"""A stay, from admission to discharge, and the moments at which its lists are compared."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from tallman.server.patients.models import Patient
from tallman.server.reconciliation.models.people import person
from tallman.server.web import clock

if TYPE_CHECKING:
    from tallman.server.reconciliation.models.signed import SignOff

__all__ = ["HISTORY_WITHIN", "Encounter", "Stage"]

HISTORY_WITHIN = timedelta(hours=24)
"""How soon after admission the history is to be complete: the measure most hospitals hold themselves to."""


class Stage(models.TextChoices):
    """The moments at which the lists are compared."""

    ADMISSION = "admission", "Admission"
    TRANSFER = "transfer", "Transfer"
    DISCHARGE = "discharge", "Discharge"


class Encounter(models.Model):
    """One stay: from admission to discharge. `version` counts every change to it or to what hangs on it."""

    KINDS = [
        ("inpatient", "Inpatient"), ("emergency", "Emergency"), ("observation", "Observation"),
        ("outpatient", "Outpatient"),
    ]  # fmt: skip
    STATUSES = [
        ("planned", "Planned"), ("in-progress", "In hospital"), ("finished", "Gone home"), ("cancelled", "Cancelled"),
    ]  # fmt: skip

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="encounters")
    visit_number = models.CharField(max_length=60, blank=True)
    """As the hospital's system calls it; empty for a stay made by hand."""
    authority = models.CharField(max_length=120, blank=True)
    """Whose number that is."""
    kind = models.CharField(max_length=12, choices=KINDS, default="inpatient")
    status = models.CharField(max_length=12, choices=STATUSES, default="in-progress")
    unit = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    bed = models.CharField(max_length=40, blank=True)
    attending = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=240, blank=True)
    """Why the patient came, in words."""
    admitted_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(null=True, blank=True)
    """The last transfer to another unit."""
    discharge_planned_at = models.DateTimeField(null=True, blank=True)
    """Since when the patient is being prepared to go home."""
    discharged_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(default=clock.now)
    """When the newest thing happened that we know of; what is older changes nothing."""

    history_completed_at = models.DateTimeField(null=True, blank=True)
    history_completed_by = person(null=True, blank=True)
    risk = models.PositiveSmallIntegerField(default=0)
    risk_reasons = models.JSONField(default=list, blank=True)
    """Why it stands where it stands: a phrase each."""
    undecided = models.PositiveSmallIntegerField(default=0)
    """Differences that a pharmacist has still to decide at the stage that is now."""

    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-risk", "admitted_at", "pk"]
        indexes = [models.Index(fields=["status", "-risk", "admitted_at"], name="reconciliation_worklist")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "visit_number"], condition=~Q(visit_number=""), name="reconciliation_one_visit"
            ),
            models.CheckConstraint(
                condition=Q(discharged_at__isnull=True) | Q(discharged_at__gte=F("admitted_at")),
                name="reconciliation_home_after_admission",
            ),
            models.CheckConstraint(
                condition=Q(history_completed_at__isnull=True, history_completed_by__isnull=True)
                | Q(history_completed_at__isnull=False, history_completed_by__isnull=False),
                name="reconciliation_history_has_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return f"stay {self.visit_number or self.pk}"

    @property
    def location(self) -> str:
        """Unit, room and bed as they are said."""
        return " ".join(filter(None, [self.unit, self.room, self.bed]))

    @property
    def history_due_at(self) -> datetime:
        """When the history is to be complete."""
        return self.admitted_at + HISTORY_WITHIN

    @property
    def signed(self) -> list[SignOff]:
        """The signatures that hold: under what still stands as it was signed."""
        return [one for one in self.sign_offs.all() if one.superseded_at is None]

    @property
    def stage(self) -> Stage | None:
        """What is to be done now: the first stage that nobody has signed; None when all is done. What was signed
        before the history was completed, for it was opened again, is to be looked at anew."""
        known = self.history_completed_at
        signed = {s.stage: s.at for s in self.signed if known and s.at >= known}
        if self.discharge_planned_at or self.discharged_at:
            return None if Stage.DISCHARGE in signed else Stage.DISCHARGE
        if Stage.ADMISSION not in signed:
            return Stage.ADMISSION
        if self.moved_at and self.moved_at > max(signed.values()):
            return Stage.TRANSFER
        return None
