"""The chain of events and its head."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

__all__ = ["Event", "Head"]


class Event(models.Model):
    """One thing that was done. Never changed, never removed: the database refuses both."""

    sequence = models.BigIntegerField(primary_key=True)
    """1, 2, 3 … without a gap."""
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=40, db_index=True)
    """`user:7`, `token:2` or `system`."""
    actor_name = models.CharField(max_length=120)
    """The name as it was when it happened."""
    action = models.CharField(max_length=60, db_index=True)
    """`area.verb`, as `dispensing.fill`."""
    subject_type = models.CharField(max_length=60)
    """`app.model`, as `dispensing.fill`; empty when the deed has no row of its own."""
    subject_id = models.CharField(max_length=40, blank=True)
    patient_id = models.CharField(max_length=40, null=True, db_index=True)
    data_json = models.TextField(default="{}")
    """Canonical JSON, exactly as it was hashed (a JSON column would reorder it on one database only)."""
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        constraints = [models.CheckConstraint(condition=models.Q(sequence__gt=0), name="audit_sequence_positive")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    @property
    def is_clinical(self) -> bool:
        """Whether its facts may tell of a patient: all but those about accounts and the record itself."""
        return self.action.partition(".")[0] not in {"accounts", "audit"}

    @property
    def data(self) -> dict[str, Any]:
        """The facts of the deed."""
        return json.loads(self.data_json)  # type: ignore[no-any-return]


class Head(models.Model):
    """The last link: one row, locked by every writer, so that the chain grows one event at a time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"head at {self.sequence}"
