"""The pharmacist in charge, who keeps the names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tallman.server.accounts.models import User


@pytest.fixture
def chief(person: Callable[[str], User]) -> User:
    return person("pharmacist-in-charge")
