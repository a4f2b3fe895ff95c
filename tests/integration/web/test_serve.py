"""`tallman serve`, as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

COMMAND = [sys.executable, "-c", "from tallman.cli import main; main()", "serve"]
PATIENCE = 300
"""Seconds: a first start compiles the knowledge and makes the demo pharmacy, on a busy machine."""


def environment(home: Path) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "PORT"}} | {"TALLMAN_HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, *options: str) -> Iterator[tuple[str, Path]]:
    """The address, and the file of what was printed."""
    port, printed = free_port(), home.parent / "printed"
    begun = time.monotonic()
    with printed.open("w") as out:
        process = subprocess.Popen(
            [*COMMAND, "--port", str(port), *options],
            env=environment(home),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        while not answers(address):
            assert process.poll() is None, printed.read_text()
            assert time.monotonic() - begun < PATIENCE, printed.read_text()
            time.sleep(0.05)
        yield address, printed
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def answers(address: str) -> bool:
    try:
        return urlopen(f"{address}/healthz", timeout=5).status == 200
    except (URLError, ConnectionError):
        return False


def test_the_demo_is_loaded_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home, "--demo") as (address, printed):
        text = printed.read_text()
        assert f"Tallman is at {address}" in text
        for role in ("Trainee", "Technician", "Certified technician", "Pharmacist", "Pharmacist in charge"):
            assert re.search(rf"^  \w+ +{role} ", text, re.MULTILINE)
        token = (home / "demo-token").read_text().strip()
        assert f"Bearer {token}" in text
        assert (home / "demo-token").stat().st_mode & 0o777 == 0o600
        assert "Synthetic data" in urlopen(f"{address}/login", timeout=10).read().decode()
    with closing(sqlite3.connect(home / "tallman.sqlite3")) as database:
        (events,) = database.execute("SELECT count(*) FROM audit_event").fetchone()
        (people,) = database.execute("SELECT count(*) FROM patients_patient").fetchone()
        assert people > 80, "those of the pharmacy, and those in hospital"
    with serving(home, "--demo") as (_, printed):
        assert f"Bearer {token}" in printed.read_text()
    with closing(sqlite3.connect(home / "tallman.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM audit_event").fetchone() == (events,)
        assert database.execute("SELECT count(*) FROM patients_patient").fetchone() == (people,)


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = subprocess.run(
            [*COMMAND, "--port", port],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Error: Port {port} is in use. Choose another: `make run PORT=")


def test_the_demo_is_not_loaded_over_real_work(tmp_path: Path) -> None:
    code = (
        "from tallman.server.config.start import start; start()\n"
        "from tallman.server.accounts.models import User\n"
        "User.objects.create_user('real', 'x', display_name='R', initials='R', role='pharmacist')\n"
        "from tallman.cli import main; main(['serve', '--demo', '--port', '{}'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code.format(free_port())], env=environment(tmp_path), capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "into an empty one only" in answer.stderr
