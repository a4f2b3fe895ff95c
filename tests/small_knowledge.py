"""A knowledge of three medicines and a rule of each kind, to be copied and spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

from tallman.knowledge.load import HERE, SINGLE

__all__ = ["copy_installed", "copy_small"]

SMALL = Path(__file__).parent / "unit" / "knowledge" / "small"


def copy_small(to: Path) -> Path:
    """A copy of the small knowledge; a single file that it does without is the installed one."""
    copy = shutil.copytree(SMALL, to)
    for name in SINGLE:
        if not (copy / f"{name}.yaml").exists():
            shutil.copy(HERE / f"{name}.yaml", copy)
    return copy


def copy_installed(to: Path) -> Path:
    """A copy of the authored files that are installed."""
    return shutil.copytree(HERE, to, ignore=shutil.ignore_patterns("*.py", "__pycache__", "checking", "importers"))
