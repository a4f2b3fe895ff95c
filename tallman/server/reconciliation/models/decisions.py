"""What was proposed and decided about each medicine."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tallman.core.reconciliation.change_reasons import WORDS, ChangeReason
from tallman.core.reconciliation.decided import Disposition
from tallman.server.reconciliation.models.people import person
from tallman.server.reconciliation.models.stays import Encounter, Stage
from tallman.server.web import clock

__all__ = ["Decision", "Proposal", "Verdict"]


class Verdict(models.Model):
    """What is to become of one medicine at one stage, proposed or decided. It holds as long as both sides say exactly
    the same."""

    DISPOSITIONS = [(d.value, d.value.capitalize()) for d in Disposition]

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="%(class)ss")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    key = models.CharField(max_length=64)
    """What both sides said, as a hash: `keys.key_of`."""
    disposition = models.CharField(max_length=10, choices=DISPOSITIONS)
    text = models.CharField(max_length=240, blank=True)
    """The medicine that goes on, where it is another."""
    directions = models.CharField(max_length=500, blank=True)
    """How it goes on, where that is new."""
    until = models.CharField(max_length=120, blank=True)
    """The day or the event a medicine is held for."""
    reason_code = models.CharField(max_length=24, blank=True)
    reason = models.TextField(blank=True)
    by = person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.disposition

    @property
    def reason_words(self) -> str:
        """The reason as it is read: the name of its code, and what was written."""
        name = WORDS[ChangeReason(self.reason_code)].name if self.reason_code else ""
        return "; ".join(filter(None, [name, self.reason]))


class Decision(Verdict):
    """What a pharmacist decided about one medicine."""

    INTENTS = [("intended", "The difference is meant"), ("unintended", "The difference was not meant")]

    intent = models.CharField(max_length=10, choices=INTENTS, blank=True)
    """Empty where there was no difference."""
    agreed_with = models.CharField(max_length=160, blank=True)
    """The prescriber who was asked."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_unagreed(self) -> bool:
        """Whether an order is to be put right and no prescriber has agreed to it yet."""
        return self.intent == "unintended" and not self.agreed_with

    class Meta(Verdict.Meta):
        indexes = [models.Index(fields=["encounter", "key"], name="reconciliation_decision_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__in=[Disposition.CONTINUE, Disposition.NEW]) | ~Q(reason="", reason_code=""),
                name="reconciliation_decision_has_a_reason",
            )
        ]


class Proposal(Verdict):
    """What a technician puts before the pharmacist about one medicine. It decides nothing."""

    class Meta(Verdict.Meta):
        indexes = [models.Index(fields=["encounter", "key"], name="reconciliation_proposal_on")]
