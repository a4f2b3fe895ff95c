"""Reading fills: what is due, what was scanned, what was taken from where."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from tallman.core.workflow import Stage
from tallman.server.accounts.models import User
from tallman.server.dispensing.models import Fill, FillLine, HandOver, Scan
from tallman.server.inventory.models import Lot
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = [
    "due",
    "given",
    "lines",
    "open_fill",
    "others_filling",
    "part_given",
    "pending",
    "unusable_lot",
    "waiting_for",
]

A_WHILE = timedelta(minutes=30)


def part_given(row: Prescription) -> Fill | None:
    """The latest fill that was handed over, when it left something owed."""
    given = HandOver.objects.filter(fill__prescription=row).select_related("fill").order_by("pk").last()
    return given.fill if given and row.stage != Stage.HANDED_OVER else None


def due(row: Prescription) -> Decimal:
    """How much the next fill has to give, in the prescription's unit: the rest after a part, else all of it."""
    return row.owed_quantity if part_given(row) else row.quantity or Decimal(0)


def open_fill(row: Prescription) -> Fill | None:
    """The fill that is in the pharmacy now."""
    return row.fills.filter(is_open=True).select_related("filled_by", "checked_by").first()


def pending(row: Prescription, by: User) -> QuerySet[Scan]:
    """The right scans of a person for the fill to come, in the order they were made."""
    return _waiting(row).filter(by=by).select_related("lot__item").order_by("pk")


def others_filling(row: Prescription, by: User) -> list[User]:
    """Who else has scanned packages for the fill to come a short while ago."""
    recent = _waiting(row).filter(at__gte=clock.now() - A_WHILE).exclude(by=by).select_related("by")
    return list({scan.by_id: scan.by for scan in recent}.values())


def _waiting(row: Prescription) -> QuerySet[Scan]:
    """Right scans made since the last fill, if there was one."""
    last = row.fills.order_by("number").last()
    rows = Scan.objects.filter(prescription=row, is_right=True, line=None)
    return rows.filter(at__gt=last.filled_at) if last else rows


def lines(fill: Fill) -> QuerySet[FillLine]:
    """From which lots a fill was taken."""
    return fill.lines.select_related("scan__lot__item", "scan__by", "taken__lot__item").order_by("pk")


def unusable_lot(fill: Fill, on: date) -> Lot | None:
    """A lot of a fill that has been recalled or has expired since it was counted out."""
    bad = Lot.objects.filter(Q(recalled_at__isnull=False) | Q(expires_on__lt=on))
    return bad.filter(pk__in=fill.lines.order_by().values("scan__lot")).first()


def given(row: Prescription) -> QuerySet[HandOver]:
    """What was handed over of a prescription so far, oldest first."""
    return HandOver.objects.filter(fill__prescription=row).select_related("fill__prescription", "by").order_by("pk")


def waiting_for(row: Prescription) -> QuerySet[Fill]:
    """Other fills of the same patient that wait in a bin."""
    rows = Fill.objects.filter(prescription__patient=row.patient_id, is_open=True).exclude(bin="")
    return rows.exclude(prescription=row).select_related("prescription") if row.patient_id else rows.none()
