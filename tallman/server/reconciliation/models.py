"""Stays of patients, the lists of their medicines, the history made of them, and what was decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tallman.core.reconciliation.change_reasons import WORDS, ChangeReason
from tallman.core.reconciliation.decided import Disposition
from tallman.core.reconciliation.difference import DifferenceType, Harm
from tallman.core.reconciliation.line import SourceKind, State
from tallman.server.patients.models import Patient
from tallman.server.web import clock

__all__ = [
    "Decision", "Encounter", "Found", "HistoryLine", "ListLine", "MedicineList", "Probe", "Proposal", "SignOff",
    "Stage",
]  # fmt: skip

HISTORY_WITHIN = timedelta(hours=24)
"""How soon after admission the history is to be complete: the measure most hospitals hold themselves to."""
CERTAINTIES = [("sure", "Sure"), ("fairly-sure", "Fairly sure"), ("unsure", "Not sure")]
HARMS = [(h.value, h.value) for h in Harm]


def _person(**options: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


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
    history_completed_by = _person(null=True, blank=True)
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
    by = _person(null=True, blank=True)
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


class HistoryLine(Medicine):
    """One medicine of the best possible history: what the technician found that the patient takes, or does not."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="history")
    rests_on = models.ManyToManyField(ListLine, related_name="history")
    """The lines of the sources that speak of it; none when only the patient told of it."""
    told_by = models.CharField(max_length=120, blank=True)
    certainty = models.CharField(max_length=12, choices=CERTAINTIES, default="sure")
    last_taken = models.CharField(max_length=60, blank=True)
    """When the last dose was taken, as it was told: "today 8 am", "does not know"."""
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="reconciliation_history_named")]


class Probe(models.Model):
    """One question of the interview guide, asked."""

    encounter = models.ForeignKey(Encounter, models.CASCADE, related_name="probes")
    code = models.CharField(max_length=24)
    answer = models.CharField(max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Could not be asked")])
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["encounter", "code"], name="reconciliation_probe_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


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
    by = _person()
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
    by = _person()
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
