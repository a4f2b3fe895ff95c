"""One person per role, a client logged in as each, and a machine token."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from tallman.core.workflow import Role
from tallman.server.accounts.actions import create_token
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.guards import install_sql, remove_sql

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

PASSWORD = "four quiet words here"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
EXPECTED = re.compile("status of 422|^htmx:(?:afterRequest|sendAbort)").search
"""What the console says of a refused form, and of a request that a later one replaced."""


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
    if flush.__name__ == "unguarded":  # done already: the functional tests bring this fixture too
        yield
        return

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


def _is_fault(message: ConsoleMessage, page: Page) -> bool:
    """Not the refusals a test asks for: a form that comes back, a page that answers 403 or 404 itself."""
    is_page = message.location["url"] == page.url and "Failed to load resource" in message.text
    return message.type == "error" and not is_page and not EXPECTED(message.text)


@pytest.fixture
def page_as(
    live_server: Any, chromium: str, person: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Page]]:
    """`page_as("technician")`: a browser of their own in which they have logged in, at their start page.

    A fault of a script or of the page's policy, in any of the browsers, fails the test.
    """
    from playwright.sync_api import sync_playwright  # the driver is for the tests that ask for it

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs an event loop
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)

        def make(role: str) -> Page:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda m: faults.append(m.text) if _is_fault(m, page) else None)
            page.goto(f"{live_server.url}/login")
            page.fill("#id_name", person(role).username)
            page.fill("#id_password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda address: "/login" not in address)
            return page

        yield make
        browser.close()
    assert faults == []
