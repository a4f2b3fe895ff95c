"""One person per role, a client logged in as each, and a machine token."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from tallman.core.workflow import Role
from tallman.server.accounts.actions import create_token
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.guards import install_sql, remove_sql

PASSWORD = "four quiet words here"


@pytest.fixture(autouse=True, scope="session")
def quick_hashing() -> Iterator[None]:
    """Argon2 with the least it can do: tests log in often."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(autouse=True, scope="session")
def flushing_past_the_guards() -> Iterator[None]:
    """Tests of several transactions end with an emptied database, which the audit log would refuse."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unguarded(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            for statement in remove_sql(self.connection.vendor):
                cursor.execute(statement)
        flush(self, statements)
        with self.connection.cursor() as cursor:
            for statement in install_sql(self.connection.vendor):
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
        yield


@pytest.fixture
def person(db: None) -> Callable[[str], User]:
    """`person("technician")`: somebody of that role; the same one when asked again."""

    def make(role: str) -> User:
        found = User.objects.filter(username=role).first()
        return found or User.objects.create_user(
            role, PASSWORD, display_name=f"A {role}", initials=f"R{list(Role).index(Role(role))}", role=role
        )

    return make


@pytest.fixture
def people(person: Callable[[str], User]) -> dict[str, User]:
    """One person for each role."""
    return {role.value: person(role.value) for role in Role}


@pytest.fixture
def client_as(person: Callable[[str], User]) -> Callable[[str], Client]:
    """`client_as("pharmacist")`: a browser in which somebody of that role has logged in."""

    def make(role: str) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(person(role))
        return client

    return make


@pytest.fixture
def token(db: None) -> str:
    """The plain text of a valid machine token."""
    return create_token(name="test machine", by=SYSTEM)[1]
