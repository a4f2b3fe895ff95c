"""A knowledge of three medicines and a rule of each kind, in a folder that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallman.knowledge.load import HERE, SINGLE

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small knowledge; a single file that it does without is the installed one."""
    copy = shutil.copytree(SMALL, tmp_path / "knowledge")
    for name in SINGLE:
        if not (copy / f"{name}.yaml").exists():
            shutil.copy(HERE / f"{name}.yaml", copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """`edit(file, old, new)`: change the one place of a file where `old` stands."""

    def change(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change
