"""The worklist: who is on it, in which order, what a row says, and that it costs the same for one stay as for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallman.core.reconciliation.line import SourceKind
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.due import Due, due_of, history_clock
from tallman.server.reconciliation.models import Encounter, HistoryLine, ListLine
from tallman.server.web import clock
from tests.integration.reconciliation.conftest import NOON
from tests.integration.reconciliation.test_stay import complete, now

Told = Callable[..., Any]
As = Callable[[str], Client]


def another(family: str, hours_ago: int = 1, **facts: str) -> Encounter:
    who = add_patient(person={"family_name": family, "birth_date": date(1980, 5, 1)}, by=SYSTEM)
    return actions.admit(patient=who, by=SYSTEM, at=NOON - timedelta(hours=hours_ago), facts=facts)


def page(client: Client, query: str = "") -> str:
    return client.get(f"/stays/{query}").content.decode()


def test_the_riskiest_stands_first_with_its_reasons(stay: Encounter, client_as: As) -> None:
    another("Young")
    shown = page(client_as("technician"))
    assert shown.index("Brandt, Emil") < shown.index("Young")
    assert "74 years" in shown
    assert "warfarin" in shown
    assert "0 of 1 lines answered" in shown


def test_a_row_tells_what_is_due_and_opens_that_page(
    stay: Encounter, told: Told, client_as: As, person: Callable[[str], Any]
) -> None:
    client = client_as("pharmacist")
    assert f'href="/stays/{stay.pk}/history/"' in page(client)
    told([], SourceKind.HOSPITAL)
    complete(stay, person("technician"))
    shown = page(client)
    assert f'href="/stays/{stay.pk}/decisions/"' in shown
    assert "<strong>Admission</strong>" in shown
    assert "1 open" in shown
    assert "done in 0 min" in shown
    assert due_of(now(stay)) is Due.ADMISSION
    actions.plan_discharge(encounter=stay, version=now(stay).version, by=SYSTEM)
    assert f'href="/stays/{stay.pk}/discharge/"' in page(client)


@pytest.mark.parametrize(
    "hours, text, level",
    [(1, "23 h left", ""), (20, "4 h left", "soon"), (26, "overdue by 2 h", "late"), (-3, "not here yet", "")],
)
def test_the_clock_of_the_history(hours: int, text: str, level: str) -> None:
    shown = history_clock(Encounter(admitted_at=NOON - timedelta(hours=hours)), NOON)
    assert (shown.text, shown.level) == (text, level)


def test_a_history_that_was_late_stays_late() -> None:
    row = Encounter(admitted_at=NOON, history_completed_at=NOON + timedelta(hours=30))
    assert history_clock(row, NOON + timedelta(days=3)).text == "done late, in 30 h"


def test_filters_leave_what_they_say(stay: Encounter, told: Told, client_as: As, person: Callable[[str], Any]) -> None:
    told([], SourceKind.HOSPITAL)
    young = another("Young", unit="ICU")
    actions.plan_discharge(encounter=young, version=now(young).version, by=SYSTEM)
    client = client_as("pharmacist")
    for query, has_emil, has_young in [
        ("", True, True), ("?show=history", True, True), ("?show=differences", True, False),
        ("?show=home", False, True), ("?unit=ICU", False, True), ("?mine=1", False, False), ("?q=you", False, True),
        ("?q=nobody", False, False), ("?show=nonsense", True, True),
    ]:  # fmt: skip
        shown = page(client, query)
        assert ("Brandt, Emil" in shown, "Young" in shown) == (has_emil, has_young), query
    line = HistoryLine(text="ibuprofen 200 mg")
    actions.add_history(encounter=young, line=line, rests_on=[], by=person("pharmacist"))
    assert "Young" in page(client, "?mine=1")


def test_a_scanned_visit_number_opens_its_stay(stay: Encounter, client_as: As) -> None:
    answer = client_as("technician").get("/stays/?q=V1")
    assert answer.url == f"/stays/{stay.pk}/history/"


def test_who_went_home_unreconciled_is_shown_apart_for_thirty_days(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    actions.discharge(encounter=stay, at=NOON, by=SYSTEM)
    shown = page(client)
    assert shown.index("Went home, not reconciled") < shown.index("Brandt, Emil")
    assert "Nobody is in hospital" in shown
    with clock.fixed(NOON + timedelta(days=31)):
        assert "Brandt" not in page(client_as("pharmacist"))


def test_what_is_cancelled_is_not_shown(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    assert "Brandt" in page(client)
    actions.cancel(encounter=stay, at=NOON, by=SYSTEM)
    assert "Brandt" not in page(client)


def test_many_stays_cost_as_many_queries_as_one(stay: Encounter, client_as: As, person: Callable[[str], Any]) -> None:
    client = client_as("technician")
    page(client)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(client)
    for number in range(12):
        made = another(f"Person{number}", unit=f"{number} East")
        line = ListLine(text="lisinopril 10 mg", directions="daily")
        actions.add_list(encounter=made, kind=SourceKind.INTERVIEW, name="x", lines=[line], by=person("technician"))
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(one) <= 8, "session, person, and six of the page"
