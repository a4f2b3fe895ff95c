"""The folder that holds everything this installation keeps: database, secret key, files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["home", "secret_key"]


def home() -> Path:
    """`TALLMAN_HOME` (default `var/` below the current folder), made if missing."""
    path = Path(os.environ.get("TALLMAN_HOME") or "var").expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, readable by its owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        draft = folder / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # refuses to replace a key that another process has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
