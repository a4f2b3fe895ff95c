"""Every page says what the checks rest on, and the page about it says more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tallman.server import knowledge_in_use
from tallman.server.knowledge_in_use import Refused

pytestmark = pytest.mark.django_db
ClientAs = Callable[[str], Client]


def text_of(client: Client, address: str) -> str:
    """The page as it is read."""
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("role", ["trainee", "pharmacist", "administrator"])
def test_every_page_names_the_version_and_how_much_of_it_is_signed(client_as: ClientAs, role: str) -> None:
    version = knowledge_in_use.current().version
    page = text_of(client_as(role), "/password")
    assert f"Knowledge {version}" in page
    assert "none of" in page
    assert "records is signed by a pharmacist" in page
    assert "could not be used" not in page


def test_who_is_not_logged_in_is_told_nothing(client: Client) -> None:
    assert knowledge_in_use.current().version not in client.get("/login").content.decode()


def test_the_page_tells_version_hash_and_reach(client_as: ClientAs) -> None:
    held = knowledge_in_use.current()
    page = text_of(client_as("pharmacist"), "/knowledge/")
    assert held.sha256 in page
    assert f"Interactions high rules {sum(r.severity == 'high' for r in held.records.interactions)}" in page
    assert "chosen here" not in page


def test_a_refused_version_is_said_on_every_page_with_the_reason_on_its_own(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_in_use._state, "refused", Refused("0" * 64, "the release is damaged"))
    assert "A newer version could not be used." in text_of(client_as("technician"), "/password")
    page = text_of(client_as("technician"), "/knowledge/")
    assert "the release is damaged" in page
    assert knowledge_in_use.current().sha256 in page
