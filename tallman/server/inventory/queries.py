"""What is on the shelf: sums of movements, nothing stored twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from tallman.core.quantity import Amount
from tallman.server.inventory.models import Lot, Movement, StockItem

__all__ = ["expiring", "items", "lots", "on_hand", "usable_amounts", "usable_lots"]

_QUANTITY = DecimalField(max_digits=14, decimal_places=4)
_ZERO = Value(Decimal(0), output_field=_QUANTITY)


def on_hand(lot: Lot) -> Decimal:
    """What is left of a lot, in the item's unit."""
    return lot.movements.aggregate(total=Coalesce(Sum("quantity"), _ZERO))["total"]


def lots() -> QuerySet[Lot]:
    """Lots with `left`, what is on hand of each; first expiry first."""
    sums = Movement.objects.filter(lot=OuterRef("pk")).values("lot").annotate(total=Sum("quantity"))
    left = Coalesce(Subquery(sums.values("total"), output_field=_QUANTITY), _ZERO)
    return Lot.objects.select_related("item").annotate(left=left).order_by("expires_on", "pk")


def usable_lots(product_id: str, on: date) -> QuerySet[Lot]:
    """Lots of a product that may be dispensed on a day and are not empty: first expiry first."""
    return lots().filter(item__product_id=product_id, expires_on__gte=on, recalled_at=None, left__gt=0)


def usable_amounts(product_ids: Iterable[str], on: date) -> dict[str, list[Amount]]:
    """What may be dispensed of each product on a day, one amount for each unit it is counted in. One query; a product
    of which there is nothing is left out."""
    usable = Movement.objects.filter(
        lot__item__product_id__in=list(product_ids), lot__expires_on__gte=on, lot__recalled_at=None
    )
    sums = usable.order_by().values_list("lot__item__product_id", "lot__item__unit").annotate(Sum("quantity"))
    found: dict[str, list[Amount]] = {}
    for product_id, unit, total in sums:
        if total > 0:
            found.setdefault(product_id, []).append(Amount(total, unit))
    return found


def expiring(by: date) -> QuerySet[Lot]:
    """Lots still on the shelf that expire on or before a day, and recalled ones."""
    return lots().filter(Q(expires_on__lte=by) | Q(recalled_at__isnull=False), left__gt=0)


def items(text: str = "") -> QuerySet[StockItem]:
    """Packages by a part of their name or the beginning of their NDC, with `left` over all lots."""
    sums = Movement.objects.filter(lot__item=OuterRef("pk")).values("lot__item").annotate(total=Sum("quantity"))
    left = Coalesce(Subquery(sums.values("total"), output_field=_QUANTITY), _ZERO)
    found = StockItem.objects.annotate(left=left)
    digits = text.replace("-", "")
    return found.filter(Q(name__icontains=text) | Q(ndc__startswith=digits)) if text else found
