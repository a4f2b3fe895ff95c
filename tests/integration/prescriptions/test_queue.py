"""The queue: order, lateness, filters, search, and a number of queries that does not grow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Prescription
from tallman.server.prescriptions.queries import queue
from tallman.server.web import clock

from .conftest import LISINOPRIL, NOON

PLAIN = {"product_id": LISINOPRIL, "sig": "Take 1 tablet by mouth once daily", "days_supply": 30}


def seen(client, query: str = "?stage=all") -> str:
    return " ".join(client.get(f"/queue/{query}").content.decode().split())


def numbers(client, query: str = "?stage=all") -> list[str]:
    return [rx.rx_number for rx, _ in client.get(f"/queue/{query}").context["lines"]]


def test_the_one_due_first_stands_on_top_and_an_old_routine_one_overtakes(client_as, received) -> None:
    routine = received()
    with clock.fixed(NOON + timedelta(hours=23)):
        urgent, waiting = received(priority="urgent"), received(priority="waiting")
        promised = received(promised_at=NOON + timedelta(hours=23, minutes=5))
        order = numbers(client_as("technician"), "?stage=received")
    assert order == [row.rx_number for row in (promised, waiting, routine, urgent)]


@pytest.mark.parametrize(
    "later, said, level",
    [
        (timedelta(), "in 15 min", "soon"),
        (timedelta(minutes=20), "5 min late", "late"),
        (timedelta(hours=5), "4 h late", "late"),
    ],
)
def test_ageing_is_said_and_lit(client_as, received, later, said, level) -> None:
    received(priority="waiting")
    with clock.fixed(NOON + later):
        page = client_as("technician").get("/queue/?stage=received")
    _, line = page.context["lines"][0]
    assert (line.ageing.text, line.ageing.level) == (said, level)
    assert ("1 late" in page.content.decode()) is (level == "late")


def test_what_waits_for_somebody_outside_is_not_late(client_as, entered, person) -> None:
    row = entered(priority="waiting")
    actions.hold(prescription=row, version=row.version, reason="insurance", by=person("technician"))
    with clock.fixed(NOON + timedelta(days=3)):
        page = client_as("technician").get("/queue/?stage=on-hold")
    _, line = page.context["lines"][0]
    assert (line.ageing.text, line.ageing.level) == ("for 3 d", "")
    assert "Waiting for the insurer" in page.content.decode()


def test_every_stage_is_a_tab_with_its_count_and_key(client_as, received, entered) -> None:
    received(), received(), entered()
    tabs = client_as("technician").get("/queue/").context["tabs"]
    assert [tab["key"] for tab in tabs] == list("123456789")
    assert {tab["stage"]: tab["count"] for tab in tabs if tab["count"]} == {"received": 2, "entered": 1}


@pytest.mark.parametrize(
    "role, stage", [("trainee", "received"), ("technician", "received"), ("pharmacist", "entered")]
)
def test_it_opens_where_the_person_s_own_work_is(client_as, role, stage) -> None:
    assert client_as(role).get("/queue/").context["stage"] == stage


def test_a_scanned_label_opens_its_prescription_on_the_page_of_its_stage(client_as, entered) -> None:
    row = entered()
    for code in (row.rx_number, f"{row.rx_number}-2", f"Rx {row.rx_number}"):
        response = client_as("technician").get("/queue/", {"q": code})
        assert (response.status_code, response.url) == (302, f"/rx/{row.rx_number}/review/")


def test_a_finished_prescription_is_found_by_its_number(client_as, entered, person) -> None:
    row = entered()
    actions.cancel(prescription=row, version=row.version, reason="Twice", by=person("pharmacist"))
    assert client_as("technician").get("/queue/", {"q": row.rx_number}).url == f"/rx/{row.rx_number}/"


@pytest.mark.parametrize("text, found", [("okon", True), ("marta okonjo", True), ("okonjo, m", True), ("brown", False)])
def test_search_by_the_beginning_of_a_name_matched_or_not(client_as, received, entered, text, found) -> None:
    rows = [received(), entered()]
    expected = sorted(row.rx_number for row in rows) if found else []
    assert sorted(numbers(client_as("technician"), f"?q={text}")) == expected


def test_filters_narrow_the_list(client_as, received, entered, person) -> None:
    plain, waiting, flagged = received(), received(priority="waiting"), entered()
    concerned = received()
    actions.raise_concern(prescription=concerned, kind="patient", by=person("trainee"))
    client = client_as("technician")
    assert set(numbers(client, "?stage=all&waiting=1")) == {waiting.rx_number}
    assert set(numbers(client, "?stage=all&flagged=1")) == {flagged.rx_number, concerned.rx_number}
    assert set(numbers(client, "?stage=all&mine=1")) == {flagged.rx_number}
    assert plain.rx_number in numbers(client)
    assert "1 open concern" in seen(client)


def test_what_must_change_stays_flagged_after_the_decision(client_as, entered, undecided, person) -> None:
    row = entered()
    by = person("pharmacist")
    actions.decide(finding=undecided(row), version=row.version, outcome="accepted-change", reason="", by=by)
    assert numbers(client_as("technician"), "?stage=all&flagged=1") == [row.rx_number]
    assert "Must change" in seen(client_as("technician"))


def many(row: Prescription, count: int) -> None:
    fields = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ("id", "rx_number")
    }
    Prescription.objects.bulk_create(Prescription(rx_number=str(2_000_000 + n), **fields) for n in range(count))


def test_two_hundred_rows_ask_as_many_queries_as_ten(client_as, entered) -> None:
    row, client = entered(**PLAIN), client_as("pharmacist")
    seen(client)
    counted = []
    for more in (9, 190):
        Prescription.objects.filter(rx_number__startswith="2").delete()
        many(row, more)
        for query in ("?stage=entered", "?stage=all&flagged=1", "?q=okonjo"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/queue/{query}")
            counted.append((query, len(queries)))
    assert counted[:3] == counted[3:]
    assert max(count for _, count in counted) <= 9


def test_pages_go_on_in_the_order_of_the_queue(client_as, entered) -> None:
    many(entered(**PLAIN), 60)
    client = client_as("pharmacist")
    first, second = numbers(client, "?stage=entered"), numbers(client, "?stage=entered&page=2")
    assert (len(first), len(second), set(first) & set(second)) == (50, 11, set())


def test_a_stage_is_read_by_its_index_in_the_order_of_the_queue(entered) -> None:
    many(entered(**PLAIN), 300)
    if connection.vendor == "postgresql":
        # The planner sorts what it takes for one row: it is told how many there are, and that sorting is dear.
        connection.cursor().execute("ANALYZE prescriptions_prescription; SET LOCAL enable_sort = off")
        connection.cursor().execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = queue("entered")[:50].explain()
    assert "prescriptions_queue" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_the_part_that_refreshes_itself_says_that_nobody_is_there(client_as, received, settings) -> None:
    received()
    client = client_as("technician")
    page = client.get("/queue/?stage=received")
    assert 'hx-headers=\'{"Tallman-Background": "1"}\'' in page.content.decode()
    headers = {"HX-Request": "true", "HX-Target": "queue", "Tallman-Background": "1"}
    part = client.get("/queue/?stage=received", headers=headers).content.decode()
    assert part.lstrip().startswith('<div id="queue"')
    with clock.fixed(NOON + timedelta(minutes=settings.IDLE_MINUTES + 1)):
        locked = client.get("/queue/?stage=received", headers=headers)
    assert locked.headers["HX-Redirect"].startswith("/lock")
