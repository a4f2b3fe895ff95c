"""The folder that holds everything this installation keeps: database, secret key, files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["home", "secret_key"]

_ANOTHER = "Name a folder of your own: TALLMAN_HOME=~/tallman make run."


def home() -> Path:
    """`TALLMAN_HOME` (default `var/` below the current folder), made if missing.

    Raises ValueError with what to do when it cannot be made or written to.
    """
    path = Path(os.environ.get("TALLMAN_HOME") or "var").expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ValueError(f"TALLMAN_HOME, {path}, cannot be made ({error.strerror}). {_ANOTHER}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ValueError(f"TALLMAN_HOME, {path}, cannot be written to. {_ANOTHER}")
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
