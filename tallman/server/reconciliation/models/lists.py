"""Lists of medicines from wherever they came, each with its lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tallman.core.reconciliation.line import SourceKind, State
from tallman.server.reconciliation.models.people import person
from tallman.server.reconciliation.models.stays import Encounter
from tallman.server.web import clock

__all__ = ["ListLine", "Medicine", "MedicineList"]


class MedicineList(models.Model):
    """One list of what a patient takes or is to have, and where it comes from. A newer one of orders supersedes it."""

    KINDS = [(k.value, k.value.capitalize()) for k in SourceKind]
    RELIABILITIES = [("good", "Good"), ("fair", "Fair"), ("poor", "Poor"), ("", "Not judged")]

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="lists")
    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField(max_length=120)
    """What it is called on the page: "daughter, by telephone"."""
    on = models.DateField(null=True, blank=True)
    """The day it was written or told."""
    told_by = models.CharField(max_length=120, blank=True)
    reliability = models.CharField(max_length=4, choices=RELIABILITIES, blank=True)
    received = models.BinaryField(null=True, blank=True)
    """The file as it came, where it came as one."""
    allergies = models.JSONField(null=True, blank=True)
    """What it says of allergies: `substance` and `reaction` each; null when it says nothing of them."""
    is_current = models.BooleanField(default=True)
    """Whether it counts: it was neither superseded nor withdrawn."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    by = person(null=True, blank=True)
    """Null when it came by a message or was made of our own records."""
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="reconciliation_list_named")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_orders(self) -> bool:
        """Whether it holds orders, not what was taken before."""
        return self.kind in (SourceKind.HOSPITAL, SourceKind.DISCHARGE)


class Medicine(models.Model):
    """A medicine and its directions as they were said or written, with the state its list gives it."""

    STATES = [(s.value, s.value.capitalize()) for s in State]

    text = models.CharField(max_length=240)
    rxcui = models.CharField(max_length=12, blank=True)
    directions = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=240, blank=True)
    """What it is for."""
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=State.ACTIVE)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " ".join(filter(None, [self.text, self.directions]))


class ListLine(Medicine):
    """One line of a list."""

    medicine_list = models.ForeignKey(MedicineList, models.CASCADE, related_name="lines")
    ref = models.CharField(max_length=120, blank=True)
    """The sender's own reference."""
    quantity = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    quantity_unit = models.CharField(max_length=40, blank=True)
    started = models.DateField(null=True, blank=True)
    fills = models.JSONField(default=list, blank=True)
    """What was handed over: `on` and `days` each."""

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reconciliation_line_named")]
