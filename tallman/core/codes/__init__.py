"""The codes of the trade, one a file and all of one shape: `parse` is the only way to a value, `format`
writes it.
"""

from __future__ import annotations

__all__ = ["CodeError"]


class CodeError(ValueError):
    """A text that is not such a code: says what is wrong with it and what one looks like."""
