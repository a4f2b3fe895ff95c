"""The authored version that somebody chose to work with instead of the installed one: a pointer to its snapshot."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["choose", "chosen"]


def chosen(folder: Path) -> str | None:
    """The hash of the version chosen in a snapshot folder; None when nobody chose."""
    try:
        return (folder / "chosen").read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def choose(folder: Path, sha256: str | None) -> None:
    """Work with an authored version from now on, or (None) with what is installed; in one step for all who look.

    Raises OSError when the folder cannot be written.
    """
    pointer = folder / "chosen"
    if sha256 is None:
        pointer.unlink(missing_ok=True)
        return
    beside = folder / f".chosen-{os.getpid()}"
    beside.write_text(f"{sha256}\n", encoding="ascii")
    os.replace(beside, pointer)
