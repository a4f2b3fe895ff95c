"""A product as people compare it: name, strength, form, codes, and a drawing in place of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.server import knowledge_in_use
from tallman.server.inventory.models import Lot, StockItem

__all__ = ["Side", "side"]

SHAPES = {
    "tablet": "tablet", "capsule": "capsule", "mL": "bottle", "inhaler": "inhaler", "puff": "inhaler", "g": "tube",
    "patch": "patch", "pen": "pen", "syringe": "pen", "drop": "dropper", "vial": "bottle",
}  # fmt: skip
"""Drawings by what is counted; everything else is a box."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. What is not known is empty."""

    name: str
    strength: str = ""
    form: str = ""
    ndc: str = ""
    maker: str = ""
    lot: str = ""
    expires: str = ""
    shape: str = "box"


def side(product_id: str, name: str, *, ndc: str = "", lot: Lot | None = None) -> Side:
    """A product with what is known of the package in hand; `name` is shown where the product is not known."""
    product = knowledge_in_use.current().products.get(product_id)
    item = StockItem.objects.filter(ndc=ndc).first() if ndc else None
    return Side(
        name=product.tall_man if product else name,
        strength=product.strength_text() if product else "",
        form=product.form.name if product else "",
        ndc=item.ndc_text if item else ndc,
        maker=item.manufacturer if item else "",
        lot=lot.number if lot else "",
        expires=f"{lot.expires_on:%Y-%m-%d}" if lot else "",
        shape=SHAPES.get(product.form.unit, "box") if product else "box",
    )
