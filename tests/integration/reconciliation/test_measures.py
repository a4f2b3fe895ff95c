"""The measures against cases that were counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient
from tallman.server.patients.models import Patient
from tallman.server.reconciliation.measures import Measured, Measures, Period, measures_of
from tallman.server.reconciliation.models import Decision, Encounter, Found, SignOff
from tests.integration.reconciliation.conftest import NOON

ALL = Period(NOON.date() - timedelta(days=29), NOON.date())


@pytest.fixture
def pharmacist(person: Callable[[str], User]) -> User:
    return person("pharmacist")


@pytest.fixture
def made(pharmacist: User) -> Callable[..., Encounter]:
    """`made(48, history=6)`: a stay that began so many hours ago, its history complete so many hours later."""

    def make(hours_ago: int, history: int | None = None, **facts: Any) -> Encounter:
        number = Patient.objects.count()
        who = add_patient(person={"family_name": f"P{number}", "birth_date": date(1980, 5, 1)}, by=SYSTEM)
        came = NOON - timedelta(hours=hours_ago)
        if history is not None:
            facts |= {"history_completed_at": came + timedelta(hours=history), "history_completed_by": pharmacist}
        return Encounter.objects.create(patient=who, admitted_at=came, **facts)

    return make


def found(
    stay: Encounter, by: User, intent: str | None = None, after: int = 0, gone: bool = False, **facts: Any
) -> None:
    """A difference found at noon; with `intent` decided so many hours after."""
    decision = None
    if intent is not None:
        decision = Decision.objects.create(
            encounter=stay, stage="admission", key=str(Decision.objects.count()), disposition="continue", intent=intent,
            by=by, at=NOON + timedelta(hours=after),
        )  # fmt: skip
    told = {"stage": "admission", "key": "k", "type": "dose", "harm": "high", "is_explained": False, "summary": "x"}
    gone_at = NOON if gone else None
    Found.objects.create(encounter=stay, found_at=NOON, decision=decision, gone_at=gone_at, **told | facts)


def named(measures: Measures, name: str) -> Measured:
    return next(one for one in measures.numbers if one.name == name)


def counts(measures: Measures) -> dict[str, tuple[int | None, int | None]]:
    return {one.name: (one.count, one.of) for one in measures.numbers if one.count is not None}


def test_how_soon_histories_are_complete(made: Callable[..., Encounter]) -> None:
    made(72, history=6)
    made(72, history=24)
    made(72, history=25)  # late
    made(72)  # never, and its 24 hours are over
    made(5, history=1)  # its 24 hours are not over
    made(5)
    made(72, history=2, status="cancelled")
    made(24 * 31, history=1)  # before the period
    measured = measures_of(ALL, NOON)
    assert measured.stays == 6
    within = named(measured, "History complete within 24 hours")
    assert (within.count, within.of, within.share) == (2, 4, Decimal("50.0"))
    took = named(measured, "Median time to a complete history")
    assert (took.value, took.of) == (Decimal("15.0"), 4), "of 1, 6, 24 and 25 hours"


def test_what_became_of_the_differences(made: Callable[..., Encounter], pharmacist: User) -> None:
    one, other = made(48, history=6), made(48, history=6)
    made(48)  # no history: it is not compared
    found(one, pharmacist, "unintended", after=2, gone=True)
    found(one, pharmacist, "unintended", after=4, type="omission")
    found(other, pharmacist, "unintended", after=6, type="omission", harm="low")
    found(other, pharmacist, "intended", after=8)
    found(other, pharmacist, "", after=100)
    found(other, pharmacist, gone=True)
    found(other, pharmacist)
    found(other, pharmacist, is_explained=True)  # a reason is written: it counts nowhere
    found(other, pharmacist, type="not-compared", harm="")
    measured = measures_of(ALL, NOON)
    assert counts(measured) | {"History complete within 24 hours": (2, 3)} == counts(measured)
    assert {name.removeprefix("Of these "): said for name, said in counts(measured).items() if "hese" in name} == {
        "not meant": (3, 7), "meant": (1, 7), "decided without saying which": (1, 7),
        "gone before anybody decided": (1, 7), "open": (1, 7),
    }  # fmt: skip
    assert counts(measured)["Unintended ones corrected"] == (1, 3)
    assert counts(measured)["Decided of what could not be compared"] == (0, 1)
    assert named(measured, "Unintended differences for each stay").value == Decimal("1.50"), "3 over 2"
    assert named(measured, "Median time from found to decided").value == Decimal("6.0"), "2, 4, 6, 8 and 100 hours"


def test_by_kind_harm_stage_and_source(made: Callable[..., Encounter], pharmacist: User) -> None:
    stay = made(48, history=6)
    found(stay, pharmacist, "unintended", gone=True, sources=["current orders", "pharmacy fills", "outpatient record"])
    found(stay, pharmacist, "unintended", type="omission", sources=["pharmacy fills"])
    found(stay, pharmacist, type="omission", harm="low", stage="discharge", sources=["discharge orders"])
    by = {one.title: one.rows for one in measures_of(ALL, NOON).breakdowns}
    assert by["By kind of difference"] == (("omission", 2, 1, 0), ("dose", 1, 1, 1))
    assert by["By the harm it may do"] == (("high", 2, 2, 1), ("low", 1, 0, 0))
    assert by["By stage"] == (("admission", 2, 2, 1), ("discharge", 1, 0, 0))
    assert by["By source"] == (
        ("pharmacy fills", 2, 2, 1), ("only the orders", 1, 0, 0), ("outpatient record", 1, 1, 1),
    )  # fmt: skip


def test_signatures_are_counted_once_a_stay(made: Callable[..., Encounter], pharmacist: User) -> None:
    moved = made(48, moved_at=NOON)
    made(48)
    home = made(48, status="finished", discharged_at=NOON)
    for stay, stage in [(moved, "admission"), (moved, "admission"), (moved, "transfer"), (home, "admission")]:
        SignOff.objects.create(encounter=stay, stage=stage, by=pharmacist, rows=[])
    measured = counts(measures_of(ALL, NOON))
    assert measured["Admission signed"] == (2, 3)
    assert measured["Transfer signed"] == (1, 1)
    assert measured["Discharge signed"] == (0, 1)


def test_a_unit_and_the_edges_of_the_period(made: Callable[..., Encounter]) -> None:
    stay = made(1, unit="ICU")
    made(1, unit="4 West")
    assert measures_of(Period(ALL.since, ALL.until, "ICU"), NOON).stays == 1
    for moment, counted in [
        (datetime(2026, 6, 3, 4, 0, tzinfo=NOON.tzinfo), 1),  # midnight in New York
        (datetime(2026, 6, 3, 3, 59, tzinfo=NOON.tzinfo), 0),
        (datetime(2026, 6, 4, 3, 59, tzinfo=NOON.tzinfo), 1),
        (datetime(2026, 6, 4, 4, 0, tzinfo=NOON.tzinfo), 0),
    ]:
        Encounter.objects.filter(pk=stay.pk).update(admitted_at=moment)
        assert measures_of(Period(date(2026, 6, 3), date(2026, 6, 3), "ICU"), NOON).stays == counted, moment


def test_nothing_to_measure_is_said(db: None) -> None:
    measured = measures_of(ALL, NOON)
    assert named(measured, "History complete within 24 hours").share is None
    assert named(measured, "Median time to a complete history").value is None
    assert named(measured, "Unintended differences for each stay").value is None


def test_the_page_and_the_file_say_the_same(
    made: Callable[..., Encounter], pharmacist: User, client_as: Callable[[str], Client]
) -> None:
    found(made(48, history=6), pharmacist, "unintended", after=2)
    client = client_as("technician")
    page = client.get("/stays/measures/?days=90").content.decode()
    assert "1.00" in page
    assert "nothing written beside the orders explains" in page
    assert "'=1+1" in client.get("/stays/measures.csv?unit==1%2B1").content.decode(), "no formula"
    rows = list(csv.DictReader(client.get("/stays/measures.csv?days=90").content.decode().splitlines()))
    rate = next(row for row in rows if row["measure"] == "Unintended differences for each stay")
    assert (rate["value"], rate["of"], rate["since"], rate["until"]) == ("1.00", "1", "2026-03-06", "2026-06-03")
    assert all(row["definition"] for row in rows if not row["of what"])


def test_many_stays_cost_as_many_queries_as_one(
    made: Callable[..., Encounter], pharmacist: User, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        stay = made(48 + number, history=6)
        found(stay, pharmacist, "unintended", sources=["interview"])
        found(stay, pharmacist, type="not-compared", harm="")
        with django_assert_num_queries(13):
            measures_of(ALL, NOON)
