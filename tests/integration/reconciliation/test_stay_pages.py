"""A stay made, moved and ended by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tallman.server.patients.models import Patient
from tallman.server.reconciliation.models import Encounter
from tests.integration.reconciliation.conftest import NOON
from tests.integration.reconciliation.test_stay import now

As = Callable[[str], Client]
FACTS = {"unit": "4 West", "room": "12", "bed": "B", "kind": "inpatient", "attending": "Dr Iyer", "reason": "fall"}


def local(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def change(client: Client, stay: Encounter, deed: str, version: int | None = None, **facts: str) -> Any:
    sent = FACTS | facts | {"deed": deed, "version": version or now(stay).version}
    page = {"Referer": f"http://testserver/stays/{stay.pk}/edit/"}
    return client.post(f"/stays/{stay.pk}/edit/change", sent, headers=page)


def test_a_stay_is_opened_for_a_patient_who_is_found_first(patient: Patient, client_as: As) -> None:
    client = client_as("technician")
    assert f'href="/stays/new/{patient.pk}/"' in client.get("/stays/new/?q=bran").content.decode()
    sent = FACTS | {"admitted_at": local(NOON - timedelta(hours=2)), "visit_number": "V9"}
    answer = client.post(f"/stays/new/{patient.pk}/", sent)
    made = Encounter.objects.get()
    assert answer.url == f"/stays/{made.pk}/history/"
    assert (made.location, made.visit_number, made.admitted_at) == ("4 West 12 B", "V9", NOON - timedelta(hours=2))
    assert "in hospital already" in client.get("/stays/new/?q=bran").content.decode()


def test_nobody_came_tomorrow(patient: Patient, client_as: As) -> None:
    sent = FACTS | {"admitted_at": local(NOON + timedelta(days=1))}
    answer = client_as("technician").post(f"/stays/new/{patient.pk}/", sent)
    assert (answer.status_code, "lies in the future" in answer.content.decode()) == (422, True)


def test_a_move_is_no_correction(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    change(client, stay, "right", reason="fall at home")
    assert (now(stay).reason, now(stay).moved_at) == ("fall at home", None)
    assert "still 4 West" in change(client, stay, "moved").content.decode()
    change(client, stay, "moved", unit="ICU")
    assert (now(stay).unit, now(stay).moved_at) == ("ICU", NOON)


def test_who_was_slower_is_told_and_has_what_was_typed(stay: Encounter, client_as: As) -> None:
    client, version = client_as("technician"), now(stay).version
    change(client, stay, "right", reason="fall at home")
    assert change(client, stay, "right", version=version, reason="stroke").status_code == 409
    assert now(stay).reason == "fall at home"
    shown = [client.get(f"/stays/{stay.pk}/edit/").content.decode() for _ in range(2)]
    assert ["<dd>stroke</dd>" in page for page in shown] == [True, False], "what was typed is shown once more"


def test_going_home_and_back(stay: Encounter, client_as: As) -> None:
    client = client_as("technician")
    at = f"/stays/{stay.pk}/edit/"
    client.post(f"{at}plan-discharge", {"version": now(stay).version})
    assert now(stay).discharge_planned_at == NOON
    tomorrow = {"version": now(stay).version, "at": local(NOON + timedelta(days=1))}
    assert client.post(f"{at}leave", tomorrow).status_code == 422
    client.post(f"{at}leave", {"version": now(stay).version, "at": local(NOON)})
    assert (now(stay).status, now(stay).discharged_at) == ("finished", NOON)
    client.post(f"{at}cancel", {"version": now(stay).version, "what": "discharge"})
    assert (now(stay).status, now(stay).discharged_at) == ("in-progress", None)
    client.post(f"{at}cancel", {"version": now(stay).version})
    assert now(stay).status == "cancelled"
    assert "This stay is cancelled" in client.get(at).content.decode()
