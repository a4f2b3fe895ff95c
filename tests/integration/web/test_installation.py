"""What a wrong folder or a wrong database is answered with, and one home folder with several databases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tallman.server.accounts.models import ApiToken, User
from tallman.server.config import demo
from tallman.server.config.database import database, mark
from tallman.server.config.home import home
from tallman.server.demo import generate


def said(folder: Path, **more: str) -> str:
    """The last words of a command that fails."""
    answer = subprocess.run(
        [sys.executable, "-c", "from tallman.cli import main; main()", "token", "list"],
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"TALLMAN_HOME": str(folder)} | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    return answer.stderr.strip()


def test_a_home_that_is_no_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for place in (file, file / "inside"):
        assert said(place).startswith(f"Error: TALLMAN_HOME, {place}, cannot be made (")


def test_a_home_that_cannot_be_written_to_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)  # tests may run as root, who may write everywhere
    with pytest.raises(ValueError, match="cannot be written to"):
        home()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://u:p@127.0.0.1:abc/x", "The port in DATABASE_URL is no number from 1 to 65535. Write postgres"),
        ("postgresql://127.0.0.1", "DATABASE_URL names no database. Write postgresql://"),
        ("mysql://u@h/n", "DATABASE_URL starts with mysql://. Write postgresql://"),
        ("tallman", "DATABASE_URL is no URL. Write postgresql://"),
    ],
)
def test_a_database_url_that_will_not_do_is_said_in_a_sentence(tmp_path: Path, url: str, sentence: str) -> None:
    assert said(tmp_path, DATABASE_URL=url).startswith(f"Error: {sentence}")


def test_each_database_has_a_mark_of_its_own(tmp_path: Path) -> None:
    urls = ("", "postgresql://u@h/one", "postgresql://u@h/two", "sqlite:////elsewhere/x.sqlite3")
    marks = [mark(database(url, tmp_path), tmp_path) for url in urls]
    assert marks[0] == ""
    assert len(set(marks)) == len(urls)
    assert marks[1] == mark(database("postgresql://other:password@h/one", tmp_path), tmp_path)


def test_the_demo_comes_again_when_its_database_is_gone(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []
    monkeypatch.setattr(generate, "load", lambda: made.append(True))
    (tmp_path / "synthetic").touch()
    (tmp_path / "demo-token").write_text("tlm_as-before\n")
    with override_settings(TALLMAN_HOME=tmp_path, SYNTHETIC_MARKER=tmp_path / "synthetic"):
        demo.load()
        demo.load()
    assert made == [True]
    assert User.objects.filter(username="tess").exists()
    assert (tmp_path / "demo-token").read_text() == "tlm_as-before\n"
    assert ApiToken.objects.count() == 1
