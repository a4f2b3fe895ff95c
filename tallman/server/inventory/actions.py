"""What is done to stock. `move_stock` is what the other deeds and the filling of prescriptions are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from tallman.core.codes.ndc import parse_ndc
from tallman.core.quantity import unit as parse_unit
from tallman.server.accounts.models import User
from tallman.server.audit.actions import Author, record
from tallman.server.inventory.models import Lot, Movement, StockItem
from tallman.server.inventory.queries import on_hand
from tallman.server.refusal import refuse, unless_may
from tallman.server.web import clock

__all__ = ["add_item", "adjust_stock", "destroy_stock", "move_stock", "recall_lot", "receive_stock"]


@transaction.atomic
def add_item(
    *, ndc: str, product_id: str, name: str, size: Decimal, unit: str, by: Author, manufacturer: str = "",
    location: str = "",
) -> StockItem:  # fmt: skip
    """A package that we stock from now on. Raises Refused when the NDC or the unit cannot be read."""
    unless_may(by, "manage-stock")
    parsed = parse_ndc(ndc)
    if parsed is None:
        raise refuse("ndc", "This is not an NDC: write it with hyphens, or its eleven digits.")
    try:
        counted = parse_unit(unit).code
    except ValueError as error:
        raise refuse("unit", f"{error}: write what is counted, such as tablet or mL.") from error
    item = StockItem(
        ndc=parsed.eleven, product_id=product_id, name=name, size=size, unit=counted, manufacturer=manufacturer,
        location=location,
    )  # fmt: skip
    item.full_clean()
    item.save()
    data = {"ndc": item.ndc, "product": product_id, "size": size, "unit": counted}
    record(action="inventory.add_item", by=by, subject=item, data=data)
    return item


@transaction.atomic
def receive_stock(*, item: StockItem, lot_number: str, expires_on: date, quantity: Decimal, by: Author) -> Lot:
    """Packages came in. A lot number known with another expiry date is refused: one of the two is misread."""
    unless_may(by, "manage-stock")
    if not lot_number.strip():
        raise refuse("lot", "The lot number is missing: it stands beside the expiry date.")
    if quantity <= 0:
        raise refuse("quantity", "A delivery has a quantity above zero.")
    StockItem.objects.select_for_update().get(pk=item.pk)
    lot, _ = Lot.objects.get_or_create(
        item=item, number=lot_number.strip().upper(), defaults={"expires_on": expires_on}
    )
    if lot.expires_on != expires_on:
        raise refuse("expiry", f"Lot {lot.number} is on record with another expiry: {lot.expires_on:%Y-%m-%d}.")
    _move(lot, quantity, "received", by)
    data = {"lot": lot.number, "expires_on": expires_on, "quantity": quantity}
    record(action="inventory.receive_stock", by=by, subject=lot, data=data)
    return lot


@transaction.atomic
def recall_lot(*, lot: Lot, reason: str, by: Author) -> Lot:
    """The lot must not be used. It stays on the shelf's account until it is destroyed or sent back."""
    unless_may(by, "manage-stock")
    row = Lot.objects.select_for_update().get(pk=lot.pk)
    if row.recalled_at:
        raise refuse("recalled", "This lot is recalled already.")
    if not reason.strip():
        raise refuse("reason", "Say who recalled it and why.")
    row.recalled_at, row.recall_reason = clock.now(), reason.strip()
    row.save()
    record(action="inventory.recall_lot", by=by, subject=row, data={"lot": row.number, "reason": reason})
    return row


@transaction.atomic
def adjust_stock(*, lot: Lot, counted: Decimal, reason: str, by: Author) -> Movement:
    """The shelf was counted: what is on hand becomes `counted`."""
    unless_may(by, "manage-stock")
    row = Lot.objects.select_for_update().get(pk=lot.pk)
    if not reason.strip():
        raise refuse("reason", "Say why the count differs.")
    if counted < 0:
        raise refuse("quantity", "A count is not below zero.")
    change = counted - on_hand(row)
    if change == 0:
        raise refuse("quantity", "That is what is on record already.")
    movement = _move(row, change, "adjusted", by, reason.strip())
    record(action="inventory.adjust_stock", by=by, subject=row, data={"change": change, "reason": reason})
    return movement


@transaction.atomic
def destroy_stock(*, lot: Lot, quantity: Decimal, reason: str, by: Author) -> Movement:
    """Stock left for good: expired, broken, sent back."""
    unless_may(by, "manage-stock")
    row = Lot.objects.select_for_update().get(pk=lot.pk)
    if not reason.strip():
        raise refuse("reason", "Say why it goes.")
    if not 0 < quantity <= on_hand(row):
        raise refuse("quantity", f"{on_hand(row).normalize():f} {row.item.unit} of this lot are on record.")
    movement = _move(row, -quantity, "destroyed", by, reason.strip())
    record(action="inventory.destroy_stock", by=by, subject=row, data={"quantity": quantity, "reason": reason})
    return movement


@transaction.atomic
def move_stock(*, lot: Lot, quantity: Decimal, kind: str, by: Author, reason: str = "") -> Movement:
    """Take stock for a fill (`dispensed`, negative) or put it back (`returned`, positive).

    Raises Refused when the lot is expired, recalled, or holds less than is taken.
    """
    row = Lot.objects.select_for_update().select_related("item").get(pk=lot.pk)
    if kind == "dispensed":
        _refuse_unusable(row)
        if on_hand(row) + quantity < 0:
            left = f"{on_hand(row).normalize():f} {row.item.unit}"
            raise refuse("stock", f"Only {left} of lot {row.number} are on record: count the shelf and adjust.")
    movement = _move(row, quantity, kind, by, reason)
    record(action="inventory.move_stock", by=by, subject=row, data={"kind": kind, "quantity": quantity})
    return movement


def _refuse_unusable(lot: Lot) -> None:
    if lot.recalled_at:
        raise refuse("recalled", f"Lot {lot.number} is recalled: put it with the recalled stock.")
    if lot.expires_on < clock.today():
        raise refuse("expired", f"Lot {lot.number} expired on {lot.expires_on:%Y-%m-%d}: take it off the shelf.")


def _move(lot: Lot, quantity: Decimal, kind: str, by: Author, reason: str = "") -> Movement:
    return Movement.objects.create(
        lot=lot, quantity=quantity, kind=kind, reason=reason, by=by if isinstance(by, User) else None,
        at=clock.now(),
    )  # fmt: skip
