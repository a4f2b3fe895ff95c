"""What the page for filling shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tallman.core.quantity import UnitMismatch, format_number
from tallman.server import knowledge_in_use
from tallman.server.accounts.models import User
from tallman.server.dispensing import queries
from tallman.server.dispensing.judgement import product_fault
from tallman.server.dispensing.models import NearMiss, Scan
from tallman.server.dispensing.portions import first_expiry_first
from tallman.server.dispensing.products import Side, side
from tallman.server.dispensing.rest import part_reasons
from tallman.server.dispensing.wording import quantity_text
from tallman.server.inventory.models import Lot
from tallman.server.inventory.queries import lots
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

__all__ = ["Counted", "counted", "shelf", "stop"]


@dataclass(frozen=True, slots=True)
class Counted:
    """One package scanned, and how much is to be taken from its lot."""

    scan: Scan
    amount: Decimal

    @property
    def text(self) -> str:
        """The amount as a field holds it."""
        return f"{self.amount.normalize():f}"


def counted(row: Prescription, by: User) -> dict[str, Any]:
    """The person's right scans with their amounts; the total, what is due and what is `missing` as texts."""
    due = queries.due(row)
    scans = [s for s in queries.pending(row, by) if not product_fault(row, s.lot.item.product_id)]
    try:
        amounts, mismatch = first_expiry_first(row, scans, due), ""
    except UnitMismatch as error:
        amounts, mismatch = [Decimal(0)] * len(scans), f"{error}: have the quantity corrected."
    total = sum(amounts, Decimal(0))
    lines = [Counted(s, a) for s, a in zip(scans, amounts, strict=True)]
    missing = due - total
    shown = {n: quantity_text(v, row.quantity_unit) for n, v in {"due_text": due, "missing_text": missing}.items()}
    said = {"counted": lines, "total": format_number(total), "missing": missing, "mismatch": mismatch}
    return said | shown | {"part_reasons": part_reasons(row)}


def stop(scan: Scan) -> dict[str, Any]:
    """Expected beside actual, for a wrong package."""
    miss: NearMiss = scan.near_miss
    usable = [lot for lot in shelf(scan.prescription) if not lot.unusable]  # type: ignore[attr-defined]
    expected = side(miss.expected_product, miss.expected, ndc=usable[0].item.ndc if usable else "")
    found = side(miss.scanned_product, miss.scanned, ndc=scan.ndc, lot=scan.lot)
    differs = differing(expected, found) | ({"lot"} if miss.kind in ("expired", "recalled") else set())
    return {"expected": expected, "found": found, "why": WHY[miss.kind], "differs": differs}


WHY = {
    "wrong-drug": "This is another medicine.",
    "wrong-strength": "This is another strength.",
    "wrong-form": "This is another form.",
    "no-substitution": "The prescriber wants just this product: dispense as written.",
    "expired": "This package has expired.",
    "recalled": "This lot is recalled.",
    "unknown": "This is not a package that we know.",
}


def differing(expected: Side, found: Side) -> set[str]:
    """Which facts of the two are not the same."""
    return {name for name in ("name", "strength", "form") if getattr(expected, name) != getattr(found, name)}


def shelf(row: Prescription, on: date | None = None) -> list[Lot]:
    """Lots of packages that are right for the prescription and not empty, the one to take first on top.

    Expired and recalled ones are among them, marked as `unusable`, so that somebody takes them off the shelf.
    """
    on = on or clock.today()
    products = [i for i in _alike(row) if not product_fault(row, i)]
    found = list(lots().filter(item__product_id__in=products, left__gt=0)[:12])
    for lot in found:
        lot.unusable = "recalled" if lot.recalled_at else "expired" if lot.expires_on < on else ""  # type: ignore[attr-defined]
    return sorted(found, key=lambda lot: bool(lot.unusable))  # type: ignore[attr-defined]


def _alike(row: Prescription) -> set[str]:
    knowledge = knowledge_in_use.current()
    product = knowledge.products.get(row.product_id)
    same = knowledge.products_of.get(product.ingredients[0], ()) if product and product.ingredients else ()
    return {row.product_id, *(p.id for p in same)}
