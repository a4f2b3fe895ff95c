"""Something on the shelf for every prescription of the demo, in lots of different age."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tallman.core.drug import Product
from tallman.server.accounts.models import User
from tallman.server.inventory.actions import add_item, recall_lot, receive_stock
from tallman.server.inventory.models import StockItem

__all__ = ["add_stock"]

MAKERS = ["Example Labs", "Sample Pharma", "Specimen Generics"]
LABELER = "99999"
"""A labeler code of our own for the demo's packages: no real package carries it."""


def add_stock(
    chance: Random, products: dict[str, tuple[Product, str, Decimal]], on: date, by: User
) -> dict[str, StockItem]:
    """One package for each product (with the unit that is counted and the largest quantity asked), by product id.

    Every fifth product also has an old lot that has just expired, every ninth a recalled one.
    """
    shelf = {}
    for number, (product, unit, most) in enumerate(products.values()):
        item = add_item(
            ndc=f"{LABELER}-{1000 + number}-1",
            product_id=product.id,
            name=product.name,
            size=max(most, Decimal(1)),
            unit=unit,
            by=by,
            manufacturer=MAKERS[number % len(MAKERS)],
            location=f"{'ABCDEF'[number % 6]}{1 + number // 6}",
        )
        _receive(chance, item, most, number, on, by)
        shelf[product.id] = item
    return shelf


def _receive(chance: Random, item: StockItem, most: Decimal, number: int, on: date, by: User) -> None:
    for part, quantity in (("A", most * 2), ("B", most * 20)):
        expires = on + timedelta(days=chance.randint(60, 300) + (0 if part == "A" else 400))
        receive_stock(item=item, lot_number=f"{part}{7000 + number}", expires_on=expires, quantity=quantity, by=by)
    if number % 5 == 0:
        expired = on - timedelta(days=chance.randint(2, 20))
        receive_stock(item=item, lot_number=f"X{7000 + number}", expires_on=expired, quantity=most, by=by)
    if number % 9 == 0:
        expires = on + timedelta(days=500)
        lot = receive_stock(item=item, lot_number=f"R{7000 + number}", expires_on=expires, quantity=most, by=by)
        recall_lot(lot=lot, reason="Synthetic recall: labels may be mixed up", by=by)
