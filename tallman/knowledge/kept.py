"""Versions that are kept because somebody screened with them: a stored decision can be replayed with its own."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_kept", "keep"]


def keep(folder: Path, sha256: str) -> None:
    """Mark a version of the snapshot folder as used. A folder that cannot be written is no error."""
    try:
        (folder / "kept").mkdir(parents=True, exist_ok=True)
        (folder / "kept" / sha256).touch()
    except OSError:
        return


def is_kept(folder: Path, sha256: str) -> bool:
    """Whether somebody screened with this version."""
    return (folder / "kept" / sha256).exists()
