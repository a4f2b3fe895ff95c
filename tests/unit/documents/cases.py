"""One discharge with every kind of change."""

from __future__ import annotations

from datetime import date

from tallman.core.label import Pharmacy
from tallman.core.reconciliation.discharge import at_discharge
from tallman.core.reconciliation.papers import Discharge
from tallman.interchange.fhir.lists import read_lists
from tests.authored import load
from tests.unit.reconciliation.bundles import allergy, bundle, order, statement

__all__ = ["AFTER", "BEFORE", "HOSPITAL", "OPEN", "discharge_of"]

BEFORE = bundle(
    statement("1", "lisinopril 10 mg tablet", "Take 1 tablet by mouth every morning"),
    statement("2", "metoprolol tartrate 25 mg tablet", "1 tablet by mouth twice daily"),
    statement("3", "naproxen 500 mg tablet", "1 tablet by mouth twice daily with food"),
    statement("4", "metformin 500 mg tablet", "1 tablet by mouth twice daily"),
    statement("5", "Lipitor 40 mg tablet", "1 tablet by mouth at bedtime"),
    statement("6", "omeprazole 20 mg capsule", "1 capsule by mouth every morning"),
)
HOSPITAL = bundle(
    order("h1", "ceftriaxone 1 g", "1 g IV every 24 hours", status="completed"),
    order("h2", "pantoprazole 40 mg tablet", "1 tablet by mouth daily"),
)
_ORDERS = (
    order("1", "lisinopril 10 mg tablet", "Take 1 tablet by mouth every morning"),
    order("2", "metoprolol tartrate 50 mg tablet", "1 tablet by mouth twice daily", note="Increased for rate control"),
    order("3", "naproxen 500 mg tablet", "1 tablet twice daily", status="stopped", note="kidney function; GI bleed"),
    order("4", "metformin 500 mg tablet", "twice daily", status="on-hold", note="kidney function; until 03/16/2026"),
    order("5", "atorvastatin 40 mg tablet", "1 tablet by mouth at bedtime"),
    order("7", "apixaban 5 mg tablet", "1 tablet by mouth twice daily", note="New atrial fibrillation"),
    order("8", "tramadol 50 mg tablet", "1 tab po q6h prn borborygmus", note="pain"),
    allergy("a", "penicillin"),
)
AFTER = bundle(
    *_ORDERS,
    order("6", "pantoprazole 40 mg tablet", "1 tablet by mouth daily", note="replaced by the hospital's own brand"),
)
OPEN = bundle(*_ORDERS)
"""The same, and of omeprazole nobody has said anything."""


def discharge_of(after: bytes = AFTER) -> Discharge:
    """The discharge with these orders."""
    knowledge = load()
    home = read_lists(BEFORE, knowledge, "home").lists
    inside, out = (read_lists(data, knowledge, "orders", is_orders=True).lists[0] for data in (HOSPITAL, after))
    rows = at_discharge(home, inside, out, knowledge)
    return Discharge(
        "Marta Inés Okonjo-Hernández", date(1948, 5, 17), date(2026, 3, 9),
        Pharmacy("St. Brigid Hospital Pharmacy", "12 Sample Street", "555-0100"), rows,
        tuple(a.allergy for a in out.allergies or ()), date(2026, 3, 2), date(2026, 3, 9), ("Ana Ruiz, PharmD",),
    )  # fmt: skip
