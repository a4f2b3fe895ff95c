"""The knowledge that this process screens with."""

from __future__ import annotations

from threading import Lock

from tallman.core.knowledge import Knowledge
from tallman.knowledge.load import load

__all__ = ["current", "use"]

_lock = Lock()
_current: Knowledge | None = None


def current() -> Knowledge:
    """The knowledge in use: loaded at the first call, then the same for all threads until `use` puts another."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = load()
    return _current


def use(knowledge: Knowledge | None) -> None:
    """Screen with another knowledge from now on; None loads what is authored at the next call."""
    global _current
    _current = knowledge
