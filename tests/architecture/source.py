"""The files of the project, as the tests of its shape read them."""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["ROOT", "kept", "python"]

ROOT = Path(__file__).resolve().parents[2]


def kept() -> list[Path]:
    """Every file that is, or would be, committed; all but hidden and made ones where there is no git."""
    if not (ROOT / ".git").exists():
        return sorted(p for p in ROOT.rglob("*") if p.is_file() and not _made(p.relative_to(ROOT)))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted(p for p in paths if p.is_file())


def _made(path: Path) -> bool:
    return path.parts[0] == "var" or any(p[0] == "." or p == "__pycache__" for p in path.parts)


def python(folder: str) -> list[Path]:
    """Every Python file below `folder`."""
    return sorted((ROOT / folder).rglob("*.py"))
