"""Patients and the facts that rules need. Unknown is null or empty, never a default."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tallman.server.web import clock

__all__ = ["Allergy", "Condition", "Coverage", "Observation", "OutsideMedicine", "Patient", "TwoPeople"]


class Patient(models.Model):
    """One person. `version` counts every change to the person or to any of the facts below."""

    SEXES = [("female", "Female"), ("male", "Male"), ("other", "Other"), ("", "Not known")]

    family_name = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=SEXES, blank=True)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=40, blank=True)
    """How the person wants to be spoken to: a language tag or name."""
    notes = models.TextField(blank=True)
    no_known_allergies_on = models.DateField(null=True, blank=True)
    """The day "no known allergies" was recorded. Null with no allergy below means that nobody has asked."""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["family_name", "given_names", "pk"]
        indexes = [
            models.Index(fields=["family_name", "given_names"], name="patients_name"),
            models.Index(fields=["birth_date"], name="patients_birth_date"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(family_name=""), name="patients_named")]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.family_name, self.given_names]))


class Fact(models.Model):
    """What is known about one patient: who recorded it and when."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="%(class)s_facts")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    """Null when it came by a message."""

    class Meta:
        abstract = True
        ordering = ["pk"]


class Allergy(Fact):
    """An allergy or intolerance, its substance as it was told."""

    KINDS = [("allergy", "Allergy"), ("intolerance", "Intolerance")]
    SEVERITIES = [("", "Not recorded"), ("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")]
    STATUSES = [
        ("active", "Active"), ("inactive", "No longer"), ("refuted", "Refuted"),
        ("entered-in-error", "Entered in error"),
    ]  # fmt: skip

    substance = models.CharField(max_length=240)
    reaction = models.CharField(max_length=240, blank=True)
    severity = models.CharField(max_length=8, choices=SEVERITIES, blank=True)
    kind = models.CharField(max_length=12, choices=KINDS, default="allergy")
    status = models.CharField(max_length=16, choices=STATUSES, default="active")

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(substance=""), name="patients_allergy_named")]

    def __str__(self) -> str:
        return f"{self.substance} ({self.reaction})" if self.reaction else self.substance


class Condition(Fact):
    """A problem on the list."""

    code = models.CharField(max_length=8, blank=True)
    """ICD-10-CM without the dot."""
    text = models.CharField(max_length=240, blank=True)
    active = models.BooleanField(default=True)
    onset = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(code="", text=""), name="patients_condition_named")]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.code, self.text]))


class Observation(Fact):
    """A measurement or a coded answer: weight, creatinine, pregnancy status."""

    loinc = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=24, blank=True)
    """The unit as received."""
    text = models.CharField(max_length=120, blank=True)
    on = models.DateField(null=True, blank=True)
    in_error = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(text=""), name="patients_observation_says_something"
            )
        ]

    def __str__(self) -> str:
        said = f"{self.value.normalize():f} {self.unit}" if self.value is not None else self.text
        return f"{self.loinc} {said}".strip()


class Coverage(Fact):
    """A plan that pays: what a claim needs to find it."""

    plan = models.CharField(max_length=120)
    bin = models.CharField(max_length=8, blank=True)
    pcn = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=30, blank=True)
    member_id = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="patients_coverage_in_order",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.plan


class OutsideMedicine(Fact):
    """A medicine the patient takes that did not come from here."""

    text = models.CharField(max_length=240)
    """As it was told."""
    rxcui = models.CharField(max_length=12, blank=True)
    directions = models.CharField(max_length=500, blank=True)
    since = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    in_error = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="patients_outside_medicine_named")]

    def __str__(self) -> str:
        return self.text


class TwoPeople(models.Model):
    """Two records that look like one person's, and are not: somebody has made sure."""

    one = models.ForeignKey(Patient, models.CASCADE, related_name="+")
    """The record with the smaller number."""
    other = models.ForeignKey(Patient, models.CASCADE, related_name="+")
    why = models.CharField(max_length=240)
    """How they were told apart: "twins", "father and son"."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="patients_two_people_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="patients_two_people_in_order"),
            models.CheckConstraint(condition=~Q(why=""), name="patients_two_people_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"records {self.one_id} and {self.other_id}"
