"""What several steps do with the fill that is in work."""

from __future__ import annotations

from decimal import Decimal

from tallman.server.accounts.models import User
from tallman.server.dispensing import queries
from tallman.server.dispensing.models import Fill, StockReturn
from tallman.server.inventory.actions import move_stock
from tallman.server.prescriptions.models import Prescription
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["give_back", "in_work", "refuse_unusable"]


def in_work(row: Prescription) -> Fill:
    """The open fill of a locked prescription. Raises Refused when nothing is counted out."""
    fill = queries.open_fill(row)
    if fill is None:
        raise refuse("fill", "Nothing is counted out for it now.")
    return fill


def refuse_unusable(fill: Fill) -> None:
    """Raise Refused when a lot in the fill was recalled or expired since."""
    lot = queries.unusable_lot(fill, clock.today())
    if lot is not None:
        why = "is recalled" if lot.recalled_at else f"expired on {lot.expires_on:%Y-%m-%d}"
        raise refuse("lot", f"Lot {lot.number} in it {why}: take it back to stock and fill it anew.")


def give_back(row: Prescription, fill: Fill, kind: str, reason: str, by: User) -> Fill:
    """Take a fill apart (`rejected` or `returned`): each lot gets back what was taken, the quantity is due again."""
    for line in queries.lines(fill):
        line.put_back = move_stock(
            lot=line.scan.lot, quantity=-line.taken.quantity, kind="returned", by=by, reason=reason.strip()
        )
        line.save()
    StockReturn.objects.create(fill=fill, kind=kind, reason=reason.strip(), by=by, at=clock.now())
    fill.is_open = False
    fill.save()
    row.owed_quantity = row.owed_quantity + fill.quantity if queries.part_given(row) else Decimal(0)
    return fill
