"""`make` on a machine that lacks something says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

SHELL = "#!/bin/sh\n"
# Runs the real program with something about it changed, so that make's own questions are put to it.
CHANGED = (
    SHELL
    + """case "$1" in
-c) exec {python} -c "import sys; {change}; $2" ;;
-V) echo "Python 3.9.2" ;;
*) echo "unexpected: $*"; exit 9 ;;
esac
"""
)


def lay(folder: Path, python: str | None = None) -> None:
    """A copy of what make reads, and a path of only the tools it needs and the given `python3`."""
    (folder / "bin").mkdir()
    for tool in ("bash", "sh", "make", "touch", "rm"):
        (folder / "bin" / tool).symlink_to(str(shutil.which(tool)))
    if python is not None:
        (folder / "bin" / "python3").write_text(python)
        (folder / "bin" / "python3").chmod(0o755)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    outer = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outer | {"PATH": str(folder / "bin")},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def changed(change: str) -> str:
    return CHANGED.format(python=sys.executable, change=change)


@pytest.mark.parametrize(
    "python, sentence",
    [
        (None, "Python was not found. Install Python 3.11 or newer, or name it: make run PYTHON="),
        (
            changed("sys.version_info = (3, 9, 2)"),
            "needs Python 3.11 or newer; python3 is Python 3.9.2. Name a",
        ),
        (
            changed("sys.modules['ensurepip'] = None"),
            "cannot make virtual environments. On Debian or Ubuntu:",
        ),
    ],
    ids=["no python", "old python", "no venv"],
)
def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, python: str | None, sentence: str) -> None:
    lay(tmp_path, python)
    done = make(tmp_path, "run")
    assert done.returncode == 2
    assert sentence in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / ".venv").exists()


def test_an_installed_checkout_is_left_alone(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / ".venv").mkdir()
    assert make(tmp_path, "install", "--touch").returncode == 0
    assert make(tmp_path, "install").stdout.strip() == "make: Nothing to be done for 'install'."


def test_cleaning_leaves_the_pharmacy_alone(tmp_path: Path) -> None:
    lay(tmp_path)
    for folder, name in (("var", "tallman.sqlite3"), (".venv", ".installed")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("kept here")
    assert make(tmp_path, "clean").returncode == 0
    assert (tmp_path / "var" / "tallman.sqlite3").exists()
    assert not (tmp_path / ".venv").exists()
