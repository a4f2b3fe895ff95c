"""Bringing one prescription to the stage where the demo wants it, the way the pharmacy does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tallman.core.workflow import Stage
from tallman.server.accounts.models import User
from tallman.server.demo.data import Line
from tallman.server.dispensing import actions as dispensing
from tallman.server.inventory.models import StockItem
from tallman.server.inventory.queries import usable_lots
from tallman.server.patients.models import Patient
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.entry import Entry
from tallman.server.prescriptions.models import Prescriber, Prescription
from tallman.server.prescriptions.queries import undecided
from tallman.server.web import clock

__all__ = ["Job", "Staff", "bring"]

_ROAD = [
    Stage.RECEIVED, Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.HANDED_OVER,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what in the demo."""

    enters: User
    reviews: User
    fills: User
    verifies: User


@dataclass(frozen=True, slots=True)
class Job:
    """A received prescription and what a technician knows of it."""

    row: Prescription
    line: Line
    patient: Patient
    prescriber: Prescriber
    product_id: str
    reasons: tuple[str, ...] = ()
    replaces: Prescription | None = None
    priority: str = "routine"
    is_partial: bool = False


def bring(job: Job, stage: Stage, staff: Staff, shelf: dict[str, StockItem]) -> Prescription:
    """Take the prescription along its road as far as `stage`. Findings on the way are decided by the pharmacist."""
    steps = {
        Stage.ENTERED: _enter, Stage.TO_FILL: _approve, Stage.FILLED: _fill, Stage.VERIFIED: _verify,
        Stage.READY: _shelve, Stage.HANDED_OVER: _hand_over,
    }  # fmt: skip
    for reached in _ROAD[1 : _ROAD.index(stage) + 1]:
        steps[reached](job, staff, shelf)
    return _now(job)


def _now(job: Job) -> Prescription:
    return Prescription.objects.get(pk=job.row.pk)


def _enter(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    row, line = _now(job), job.line
    entry = Entry(
        patient=job.patient, prescriber=job.prescriber, product_id=job.product_id, sig=line.sig, quantity=line.quantity,
        quantity_unit=line.unit, days_supply=line.days, refills=line.refills, written_on=row.written_on or _day(),
        diagnosis_codes=job.reasons, note=row.note, replaces=job.replaces, priority=job.priority,
        promised_at=row.promised_at,
    )  # fmt: skip
    actions.enter(prescription=row, version=row.version, entry=entry, by=staff.enters)


def _day() -> date:
    return clock.today()


def _approve(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    for finding in undecided(_now(job)):
        if finding.decision_id is None:
            actions.decide(
                finding=finding, version=_now(job).version, outcome="override-monitoring", by=staff.reviews,
                reason="Known to the prescriber's office; the patient is seen and measured within the week.",
            )  # fmt: skip
    row = _now(job)
    actions.approve(prescription=row, version=row.version, by=staff.reviews)


def _fill(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    item = shelf[job.product_id]
    lot = usable_lots(job.product_id, _day())[0]
    code = f"(01){_gtin(item.ndc)}(17){lot.expires_on:%y%m%d}(10){lot.number}"
    row = _now(job)
    scan = dispensing.scan(prescription=row, code=code, by=staff.fills)
    quantity = (job.line.quantity / 3).to_integral_value() if job.is_partial else job.line.quantity
    dispensing.fill(prescription=row, version=row.version, scans=[scan], quantity=quantity, by=staff.fills)


def _gtin(ndc: str) -> str:
    """The GTIN-14 that a package of the demo carries: "003", the ten digits of its 5-4-1 NDC, the check digit."""
    body = f"003{ndc[:9]}{ndc[-1]}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def _verify(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    row = _now(job)
    dispensing.verify(prescription=row, version=row.version, by=staff.verifies)


def _shelve(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    row = _now(job)
    dispensing.shelve(
        prescription=row, version=row.version, bin=f"{row.patient_name[0]}{row.pk % 9 + 1}", by=staff.fills
    )


def _hand_over(job: Job, staff: Staff, shelf: dict[str, StockItem]) -> None:
    row = _now(job)
    dispensing.hand_over(
        prescription=row, version=row.version, first_identifier="name", second_identifier="birth-date",
        counselling="declined", counselled_by=None, picked_up_by=row.patient_name, relationship="self",
        by=staff.enters,
    )  # fmt: skip
