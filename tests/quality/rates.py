"""A share that was counted, and how sure the count makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

__all__ = ["Rate"]

_Z = 1.959964
"""The normal deviate of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many `hits` of so many tried."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where nothing was tried."""
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share.

        >>> low, high = Rate(95, 100).interval()
        >>> round(low, 3), round(high, 3)
        (0.888, 0.978)
        """
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.share
        middle, width = p + _Z * _Z / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        scale = 1 + _Z * _Z / n
        return max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)
