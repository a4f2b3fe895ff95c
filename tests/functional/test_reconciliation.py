"""A patient with fifteen medicines from admission to discharge, by keyboard alone: every key is counted.

Taken from the published comparisons of ways to reconcile, the task is to look at every medicine of several lists and
to decide about each; our measure is the number of keys and pointer moves it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tallman.core.reconciliation.line import SourceKind
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient, record_no_known_allergies
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.comparison import stays
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOME = """
amlodipine 5 mg tablet | 1 tablet daily
aspirin 81 mg tablet | 1 tablet daily
atorvastatin 40 mg tablet | 1 tablet at bedtime
carvedilol 12.5 mg tablet | 1 tablet twice daily
furosemide 40 mg tablet | 1 tablet every morning
gabapentin 300 mg capsule | 1 capsule three times daily
insulin glargine 100 units/mL pen | 20 units at bedtime
latanoprost 0.005% eye drops | 1 drop in both eyes at bedtime
levothyroxine 75 mcg tablet | 1 tablet every morning
lisinopril 20 mg tablet | 1 tablet daily
metformin 500 mg tablet | 1 tablet twice daily with meals
pantoprazole 40 mg tablet | 1 tablet daily
sertraline 50 mg tablet | 1 tablet daily
warfarin 5 mg tablet | 1 tablet every evening
"""
PHARMACY = """
atorvastatin 80 mg tablet | 1 tablet at bedtime
furosemide 40 mg tablet | 1 tablet every morning
warfarin 5 mg tablet | 1 tablet every evening
ibuprofen 600 mg tablet | 1 tablet three times daily as needed for pain
"""
ORDERS = """
amlodipine 5 mg tablet | 1 tablet daily
aspirin 81 mg tablet | 1 tablet daily
atorvastatin 40 mg tablet | 1 tablet at bedtime
carvedilol 25 mg tablet | 1 tablet twice daily
furosemide 40 mg tablet | 1 tablet every morning
gabapentin 300 mg capsule | 1 capsule three times daily
insulin glargine 100 units/mL pen | 20 units at bedtime
latanoprost 0.005% eye drops | 1 drop in both eyes at bedtime
lisinopril 20 mg tablet | 1 tablet daily
pantoprazole 40 mg tablet | 1 tablet daily
sertraline 50 mg tablet | 1 tablet daily
warfarin 5 mg tablet | 1 tablet every evening
ceftriaxone 1 g injection | 1 g IV daily
"""
MOST = 60


@dataclass
class Hands:
    """A keyboard that counts. There is no pointer: the task is done without."""

    page: Page
    count: int = 0

    def press(self, keys: Sequence[str]) -> None:
        """Press keys one after the other; the last one is answered with a new page."""
        self.count += len(keys)
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        with self.page.expect_event("load"):
            self.page.keyboard.press(keys[-1])


def lines(text: str) -> list[ListLine]:
    parts = [line.split("|") for line in text.strip().splitlines()]
    return [ListLine(text=one.strip(), directions=sig.strip()) for one, sig in parts]


@pytest.fixture
def stay(db: None, person: Callable[[str], Any]) -> Encounter:
    """A woman of 77 on a ward, with what her son told, what another pharmacy filled, and what is ordered."""
    who = {"family_name": "Sørensen", "given_names": "Inge", "birth_date": date(1949, 3, 2), "sex": "female"}
    inge = add_patient(person=who, by=SYSTEM)
    record_no_known_allergies(patient=inge, by=SYSTEM)
    begun = actions.admit(patient=inge, by=SYSTEM, facts={"unit": "4 West", "attending": "Dr Iyer"})
    for kind, text in ((SourceKind.INTERVIEW, HOME), (SourceKind.FILLS, PHARMACY), (SourceKind.HOSPITAL, ORDERS)):
        actions.add_list(encounter=begun, kind=kind, name=kind, lines=lines(text), by=person("technician"))
    return begun


def stage(stay: Encounter) -> str | None:
    return stays().get(pk=stay.pk).stage


def test_fifteen_medicines_take_sixty_keys_and_no_pointer(
    stay: Encounter, live_server: Any, page_as: Callable[..., Page], person: Callable[[str], Any]
) -> None:
    technician = Hands(page_as("technician"))
    technician.page.goto(f"{live_server.url}/stays/{stay.pk}/history/")
    assert technician.page.locator("tr[id^=row-]").count() == 15
    for name in names(technician.page):
        technician.press({"atorvastatin": "1", "ibuprofen": "d"}.get(name, "y"))
    assert HistoryLine.objects.filter(encounter=stay).count() == 15
    technician.press(["a", *"vitamin d3 1000 units", "Tab", *"daily", "Enter"])
    assert HistoryLine.objects.get(text="vitamin d3 1000 units").directions == "daily"
    technician.press("c")
    assert stays().get(pk=stay.pk).history_completed_at

    pharmacist = Hands(page_as("pharmacist"))
    pharmacist.page.goto(f"{live_server.url}/stays/{stay.pk}/decisions/")
    for _ in range(stays().get(pk=stay.pk).undecided):
        name = pharmacist.page.locator("tr.now > th").inner_text().split()[0].lower()
        pharmacist.press({"metformin": "h2", "ceftriaxone": "n"}.get(name, "y"))
    pharmacist.press(["t", "Enter"])
    pharmacist.press("z")
    assert stage(stay) is None
    actions.plan_discharge(encounter=stay, version=stays().get(pk=stay.pk).version, by=person("technician"))

    pharmacist.page.goto(f"{live_server.url}/stays/{stay.pk}/discharge/")
    pharmacist.press("a")
    while pharmacist.page.locator("tr.now").count():
        pharmacist.press("y")
    pharmacist.press("z")
    assert stage(stay) is None
    assert stays().get(pk=stay.pk).sign_offs.count() == 2
    keys = technician.count + pharmacist.count
    print(f"{keys} keys, no pointer: 15 medicines of the lists and one that none has, history to discharge")
    assert keys <= MOST


def names(page: Page) -> list[str]:
    """The medicines in the order in which they are asked about."""
    return [text.split()[0].lower() for text in page.locator("tr[id^=row-] > th").all_inner_texts()]
