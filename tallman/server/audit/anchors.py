"""Heads noted outside the database: one line per verification in `$TALLMAN_HOME/audit-anchors`."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from tallman.server.audit.verify import Anchor
from tallman.server.web import clock

__all__ = ["note", "noted"]


def note(head: Anchor) -> None:
    """Add a verified head to the notes. An empty log is not noted."""
    if not head.sequence:
        return
    line = {
        "database": _database(), "at": clock.now().isoformat(), "sequence": head.sequence, "hash": head.hash,
    }  # fmt: skip
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def noted() -> list[Anchor]:
    """Every head noted for this database, oldest first. Raises ValueError for a line that cannot be read."""
    if not _path().exists():
        return []
    found = []
    for number, text in enumerate(_path().read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = json.loads(text)
            if line["database"] == _database():
                found.append(Anchor(int(line["sequence"]), str(line["hash"])))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{_path()}, line {number}, cannot be read: somebody edited it.") from error
    return found


def _path() -> Path:
    return Path(settings.TALLMAN_HOME) / "audit-anchors"


def _database() -> str:
    known = connection.settings_dict
    return f"{connection.vendor}:{known['HOST']}:{known['PORT']}:{known['NAME']}"
