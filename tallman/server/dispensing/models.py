"""Fills of prescriptions: what was counted from which lot, by whom, checked by whom, handed to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tallman.core.law import PartReason
from tallman.server.dispensing.wording import quantity_text
from tallman.server.inventory.models import Lot, Movement
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = ["Fill", "FillLine", "HandOver", "NearMiss", "Scan", "StockReturn"]


def _person(**options: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


class Fill(models.Model):
    """One counting-out of a prescription. A part of the quantity is a fill of its own."""

    prescription = models.ForeignKey(Prescription, models.PROTECT, related_name="fills")
    number = models.PositiveSmallIntegerField()
    """1, 2, 3 … in the order they were made, returned ones included."""
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    days_supply = models.PositiveSmallIntegerField(null=True)
    completes = models.ForeignKey("self", models.PROTECT, null=True, related_name="completed_by")
    """The partial fill whose rest this is."""
    part_reason = models.CharField(max_length=10, blank=True, choices=[(r.value, r.text) for r in PartReason])
    """Why only a part was given, where the law makes the time for the rest depend on it."""
    filled_by = _person()
    filled_at = models.DateTimeField(default=clock.now)
    checked_by = _person(null=True)
    checked_at = models.DateTimeField(null=True)
    bin = models.CharField(max_length=20, blank=True)
    """Where it waits for the patient."""
    shelved_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    """Whether it is still in the pharmacy: neither handed over nor returned to stock."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prescription", "number"], name="dispensing_fill_numbered"),
            models.UniqueConstraint(
                fields=["prescription"], condition=Q(is_open=True), name="dispensing_one_open_fill"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="dispensing_quantity_positive"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("filled_by")),
                name="dispensing_checker_is_not_filler",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="dispensing_check_has_person_and_time",
            ),
            models.CheckConstraint(
                condition=Q(shelved_at__isnull=True) | Q(checked_at__isnull=False),
                name="dispensing_shelved_after_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prescription.rx_number}-{self.number}"

    @property
    def quantity_text(self) -> str:
        """The quantity in words."""
        return quantity_text(self.quantity, self.prescription.quantity_unit)


class Scan(models.Model):
    """One package presented while filling, right or wrong."""

    METHODS = [("scanned", "Scanned"), ("manual", "Typed by hand")]

    prescription = models.ForeignKey(Prescription, models.PROTECT, related_name="scans")
    code = models.CharField(max_length=240)
    """Exactly as the scanner or the person gave it."""
    method = models.CharField(max_length=8, choices=METHODS)
    reason = models.CharField(max_length=240, blank=True)
    """Why it was typed and not scanned."""
    ndc = models.CharField(max_length=12, blank=True)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, related_name="+")
    lot_is_assumed = models.BooleanField(default=False)
    """The code holds no lot number: the lot that expires first was taken."""
    is_right = models.BooleanField()
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method="scanned") | ~Q(reason=""), name="dispensing_typed_code_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_right=False) | Q(lot__isnull=False), name="dispensing_right_scan_has_a_lot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.ndc or self.code}"


class FillLine(models.Model):
    """What went into a fill from one lot, and the movement that took it from the shelf."""

    fill = models.ForeignKey(Fill, models.PROTECT, related_name="lines")
    scan = models.OneToOneField(Scan, models.PROTECT, related_name="line")
    taken = models.OneToOneField(Movement, models.PROTECT, related_name="+")
    put_back = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{-self.taken.quantity} of lot {self.scan.lot}"

    @property
    def amount(self) -> str:
        """What was taken, in words."""
        return quantity_text(-self.taken.quantity, self.taken.lot.item.unit)


class NearMiss(models.Model):
    """A wrong package caught by the scanner. It records itself."""

    KINDS = [
        ("wrong-drug", "Another medicine"), ("wrong-strength", "Another strength"), ("wrong-form", "Another form"),
        ("no-substitution", "Must not be substituted"), ("expired", "Expired"), ("recalled", "Recalled"),
        ("unknown", "Not a package we know"),
    ]  # fmt: skip

    scan = models.OneToOneField(Scan, models.PROTECT, related_name="near_miss")
    prescription = models.ForeignKey(Prescription, models.PROTECT, related_name="near_misses")
    kind = models.CharField(max_length=16, choices=KINDS)
    expected_product = models.CharField(max_length=80)
    expected = models.CharField(max_length=200)
    scanned_product = models.CharField(max_length=80, blank=True)
    scanned = models.CharField(max_length=200)
    by = _person()
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "near misses"

    def __str__(self) -> str:
        return f"{self.kind}: {self.scanned} for {self.expected}"


class HandOver(models.Model):
    """A fill given into somebody's hands."""

    IDENTIFIERS = [
        ("name", "Full name"), ("birth-date", "Date of birth"), ("address", "Address"), ("phone", "Phone number"),
        ("photo-id", "Photo identification"),
    ]  # fmt: skip
    COUNSELLING = [("accepted", "Accepted"), ("declined", "Declined")]
    RELATIONSHIPS = [
        ("self", "The patient"), ("parent", "Parent or guardian"), ("spouse", "Spouse or partner"),
        ("child", "Son or daughter"), ("caregiver", "Caregiver"), ("other", "Somebody else"),
    ]  # fmt: skip

    fill = models.OneToOneField(Fill, models.PROTECT, related_name="hand_over")
    first_identifier = models.CharField(max_length=12, choices=IDENTIFIERS)
    second_identifier = models.CharField(max_length=12, choices=IDENTIFIERS)
    counselling = models.CharField(max_length=10, choices=COUNSELLING)
    """What the person answered when counselling was offered; it is always offered."""
    counselled_by = _person(null=True)
    picked_up_by = models.CharField(max_length=160)
    relationship = models.CharField(max_length=10, choices=RELATIONSHIPS)
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_identifier=F("second_identifier")), name="dispensing_two_identifiers"
            ),
            models.CheckConstraint(
                condition=Q(counselling="declined", counselled_by__isnull=True)
                | Q(counselling="accepted", counselled_by__isnull=False),
                name="dispensing_counselling_has_its_pharmacist",
            ),
            models.CheckConstraint(condition=~Q(picked_up_by=""), name="dispensing_picked_up_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.fill} to {self.relationship}"


class StockReturn(models.Model):
    """A fill taken apart: its stock went back to the shelf."""

    KINDS = [("rejected", "Did not pass"), ("returned", "Returned to stock")]

    fill = models.OneToOneField(Fill, models.PROTECT, related_name="stock_return")
    kind = models.CharField(max_length=10, choices=KINDS)
    reason = models.CharField(max_length=240)
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="dispensing_return_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.fill} {self.kind}"
