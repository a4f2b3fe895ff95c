"""Messages as they came, what became of them, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tallman.core.reconciliation.encounter import EncounterKind
from tallman.server.accounts.models import ApiToken
from tallman.server.cds_clients.models import CdsClient
from tallman.server.patients.models import Patient
from tallman.server.reconciliation.models import Encounter
from tallman.server.web import clock

__all__ = ["Card", "KnownNumber", "Message", "Movement"]


class Message(models.Model):
    """One message. Its bytes never change; a sender's id stands for one message only."""

    SCRIPT, FHIR, HL7V2 = "script", "fhir", "hl7v2"
    FORMATS = [(SCRIPT, "NCPDP SCRIPT"), (FHIR, "FHIR R4"), (HL7V2, "HL7 v2")]
    ACCEPTED, PARKED, SET_ASIDE = "accepted", "parked", "set-aside"
    STATUSES = [(ACCEPTED, "Accepted"), (PARKED, "Waits as an exception"), (SET_ASIDE, "Set aside")]

    format = models.CharField(max_length=8, choices=FORMATS)
    sender = models.CharField(max_length=120)
    """As the message says it, else the name of the token or of the command that brought it."""
    message_id = models.CharField(max_length=120)
    """As the message says it, else its hash."""
    received_at = models.DateTimeField(default=clock.now)
    token = models.ForeignKey(ApiToken, models.PROTECT, null=True, related_name="+")
    """The machine that sent it; none for a file taken in on the command line."""
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=STATUSES)
    reason = models.CharField(max_length=40, blank=True)
    """Why it waits, or waited: a code of `reasons`."""
    place = models.CharField(max_length=200, blank=True)
    """Where in the message that is."""
    answer = models.BinaryField()
    """What whoever sends it now is answered."""
    answer_status = models.PositiveSmallIntegerField()
    """The answer's HTTP status."""
    first_answer = models.BinaryField(null=True)
    """What was answered on arrival, where reading it again has changed the answer."""
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")
    """The message that came first under the same id, with other content."""
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="+")
    """Who somebody said it is about, where the message left that open."""
    note = models.TextField(blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who set it aside."""
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["received_at"], condition=Q(status="parked"), name="exchange_parked")]
        constraints = [
            models.UniqueConstraint(
                fields=["format", "sender", "message_id"],
                condition=Q(conflicts_with__isnull=True),
                name="exchange_one_message_per_id",
            ),
            models.UniqueConstraint(fields=["conflicts_with", "sha256"], name="exchange_one_row_per_conflict"),
            models.CheckConstraint(
                condition=Q(status="accepted") | (Q(status__in=["parked", "set-aside"]) & ~Q(reason="")),
                name="exchange_waits_for_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(status="set-aside", settled_by__isnull=False, settled_at__isnull=False) & ~Q(note=""))
                | (~Q(status="set-aside") & Q(settled_by__isnull=True, settled_at__isnull=True)),
                name="exchange_set_aside_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def source(self) -> str:
        """How the prescriptions made of it call it."""
        return f"message:{self.pk}"


class KnownNumber(models.Model):
    """A number that another system knows a patient by. Whoever gave it may give it to nobody else."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="known_numbers")
    authority = models.CharField(max_length=120)
    """Who gave it, else the house that sent it."""
    number = models.CharField(max_length=120)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    """The message that told of it first."""

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="exchange_one_patient_per_number")]

    def __str__(self) -> str:
        return self.number


class Movement(models.Model):
    """What one message told of one stay."""

    KINDS = [(k.value, k.value.replace("-", " ").capitalize()) for k in EncounterKind]

    message = models.ForeignKey(Message, models.PROTECT, related_name="movements")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=20, choices=KINDS)
    at = models.DateTimeField()
    """When it happened."""
    recorded_at = models.DateTimeField()
    """When the sender entered it."""
    is_news = models.BooleanField()
    """Whether the stay is as it says; false for what was older than what was known."""
    warnings = models.JSONField(default=list, blank=True)
    """What was not understood, a sentence with its place each."""

    class Meta:
        ordering = ["recorded_at", "at", "pk"]
        constraints = [models.UniqueConstraint(fields=["message", "encounter"], name="exchange_one_movement")]

    def __str__(self) -> str:
        return self.kind


class Card(models.Model):
    """One piece of advice given to another system over CDS Hooks, and what became of it. It tells of no patient."""

    ACCEPTED, OVERRIDDEN = "accepted", "overridden"
    OUTCOMES = [(ACCEPTED, "A suggestion was taken"), (OVERRIDDEN, "Overridden")]

    uuid = models.UUIDField(unique=True)
    service = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    rule = models.CharField(max_length=120, blank=True)
    """The record of the knowledge that it rests on."""
    knowledge_sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=clock.now)
    token = models.ForeignKey(ApiToken, models.PROTECT, null=True, related_name="+")
    """The machine that asked, where it was one with a token of this pharmacy."""
    client = models.ForeignKey(CdsClient, models.PROTECT, null=True, related_name="+")
    """The system that asked, where it was one that signs its calls."""
    outcome = models.CharField(max_length=10, blank=True, choices=OUTCOMES)
    suggestions = models.JSONField(default=list, blank=True)
    """The ids of the suggestions that were taken."""
    reason = models.CharField(max_length=60, blank=True)
    """The code of the reason for which it was overridden."""
    comment = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    """When that was, as the other system says."""

    class Meta:
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["rule", "outcome"], name="exchange_card_rule")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | Q(outcome__in=["accepted", "overridden"], settled_at__isnull=False),
                name="exchange_card_outcome_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=False, client__isnull=True) | Q(token__isnull=True, client__isnull=False),
                name="exchange_card_one_caller",
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.uuid}"
