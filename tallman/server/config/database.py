"""Where the rows live: SQLite in the home folder, or the PostgreSQL that `DATABASE_URL` names."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

__all__ = ["database", "mark"]

_WRITE = "Write postgresql://user:password@host:5432/name, or leave it out for SQLite."

# Writers queue at BEGIN instead of failing half-way, and a commit is on the disk before it is answered.
SQLITE_OPTIONS = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
}


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's database settings for a URL; SQLite in `home` when it is empty.

    Raises ValueError with what to write when the URL is neither `postgresql://` nor `sqlite:///`.
    """
    if not url:
        return _sqlite(str(home / "tallman.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"} and not parts.path.strip("/"):
        raise ValueError(f"DATABASE_URL names no database. {_WRITE}")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) or str(home / "tallman.sqlite3"))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": _port(parts),
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ValueError(
        f"DATABASE_URL starts with {parts.scheme}://. {_WRITE}" if parts.scheme else f"DATABASE_URL is no URL. {_WRITE}"
    )


def mark(known: dict[str, Any], home: Path) -> str:
    """What tells the files about one database in `home` from those about another: empty for its own SQLite."""
    if known == _sqlite(str(home / "tallman.sqlite3")):
        return ""
    where = ":".join(str(known.get(part, "")) for part in ("ENGINE", "HOST", "PORT", "NAME"))
    return f"-{hashlib.sha256(where.encode()).hexdigest()[:12]}"


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise ValueError(f"The port in DATABASE_URL is no number from 1 to 65535. {_WRITE}") from error


def _sqlite(name: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
