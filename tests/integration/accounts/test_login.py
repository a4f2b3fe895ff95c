"""Coming, leaving, switching, locking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from tallman.server.accounts import actions
from tallman.server.accounts.idle import BACKGROUND
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.web import clock
from tests.integration.conftest import PASSWORD

LOGIN = "/login"
PAGE = "/people/?sort=name"


def log_in(client: Client, name: str, password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"name": name, "password": password, **extra})


@pytest.fixture
def boss(person):
    return person("pharmacist-in-charge")


def test_a_person_logs_in_by_username_or_initials_and_lands_where_they_wanted(client: Client, boss) -> None:
    for name in (boss.username, boss.username.upper(), boss.initials, boss.initials.lower()):
        response = log_in(Client(), name, next=PAGE)
        assert (response.status_code, response.url) == (302, PAGE)
    assert set(Event.objects.values_list("action", "actor")) == {("accounts.log_in", f"user:{boss.pk}")}


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(client: Client, boss, elsewhere: str) -> None:
    assert log_in(client, boss.username, next=elsewhere).url == "/"


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_alike(client: Client, boss, person) -> None:
    actions.change_access(person=person("trainee"), role="trainee", is_active=False, by=SYSTEM)
    answers = [log_in(client, n, p) for n, p in ((boss.username, "x"), ("nobody", "x"), ("trainee", PASSWORD))]
    assert {a.status_code for a in answers} == {422}
    assert all("do not go together" in a.content.decode() for a in answers)
    assert "_auth_user_id" not in client.session


def test_a_closed_account_ends_its_sessions_at_once(client_as, person) -> None:
    client = client_as("trainee")
    assert client.get("/queue/").status_code == 200
    actions.change_access(person=person("trainee"), role="trainee", is_active=False, by=SYSTEM)
    assert client.get("/").url.startswith(LOGIN)


def test_a_new_password_ends_other_sessions_but_not_the_one_that_set_it(client_as, boss) -> None:
    here, there = client_as(boss.role), client_as(boss.role)
    new = "seven other words entirely"
    response = here.post(reverse("accounts:own-password"), {"old_password": PASSWORD, "new_password": new})
    assert response.url == "/"
    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE).url.startswith(LOGIN)


@pytest.mark.parametrize("old, new", [("wrong", "seven other words"), (PASSWORD, "short"), (PASSWORD, "password12")])
def test_a_poor_new_password_or_a_wrong_old_one_is_refused(client_as, boss, old: str, new: str) -> None:
    response = client_as(boss.role).post("/password", {"old_password": old, "new_password": new})
    assert response.status_code == 422
    boss.refresh_from_db()
    assert boss.check_password(PASSWORD)


def test_five_wrong_passwords_close_the_name_from_this_computer_only(client: Client, boss, person) -> None:
    for _ in range(4):
        assert log_in(client, boss.username, "x").status_code == 422
    locked = log_in(client, boss.initials, "x")  # initials are the same name
    assert (locked.status_code, "15 minutes" in locked.content.decode()) == (429, True)
    assert log_in(client, boss.username).status_code == 429
    assert log_in(client, person("technician").username).status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert log_in(elsewhere, boss.username).status_code == 302


def test_the_record_of_failed_logins_does_not_keep_the_page_that_was_asked_for(client: Client, boss) -> None:
    client.post("/login?next=/patients/?q=Roe", {"name": boss.username, "password": "x", "next": "/patients/?q=Roe"})
    attempt = AccessAttempt.objects.get()
    assert attempt.username == boss.username
    assert "Roe" not in f"{attempt.get_data}{attempt.post_data}{attempt.path_info}"


def test_a_part_of_a_page_asked_for_by_a_stranger_sends_the_whole_page_to_the_login(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?sort=name"}
    answer = client.get("/people/", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/login?next=/people/%3Fsort%3Dname")


def test_leaving_and_switching_leave_an_event_and_switching_keeps_the_page(client_as, boss) -> None:
    assert client_as(boss.role).post("/logout").url == LOGIN
    client = client_as(boss.role)
    response = client.post("/switch", {"next": PAGE})
    assert response.url == "/login?next=%2Fpeople%2F%3Fsort%3Dname"
    assert client.get(PAGE).url.startswith(LOGIN)
    assert Event.objects.filter(action="accounts.log_out").count() == 2


def idle_for(settings, **duration: float):
    return clock.fixed(clock.now() + timedelta(**duration))


def test_after_a_while_without_anybody_the_screen_is_locked_and_keeps_its_page(client_as, boss, settings) -> None:
    client = client_as(boss.role)
    assert client.get(PAGE).status_code == 200
    with idle_for(settings, minutes=settings.IDLE_MINUTES - 1):
        assert client.get(PAGE).status_code == 200
    with idle_for(settings, minutes=2 * settings.IDLE_MINUTES):
        locked = client.get(PAGE)
        assert locked.url == "/lock?next=%2Fpeople%2F%3Fsort%3Dname"
        assert boss.display_name in client.get(locked.url).content.decode()
        assert client.post("/unlock", {"password": "x", "next": PAGE}).status_code == 422
        assert client.get(PAGE).status_code == 302
        assert client.post("/unlock", {"password": PASSWORD, "next": PAGE}).url == PAGE
        assert client.get(PAGE).status_code == 200


def test_polling_is_nobody_being_there_and_typing_is_somebody(client_as, boss, settings) -> None:
    polled, typed = client_as(boss.role), client_as(boss.role)
    for client in (polled, typed):
        client.get(PAGE)
    with idle_for(settings, minutes=settings.IDLE_MINUTES - 1):
        assert polled.get(PAGE, headers={BACKGROUND: "1"}).status_code == 200
        assert typed.post("/here").status_code == 204
    with idle_for(settings, minutes=settings.IDLE_MINUTES + 1):
        assert polled.get(PAGE).status_code == 302
        assert typed.get(PAGE).status_code == 200


def test_a_locked_screen_does_nothing_and_leads_back_to_the_page_it_was_on(client_as, boss) -> None:
    client = client_as(boss.role)
    assert client.post("/lock", {"next": PAGE}).url == "/lock?next=%2Fpeople%2F%3Fsort%3Dname"
    form = {"name": "gateway"}
    refused = client.post("/tokens/", form, headers={"referer": "http://testserver/tokens/"})
    assert refused.url == "/lock?next=http%3A%2F%2Ftestserver%2Ftokens%2F"
    part = client.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/people/"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (
        204,
        "/lock?next=http%3A%2F%2Ftestserver%2Fpeople%2F",
    )
    assert not Event.objects.filter(action="accounts.create_token").exists()


def test_opening_the_lock_page_does_not_lock(client_as, boss) -> None:
    client = client_as(boss.role)
    client.get("/lock")
    assert client.get(PAGE).status_code == 200


def test_guessing_at_the_lock_is_throttled_too(client_as, boss) -> None:
    client = client_as(boss.role)
    answers = [client.post("/unlock", {"password": "x"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
