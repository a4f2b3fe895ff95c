"""The best possible history, and the questions of the interview guide."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tallman.server.reconciliation.models.lists import ListLine, Medicine
from tallman.server.reconciliation.models.people import person
from tallman.server.reconciliation.models.stays import Encounter
from tallman.server.web import clock

__all__ = ["CERTAINTIES", "HistoryLine", "Probe"]

CERTAINTIES = [("sure", "Sure"), ("fairly-sure", "Fairly sure"), ("unsure", "Not sure")]


class HistoryLine(Medicine):
    """One medicine of the best possible history: what the technician found that the patient takes, or does not."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="history")
    rests_on = models.ManyToManyField(ListLine, related_name="history")
    """The lines of the sources that speak of it; none when only the patient told of it."""
    told_by = models.CharField(max_length=120, blank=True)
    certainty = models.CharField(max_length=12, choices=CERTAINTIES, default="sure")
    last_taken = models.CharField(max_length=60, blank=True)
    """When the last dose was taken, as it was told: "today 8 am", "does not know"."""
    by = person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reconciliation_history_named")]


class Probe(models.Model):
    """One question of the interview guide, asked."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="probes")
    code = models.CharField(max_length=24)
    answer = models.CharField(max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Could not be asked")])
    by = person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["encounter", "code"], name="reconciliation_probe_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"
