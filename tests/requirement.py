"""What the machine must have for some tests, and whether lacking it is a failure."""

from __future__ import annotations

import os
import shutil

__all__ = ["chromium", "required"]


def chromium() -> str | None:
    """The Chromium or Chrome of this machine."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def required() -> frozenset[str]:
    """The names in `TALLMAN_REQUIRE`: "postgresql", "chromium" or both, separated by commas."""
    return frozenset(os.environ.get("TALLMAN_REQUIRE", "").replace(" ", "").split(",")) - {""}
