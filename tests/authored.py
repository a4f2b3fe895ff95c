"""The knowledge as it is authored, loaded once for all the tests of a process."""

from __future__ import annotations

from functools import cache

from tallman.core.knowledge import Knowledge
from tallman.knowledge.load import load as _load

__all__ = ["load"]


@cache
def load() -> Knowledge:
    """The same frozen value each time; tests of the loading itself use `tallman.knowledge.load`."""
    return _load()
