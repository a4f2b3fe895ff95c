"""Lists of a stay that another system sends: once is enough, and what cannot be used says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tallman.server.audit.actions import SYSTEM
from tallman.server.patients.actions import add_patient
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.models import Encounter, MedicineList
from tests.integration.reconciliation.test_lists_pages import PATIENT, bundle, statement

TAKEN = bundle(PATIENT, statement("lisinopril 10 mg tablet"))
OTHER = bundle(PATIENT, statement("lisinopril 20 mg tablet"))


@pytest.fixture
def stay(db: None) -> Encounter:
    who = add_patient(person={"family_name": "Brandt", "birth_date": date(1952, 1, 20)}, by=SYSTEM)
    return actions.admit(patient=who, by=SYSTEM, visit_number="V1", authority="HOSPITAL")


def send(token: str, content: bytes, query: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post(f"/exchange/stays/lists?{query}", content, "application/fhir+json", headers=headers)


def kinds() -> list[tuple[str, bool]]:
    return list(MedicineList.objects.order_by("pk").values_list("kind", "is_current"))


def test_what_was_taken_and_what_is_ordered(stay: Encounter, token: str) -> None:
    answer = send(token, TAKEN, "visit=V1&authority=HOSPITAL&name=clinic")
    assert (answer.status_code, answer.json()) == (
        201, {"lists": [{"kind": "patient interview", "name": "clinic", "lines": 1}]},
    )  # fmt: skip
    assert send(token, OTHER, "visit=V1&holds=orders").status_code == 201
    assert send(token, OTHER, "visit=V1&holds=discharge-orders").status_code == 201
    assert kinds() == [("patient interview", True), ("current orders", True), ("discharge orders", True)]
    made = MedicineList.objects.first()
    assert (bytes(made.received), made.by, made.lines.get().text) == (TAKEN, None, "lisinopril 10 mg tablet")


def test_the_same_again_changes_nothing(stay: Encounter, token: str) -> None:
    for query in ("visit=V1", "visit=V1&holds=orders"):
        assert send(token, TAKEN, query).status_code == 201
        again = send(token, TAKEN, query)
        assert (again.status_code, again.json()) == (200, {"lists": []})
    send(token, OTHER, "visit=V1&holds=orders")
    assert send(token, TAKEN, "visit=V1&holds=orders").status_code == 201, "the orders are again what they were"
    assert kinds() == [
        ("patient interview", True), ("current orders", False), ("current orders", False), ("current orders", True),
    ]  # fmt: skip


def test_a_list_that_somebody_withdrew_stays_withdrawn(stay: Encounter, token: str, people: dict[str, Any]) -> None:
    send(token, TAKEN, "visit=V1")
    actions.drop_list(medicine_list=MedicineList.objects.get(), by=people["technician"])
    assert send(token, TAKEN, "visit=V1").status_code == 200
    assert kinds() == [("patient interview", False)]


@pytest.mark.parametrize(
    "content, query, status, said",
    [
        (TAKEN, "visit=V2", 404, "send its admission first"),
        (TAKEN, "", 404, "no stay"),
        (TAKEN, "visit=V1&authority=CLINIC", 404, "no stay"),
        (TAKEN, "visit=V1&holds=wishes", 422, "Say what the lists hold"),
        (b"{}", "visit=V1", 422, "this is no FHIR resource"),
        (bundle(PATIENT | {"birthDate": "1990-01-01"}, statement("aspirin 81 mg")), "visit=V1", 422, "somebody born"),
        (bundle(PATIENT), "visit=V1", 422, "no medicine"),
        (b" " * (10 * 1024 * 1024 + 1), "visit=V1", 413, "larger than 10 MB"),
    ],
    ids=range(8),
)
def test_what_cannot_be_used_says_why(
    stay: Encounter, token: str, content: bytes, query: str, status: int, said: str
) -> None:
    answer = send(token, content, query)
    assert (answer.status_code, said in answer.json()["error"]) == (status, True)
    assert kinds() == []


def test_a_number_of_two_houses_needs_its_house(stay: Encounter, token: str) -> None:
    actions.admit(patient=stay.patient, by=SYSTEM, visit_number="V1", authority="CLINIC")
    assert send(token, TAKEN, "visit=V1").status_code == 409
    assert send(token, TAKEN, "visit=V1&authority=CLINIC").status_code == 201
