"""Keeping people and machine access."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tallman.core.workflow import Action, Role, may
from tallman.server.accounts import actions
from tallman.server.accounts.access import require_token
from tallman.server.accounts.models import ApiToken, User
from tallman.server.accounts.queries import authenticate_token
from tallman.server.accounts.roles import ROLES, Permission
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tests.integration.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {
    "display_name": "Nora Novak", "initials": "nn", "username": "Nora", "role": "technician",
    "license_number": "T-1", "password": PASSWORD,
}  # fmt: skip


def test_the_roles_are_those_of_the_workflow_and_grant_what_its_table_grants() -> None:
    assert set(ROLES) == {role.value for role in Role}
    assert {a.value for a in Action} <= {p.value for p in Permission}
    for role in Role:
        granted = ROLES[role.value].permissions()
        assert {a for a in Action if Permission(a.value) in granted} == {a for a in Action if may(role, a)}


def test_an_administrator_has_no_right_over_patients_or_prescriptions() -> None:
    granted = {p.value for p in ROLES["administrator"].permissions()}
    assert granted == {"manage-users", "manage-tokens", "read-audit"}


def test_no_technician_decides_verifies_counsels_or_answers() -> None:
    judgement = {
        "decide",
        "approve",
        "verify",
        "counsel",
        "answer-concern",
        "hold-clinical",
        "resume-clinical",
    }
    for role in ("trainee", "technician", "certified-technician"):
        assert not judgement & {p.value for p in ROLES[role].permissions()}


def test_a_name_of_no_permission_is_an_error(person) -> None:
    with pytest.raises(ValueError, match="manage-everything"):
        person("pharmacist").can("manage-everything")


def test_a_person_is_added_on_the_page(client_as) -> None:
    client = client_as("pharmacist-in-charge")
    assert client.post("/people/", NEW).status_code == 302
    added = User.objects.get(username="nora")
    assert (added.initials, added.role, added.check_password(PASSWORD)) == ("NN", "technician", True)
    event = Event.objects.get(action="accounts.add_person")
    assert event.data == {"username": "nora", "role": "technician"}
    page = client.get("/people/").content.decode()
    assert "Nora Novak" in page
    assert "can log in as nora" in page


@pytest.mark.parametrize(
    "field, value",
    [("initials", ""), ("role", "owner"), ("password", "short"), ("initials", "R3"), ("username", "")],
)
def test_a_person_that_cannot_be_is_refused_beside_the_field(client_as, people, field: str, value: str) -> None:
    response = client_as("pharmacist-in-charge").post("/people/", {**NEW, field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not User.objects.filter(username="nora").exists()


def test_role_and_access_are_changed_on_the_page_with_what_was_before(client_as, person) -> None:
    trainee = person("trainee")
    client_as("administrator").post(f"/people/{trainee.pk}/", {"role": "technician", "is_active": "on"})
    trainee.refresh_from_db()
    assert (trainee.role, trainee.is_active) == ("technician", True)
    assert Event.objects.get(action="accounts.change_access").data == {
        "from": {"role": "trainee", "is_active": True},
        "to": {"role": "technician", "is_active": True},
    }


def test_nobody_changes_their_own_role_or_access(client_as, person) -> None:
    boss = person("administrator")
    response = client_as("administrator").post(f"/people/{boss.pk}/", {"role": "pharmacist", "is_active": "on"})
    assert (response.status_code, "somebody else" in response.content.decode()) == (422, True)
    boss.refresh_from_db()
    assert boss.role == "administrator"
    with pytest.raises(ValidationError, match="somebody else"):
        actions.change_access(person=boss, role="administrator", is_active=False, by=boss)


def test_a_password_is_set_for_somebody(client_as, person) -> None:
    trainee = person("trainee")
    client = client_as("administrator")
    assert client.post(f"/people/{trainee.pk}/password", {"new_password": "short"}).status_code == 422
    assert client.post(f"/people/{trainee.pk}/password", {"new_password": "nine words more or less"}).status_code == 302
    trainee.refresh_from_db()
    assert trainee.check_password("nine words more or less")
    assert client.get(f"/people/{trainee.pk}/").status_code == 200


def test_the_database_knows_the_roles() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="x", initials="X", display_name="X", role="owner")


def called(header: str) -> HttpResponse:
    view = require_token(lambda request: HttpResponse(request.token.name))
    return view(RequestFactory().post("/exchange", b"<secret/>", "text/xml", headers={"Authorization": header}))


def test_a_machine_is_known_by_its_token(token: str) -> None:
    assert called(f"Bearer {token}").content == b"test machine"
    assert called(f"bearer  {token}").status_code == 200
    assert ApiToken.objects.get().last_used_at is not None
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})
    assert authenticate_token(request).name == "test machine"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic {0}", "Bearer x{0}", "Bearer {0}x", "{0}", "Bearer \x00é"]
)
def test_no_other_caller_is_let_in(token: str, header: str) -> None:
    answer = called(header.format(token))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert ApiToken.objects.get().last_used_at is None


def test_a_revoked_token_is_let_in_no_more(token: str, client_as) -> None:
    client = client_as("pharmacist-in-charge")
    pk = ApiToken.objects.get().pk
    assert client.post(f"/tokens/{pk}/revoke").status_code == 302
    assert called(f"Bearer {token}").status_code == 401
    assert "no valid token" in client.post(f"/tokens/{pk}/revoke", follow=True).content.decode()


def test_a_token_made_on_the_page_is_shown_once(client_as) -> None:
    client = client_as("administrator")
    page = client.post("/tokens/", {"name": "gateway"}).content.decode()
    plain = page.split('class="original">')[1].split("<")[0]
    assert called(f"Bearer {plain}").status_code == 200
    assert plain not in client.get("/tokens/").content.decode()
    assert client.post("/tokens/", {"name": "gateway"}).status_code == 422


def test_a_session_cannot_be_ridden_from_another_site(person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("administrator"))
    refused = client.post("/tokens/", {"name": "gateway"})
    assert (refused.status_code, "Reload and try again" in refused.content.decode()) == (403, True)


def test_actions_without_a_person_are_the_systems() -> None:
    actions.add_person(**{**NEW, "initials": "Q1"}, by=SYSTEM)
    assert Event.objects.get().actor == "system"
