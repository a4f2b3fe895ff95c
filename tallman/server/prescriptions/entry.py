"""What a person types from a prescription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from tallman.core.knowledge import Knowledge
from tallman.core.workflow import Refusal
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.models import Prescriber, Prescription

__all__ = ["Entry", "promise_refusals", "refusals", "write"]

LONGEST_PROMISE = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A prescription as entered: the patient, prescriber and product it was matched with, and its terms.

    `quantity_unit` is a code of `core.quantity.UNITS`; `diagnosis_codes` are ICD-10-CM without dots.
    """

    patient: Patient | None
    prescriber: Prescriber | None
    product_id: str
    sig: str
    quantity: Decimal | None
    quantity_unit: str
    days_supply: int | None = None
    refills: int | None = None
    written_on: date | None = None
    dispense_as_written: bool = False
    diagnosis_codes: tuple[str, ...] = ()
    note: str = ""
    setting: str = "community"
    replaces: Prescription | None = None
    priority: str = "routine"
    promised_at: datetime | None = None


def refusals(entry: Entry, knowledge: Knowledge, on: date) -> Iterator[Refusal]:
    """What is missing or cannot be. Clinical questions are not asked here: the screening does that."""
    if entry.patient is None:
        yield Refusal("patient", "Choose the patient.")
    if entry.prescriber is None:
        yield Refusal("prescriber", "Choose the prescriber.")
    if entry.product_id not in knowledge.products:
        yield Refusal("product", "Choose the product from the list.")
    if not entry.sig.strip():
        yield Refusal("sig", "Enter the directions.")
    if entry.quantity is None or entry.quantity <= 0:
        yield Refusal("quantity", "Enter a quantity above zero.")
    if entry.written_on is None:
        yield Refusal("written-on", "Enter the date it was written.")
    elif entry.written_on > on:
        yield Refusal("written-on", "The date it was written lies in the future.")
    if entry.replaces and entry.patient and entry.replaces.patient_id != entry.patient.pk:
        yield Refusal("replaces", "The prescription it replaces belongs to another patient.")
    yield from promise_refusals(entry.promised_at, on)


def promise_refusals(promised_at: datetime | None, on: date) -> Iterator[Refusal]:
    """A promise more than a year away, before or after, is a slip of the keys."""
    if promised_at is not None and abs(promised_at.date() - on) > LONGEST_PROMISE:
        yield Refusal("promised-at", "Promise a time within a year of today.")


def write(entry: Entry, row: Prescription, knowledge: Knowledge) -> dict[str, list[str]]:
    """Put the entry into the row (not saved) and return what changed: field, before, after."""
    changed: dict[str, list[str]] = {}
    for name in entry.__dataclass_fields__:
        value = getattr(entry, name)
        value = list(value) if name == "diagnosis_codes" else value
        if getattr(row, name) != value:
            changed[name] = [str(getattr(row, name)), str(value)]
            setattr(row, name, value)
    row.product_name = knowledge.products[entry.product_id].tall_man
    return changed
