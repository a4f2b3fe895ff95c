"""What is kept of each stage: every difference that was found, and the signatures."""

from __future__ import annotations

from django.db import models

from tallman.core.reconciliation.difference import DifferenceType, Harm
from tallman.server.reconciliation.models.decisions import Decision
from tallman.server.reconciliation.models.people import person
from tallman.server.reconciliation.models.stays import Encounter, Stage
from tallman.server.web import clock

__all__ = ["Found", "SignOff"]

HARMS = [(h.value, h.value) for h in Harm]


class Found(models.Model):
    """One difference found at one stage: what the measures count. It stays when it is decided or gone."""

    TYPES = [(t.value, t.value) for t in DifferenceType] + [("not-compared", "not compared")]

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="found")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    key = models.CharField(max_length=64)
    """That of its medicine: the decision with the same key settles it."""
    type = models.CharField(max_length=12, choices=TYPES)
    harm = models.CharField(max_length=8, choices=HARMS, blank=True)
    """Empty for what could not be compared."""
    is_explained = models.BooleanField()
    summary = models.TextField()
    because = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    """The kinds of list that tell of it."""
    found_at = models.DateTimeField(default=clock.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    """When the lists no longer showed it."""
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="settles")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "found"
        indexes = [models.Index(fields=["encounter", "stage"], name="reconciliation_found_at")]

    def __str__(self) -> str:
        return self.type


class SignOff(models.Model):
    """A pharmacist's signature under one stage: every difference has its reason or its correction."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="sign_offs")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    by = person()
    at = models.DateTimeField(default=clock.now)
    knowledge_version = models.CharField(max_length=80)
    knowledge_sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    """The list that was signed, a medicine each, as `signed.rows_of` writes it."""
    superseded_at = models.DateTimeField(null=True, blank=True)
    """When a decision under it was taken back, or at discharge anything became another: it is to be signed anew."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.stage
