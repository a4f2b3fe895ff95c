"""`tallman audit` and `tallman token`, as processes of their own on a SQLite file."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tallman.server.audit.guards import remove_sql


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return start(home, *arguments).finish()


class start:
    """A command that has been started; `finish` waits for it."""

    def __init__(self, home: Path, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"TALLMAN_HOME": str(home)}
        self.arguments = arguments
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tallman.cli import main; main()", *arguments],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def finish(self) -> subprocess.CompletedProcess[str]:
        out, err = self.process.communicate(timeout=60)
        return subprocess.CompletedProcess(self.arguments, self.process.returncode, out, err)


def tamper(home: Path, *statements: str) -> None:
    with sqlite3.connect(home / "tallman.sqlite3") as database:
        for statement in [*remove_sql("sqlite"), *statements]:
            database.execute(statement)
    database.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert run(home, "token", "create", "first").returncode == 0
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A folder with a database in which one token was made."""
    target = tmp_path / "home"
    target.mkdir()
    for file in prepared.iterdir():
        if file.is_file():
            (target / file.name).write_bytes(file.read_bytes())
    return target


def test_two_processes_at_once_make_one_chain(home: Path) -> None:
    both = [start(home, "token", "create", name) for name in ("left", "right")]
    assert [started.finish().returncode for started in both] == [0, 0]
    answer = run(home, "audit", "verify")
    assert (answer.returncode, answer.stdout.splitlines()[0][:32]) == (0, "The audit log holds: 3 events. H")


def test_an_edited_row_is_named_and_ends_with_status_1(home: Path) -> None:
    tamper(home, "UPDATE audit_event SET actor_name = 'Somebody else' WHERE sequence = 1")
    answer = run(home, "audit", "verify")
    assert answer.returncode == 1
    assert "Event 1 was changed after it was written." in answer.stdout
    assert "Somebody else" not in answer.stdout


def test_a_tail_cut_off_with_its_head_is_found_by_the_head_noted_at_the_last_verification(home: Path) -> None:
    run(home, "token", "create", "second")
    assert run(home, "audit", "verify").returncode == 0
    forget = (
        "DELETE FROM audit_event WHERE sequence = 2",
        "UPDATE audit_head SET sequence = 1, hash = (SELECT hash FROM audit_event WHERE sequence = 1)",
    )
    tamper(home, *forget)
    answer = run(home, "audit", "verify")
    assert answer.returncode == 1
    assert "Event 2 was noted at an earlier verification and is gone." in answer.stdout


def test_a_head_noted_on_paper_is_compared(home: Path) -> None:
    first = run(home, "audit", "verify", "--no-note").stdout
    anchor = re.search(r"Head (1:[0-9a-f]{64})", first)
    assert anchor
    assert not (home / "audit-anchors").exists()
    assert run(home, "audit", "verify", "--anchor", anchor[1]).returncode == 0
    assert run(home, "audit", "verify", "--anchor", "1:" + "0" * 64).returncode == 1
    refused = run(home, "audit", "verify", "--anchor", "somewhere")
    assert (refused.returncode, "SEQUENCE:HASH" in refused.stderr) == (2, True)


def test_edited_notes_are_refused(home: Path) -> None:
    (home / "audit-anchors").write_text("{}\n")
    answer = run(home, "audit", "verify")
    assert answer.returncode == 1
    assert "audit-anchors, line 1" in answer.stderr


def test_a_token_is_printed_once_and_kept_only_as_a_hash(home: Path) -> None:
    plain = run(home, "token", "create", "second").stdout.strip()
    assert re.fullmatch(r"tlm_[\w-]{43}", plain)
    files = [path for path in home.iterdir() if path.is_file()]
    assert all(plain.encode() not in path.read_bytes() for path in files)
    assert "second: made" in run(home, "token", "list").stdout


def test_a_name_is_taken_once_and_a_token_revoked_once(home: Path) -> None:
    taken = run(home, "token", "create", "first")
    assert (taken.returncode, taken.stderr) == (1, "Error: A token has this name already: choose another.\n")
    assert run(home, "token", "revoke", "first").returncode == 0
    again = run(home, "token", "revoke", "first")
    assert (again.returncode, again.stderr) == (1, "Error: There is no valid token named first.\n")


def test_a_database_url_that_cannot_be_read_says_what_to_write(home: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from tallman.cli import main; main()", "audit", "verify"],
        env={**os.environ, "TALLMAN_HOME": str(home), "DATABASE_URL": "mysql://x/y"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "Write postgresql://" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_home_and_its_key_are_for_their_owner_only(home: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    assert run(fresh, "token", "list").returncode == 0
    assert (fresh / "secret-key").stat().st_mode & 0o777 == 0o600
    assert fresh.stat().st_mode & 0o777 == 0o700
    key = (fresh / "secret-key").read_text()
    assert len(key) >= 64
    run(fresh, "token", "list")
    assert (fresh / "secret-key").read_text() == key
