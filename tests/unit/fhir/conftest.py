from __future__ import annotations

import pytest

from tallman.core.knowledge import Knowledge
from tests.authored import load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()
