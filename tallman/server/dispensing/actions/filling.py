"""Scanning packages and counting out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from tallman.core.quantity import UnitMismatch, format_number
from tallman.core.supply import days_of_part
from tallman.core.workflow import Action
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.dispensing import queries, scans
from tallman.server.dispensing.judgement import Judgement, judge, product_fault
from tallman.server.dispensing.models import Fill, FillLine, NearMiss, Scan
from tallman.server.dispensing.portions import first_expiry_first, in_stock_unit
from tallman.server.dispensing.rest import refuse_late_rest, refuse_unexplained_part
from tallman.server.dispensing.wording import quantity_text
from tallman.server.inventory.actions import move_stock
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.steps import locked, moved, written
from tallman.server.refusal import refuse
from tallman.server.web import clock

__all__ = ["fill", "scan"]


@transaction.atomic
def scan(
    *, prescription: Prescription, code: str, by: User, method: str = "scanned", reason: str = "", lot_number: str = "",
    version: int | None = None,
) -> Scan:  # fmt: skip
    """A package is presented. A wrong one leaves its `near_miss` behind and is not counted (`is_right` False).

    `method` is scanned or manual; what is typed by hand needs a reason and may name the lot. Raises Refused when the
    prescription cannot be filled now, or when the package is right but nothing of it is on record as stock.
    """
    row = locked(prescription, version)
    moved(row, Action.FILL, by)
    if method == "manual" and not reason.strip():
        raise refuse("reason", "Say why it is typed and not scanned.")
    presented = scans.read(code)
    if not presented.text:
        raise refuse("code", "Nothing was scanned: hold the code closer.")
    if presented.rx_number:
        raise refuse("label", f"This is the label of Rx {presented.rx_number}: scan the package it is filled from.")
    beside = [s.lot_id for s in queries.pending(row, by) if s.lot_id]
    found = judge(row, presented, clock.today(), lot_number=lot_number, beside=beside)
    made = Scan.objects.create(
        prescription=row, code=presented.text[:240], method=method, reason=reason.strip(), ndc=found.ndc, lot=found.lot,
        lot_is_assumed=found.lot_is_assumed, is_right=not found.fault, by=by, at=clock.now(),
    )  # fmt: skip
    if found.fault:
        _near_miss(made, found)
    data = {"code": made.code, "method": method, "reason": reason, "fault": found.fault, "lot": str(found.lot or "")}
    record(action="dispensing.scan", by=by, subject=made, patient=row.patient, data=data)
    return made


def _near_miss(made: Scan, found: Judgement) -> NearMiss:
    row = made.prescription
    return NearMiss.objects.create(
        scan=made, prescription=row, kind=found.fault, expected_product=row.product_id, expected=row.product_name,
        scanned_product=found.product_id, scanned=found.name, by=made.by, at=made.at,
    )  # fmt: skip


@transaction.atomic
def fill(
    *, prescription: Prescription, version: int, scans: Sequence[Scan], quantity: Decimal, by: User,
    amounts: Sequence[Decimal] = (), part_reason: str = "",
) -> Fill:  # fmt: skip
    """It is counted out, from the lots that `scans` (right ones, of the same person) stand for.

    `quantity` is in the prescription's unit; less than what is due leaves the rest owed. `amounts` says how much came
    from each scan; without it the lot that expires first is emptied first. Stock is taken in the same transaction.
    `part_reason` (a `PartReason`) says why only a part is given, where the law asks; a rest is refused when its time
    is over.
    """
    row = locked(prescription, version)
    due = queries.due(row)
    work = moved(row, Action.FILL, by, is_partial=quantity < due)
    if not 0 < quantity <= due:
        raise refuse("quantity", f"Count out more than 0 and at most {quantity_text(due, row.quantity_unit)}.")
    refuse_late_rest(row)
    if quantity < due:
        refuse_unexplained_part(row, part_reason)
    chosen = _chosen(row, scans, by)
    portions = _counted(chosen, quantity, amounts) if amounts else _divided(row, chosen, quantity)
    made = Fill.objects.create(
        prescription=row, number=row.fills.count() + 1, quantity=quantity, completes=queries.part_given(row),
        days_supply=days_of_part(row.days_supply, quantity, row.quantity or quantity), filled_by=by,
        filled_at=clock.now(), part_reason=part_reason if quantity < due else "",
    )  # fmt: skip
    for one, amount in portions:
        taken = move_stock(lot=one.lot, quantity=-_in_stock_unit(amount, row, one), kind="dispensed", by=by)
        FillLine.objects.create(fill=made, scan=one, taken=taken)
    row.owed_quantity = due - quantity
    written(row, work, by)
    data = {
        "fill": made.number,
        "quantity": quantity,
        "owed": row.owed_quantity,
        "lots": [str(s.lot) for s, _ in portions],
    }
    record(action="dispensing.fill", by=by, subject=made, patient=row.patient, data=data)
    return made


def _chosen(row: Prescription, scans: Sequence[Scan], by: User) -> list[Scan]:
    """The scans as they are now, if they may go into this person's fill of this prescription."""
    waiting = {s.pk: s for s in queries.pending(row, by)}
    if not scans:
        raise refuse("scan", "Scan the package first.")
    if len({s.pk for s in scans}) != len(scans) or not all(s.pk in waiting for s in scans):
        raise refuse("scan", "Scan the packages again: these scans are not for this fill.")
    chosen = [waiting[s.pk] for s in scans]
    if any(product_fault(row, s.lot.item.product_id) for s in chosen):
        raise refuse("scan", "The prescription was changed since these packages were scanned: scan again.")
    return chosen


def _counted(chosen: list[Scan], quantity: Decimal, amounts: Sequence[Decimal]) -> list[tuple[Scan, Decimal]]:
    if len(amounts) != len(chosen) or any(a < 0 for a in amounts) or sum(amounts) != quantity:
        total = format_number(sum(amounts, Decimal(0)))
        raise refuse("amounts", f"The packages add up to {total}, the fill is {format_number(quantity)}: count again.")
    return [(s, a) for s, a in zip(chosen, amounts, strict=True) if a]


def _divided(row: Prescription, chosen: list[Scan], quantity: Decimal) -> list[tuple[Scan, Decimal]]:
    try:
        amounts = first_expiry_first(row, chosen, quantity)
    except UnitMismatch as error:
        raise refuse("unit", f"{error}: have the quantity corrected.") from error
    given = sum(amounts, Decimal(0))
    if given < quantity:
        raise refuse(
            "stock", f"{quantity_text(given, row.quantity_unit)} are on record in these lots: scan another package."
        )
    return _counted(chosen, quantity, amounts)


def _in_stock_unit(amount: Decimal, row: Prescription, one: Scan) -> Decimal:
    try:
        return in_stock_unit(amount, row, one.lot.item)
    except UnitMismatch as error:
        raise refuse("unit", f"{error}: have the quantity corrected.") from error
