"""Values with slots that work some things out once."""

from __future__ import annotations

__all__ = ["Derived"]


class Derived:
    """Base of a dataclass with slots that has a `cached_property`: the fields lie in slots, where they are read several
    times faster than beside a default on the class, and what is worked out from them in the `__dict__` of this base."""
