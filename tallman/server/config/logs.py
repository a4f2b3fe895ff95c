"""Log lines without patient data: what failed and where in the code, never with which values."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from typing import Any

__all__ = ["QuietFormatter"]


class QuietFormatter(logging.Formatter):
    """One line per record. Of an exception: its type and the lines of code, not its message.

    A database error quotes the row it refused, so messages of exceptions stay out; the query string of a
    request, which may name a patient, is not part of any record Django writes at these levels.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{at} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            line += "\n" + _where(record.exc_info)
        return line


def _where(exc_info: Any) -> str:
    kind, _, trace = exc_info
    frames = traceback.extract_tb(trace)
    return "\n".join([*(f"    {f.filename}:{f.lineno} {f.name}" for f in frames), f"    {kind.__qualname__}"])
