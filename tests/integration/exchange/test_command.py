"""`tallman intake`: files and folders, and several processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from tallman.cli.intake import command
from tallman.server.prescriptions.models import Prescription
from tests.unit.script.newrx import message, newrx

Process = subprocess.Popen[str]


def intake(*paths: Path) -> tuple[int, list[str]]:
    """Exit status and the lines printed."""
    done = CliRunner().invoke(command, list(map(str, paths)), env={"COLUMNS": "40"})
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output.splitlines()


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    made = tmp_path / "messages"
    (made / "inner").mkdir(parents=True)
    (made / "a.xml").write_bytes(newrx())
    (made / "inner" / "b.txt").write_bytes(newrx(MessageID="MSG-2"))
    (made / "README").write_text("not a message")
    (made / ".hidden").write_bytes(newrx(MessageID="MSG-3"))
    return made


def test_a_folder_is_taken_in_once(folder: Path) -> None:
    status, lines = intake(folder)
    first, second = Prescription.objects.order_by("pk")
    assert status == 0
    assert lines == [
        f"{folder}/README  left alone  it is no message of a kind that is known here",
        f"{folder}/a.xml  accepted  Rx {first.rx_number}",
        f"{folder}/inner/b.txt  accepted  Rx {second.rx_number}",
    ]
    assert intake(folder / "a.xml") == (0, [f"{folder}/a.xml  seen before  Rx {first.rx_number}"])


def test_the_exit_status_tells_the_worst(db: None, tmp_path: Path) -> None:
    cancel, large, text = tmp_path / "[b]cancel.xml", tmp_path / "large.xml", tmp_path / "notes"
    cancel.write_bytes(message({"CancelRx": {}}))
    large.write_bytes(b"<" + b"x" * 3_000_000)
    text.write_text("not a message")
    status, lines = intake(cancel)
    assert (status, "waits as an exception" in lines[0], "[b]cancel.xml" in lines[0]) == (1, True, True)
    assert intake(cancel)[0] == 1
    status, lines = intake(cancel, tmp_path / "missing.xml")
    assert (status, "not opened" in lines[1]) == (2, True)
    assert intake(large)[0] == 2
    assert intake(text)[0] == 2


def test_what_came_over_the_network_is_not_taken_in_again(folder: Path, send) -> None:
    send(newrx())
    status, lines = intake(folder / "a.xml")
    assert (status, "seen before" in lines[0]) == (0, True)
    assert Prescription.objects.count() == 1


def start(home: Path, path: Path, environment: dict[str, str]) -> Process:
    known = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", "from tallman.cli import main; main()", "intake", str(path)],
        env=known | {"TALLMAN_HOME": str(home), "COLUMNS": "400"} | environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(process: Process) -> tuple[int, str]:
    out, err = process.communicate(timeout=300)
    assert err == ""
    return process.returncode, out


@pytest.mark.django_db(transaction=True)
def test_many_at_once_bring_one_prescription(tmp_path: Path) -> None:
    """On SQLite in a file of their own; on PostgreSQL in the database of this test."""
    file, environment = tmp_path / "a.xml", {}
    file.write_bytes(newrx())
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        environment["DATABASE_URL"] = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)
    else:
        assert finished(start(tmp_path, tmp_path / "nothing", {}))[0] == 2  # makes the tables
    ended = [finished(p) for p in [start(tmp_path, file, environment) for _ in range(4)]]
    assert [status for status, _ in ended] == [0] * 4
    assert len({out.rpartition("Rx ")[2] for _, out in ended}) == 1
    assert sorted("accepted" in out for _, out in ended) == [False, False, False, True]
