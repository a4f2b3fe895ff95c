"""What is piped into a command, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

__all__ = ["lines"]


def lines() -> Iterator[str]:
    """Every line of standard input without its end; bytes that are no UTF-8 become U+FFFD."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")
