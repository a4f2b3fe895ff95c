"""What the fields of this area tell about a patient: stock tells nothing, what was taken from it for whom may."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]

FIELDS = {
    "Lot.id": Privacy.NONE,
    "Lot.item": Privacy.NONE,
    "Lot.number": Privacy.NONE,
    "Lot.expires_on": Privacy.NONE,
    "Lot.recalled_at": Privacy.NONE,
    "Lot.recall_reason": Privacy.NONE,
    "Movement.id": Privacy.IDENTIFIER,
    "Movement.lot": Privacy.NONE,
    "Movement.quantity": Privacy.NONE,
    "Movement.kind": Privacy.NONE,
    "Movement.reason": Privacy.IDENTIFIER,
    "Movement.by": Privacy.NONE,
    "Movement.at": Privacy.CLINICAL,
    "StockItem.id": Privacy.NONE,
    "StockItem.ndc": Privacy.NONE,
    "StockItem.product_id": Privacy.NONE,
    "StockItem.name": Privacy.NONE,
    "StockItem.manufacturer": Privacy.NONE,
    "StockItem.size": Privacy.NONE,
    "StockItem.unit": Privacy.NONE,
    "StockItem.location": Privacy.NONE,
}
