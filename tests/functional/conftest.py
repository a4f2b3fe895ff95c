"""The people, browsers and machine token of the integration tests, for tests of the whole pharmacy."""

from __future__ import annotations

from tests.integration.conftest import flushing_past_the_guards, page_as, person, quick_hashing, token

__all__ = ["flushing_past_the_guards", "page_as", "person", "quick_hashing", "token"]
