"""A knowledge of three medicines and a rule of each kind, in a folder that a test may spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.small_knowledge import copy_small


@pytest.fixture(autouse=True, scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place of its own for snapshots, compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("home")
        patch.setenv("TALLMAN_HOME", str(path))
        yield path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small knowledge."""
    return copy_small(tmp_path / "knowledge")


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """`edit(file, old, new)`: change the one place of a file where `old` stands."""

    def change(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change
