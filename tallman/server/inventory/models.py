"""What stands on the shelf."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tallman.server.web import clock

__all__ = ["Lot", "Movement", "StockItem"]


class StockItem(models.Model):
    """One package as it is bought: an NDC."""

    ndc = models.CharField(max_length=12, unique=True)
    """Eleven digits, segments padded to 5-4-2."""
    product_id = models.CharField(max_length=80, db_index=True)
    """The id of the product in the knowledge."""
    name = models.CharField(max_length=200)
    """As it is written on the package."""
    manufacturer = models.CharField(max_length=120, blank=True)
    size = models.DecimalField(max_digits=12, decimal_places=4)
    unit = models.CharField(max_length=24)
    """What is counted: the unit of every movement of this item."""
    location = models.CharField(max_length=20, blank=True)
    """The shelf."""

    class Meta:
        ordering = ["name", "ndc"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="inventory_size_positive"),
            models.CheckConstraint(condition=~Q(ndc="") & ~Q(product_id=""), name="inventory_item_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ndc_text(self) -> str:
        """The NDC with hyphens: 5-4-2."""
        return f"{self.ndc[:-6]}-{self.ndc[-6:-2]}-{self.ndc[-2:]}"


class Lot(models.Model):
    """Packages of one item made together: one number, one expiry."""

    item = models.ForeignKey(StockItem, models.PROTECT, related_name="lots")
    number = models.CharField(max_length=40)
    expires_on = models.DateField()
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["expires_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="inventory_one_lot_a_number"),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True, recall_reason="")
                | (Q(recalled_at__isnull=False) & ~Q(recall_reason="")),
                name="inventory_recall_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} exp {self.expires_on:%Y-%m-%d}"


class Movement(models.Model):
    """Stock that came or went. Never changed: a mistake is put right by another movement."""

    KINDS = [
        ("received", "Received"), ("dispensed", "Dispensed"), ("returned", "Returned to stock"),
        ("adjusted", "Counted again"), ("destroyed", "Destroyed"),
    ]  # fmt: skip

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements")
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    """In the item's unit; more is positive."""
    kind = models.CharField(max_length=12, choices=KINDS)
    reason = models.CharField(max_length=240, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null when the system did it."""
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["received", "returned"], quantity__gt=0)
                | Q(kind__in=["dispensed", "destroyed"], quantity__lt=0)
                | (Q(kind="adjusted") & ~Q(quantity=0) & ~Q(reason="")),
                name="inventory_movement_has_its_sign",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity}"
