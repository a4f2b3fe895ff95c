"""A PostgreSQL for the tests: the one that is named, or one of our own on loopback, in a temporary folder."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["VARIABLE", "Server", "Unreachable", "postgresql"]

VARIABLE = "TALLMAN_TEST_DATABASE_URL"
# Speed over safety: the cluster is thrown away.
SWITCHES = "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Server:
    url: str
    how: str
    """Where it was found, for the person who reads the test output."""


class Unreachable(Exception):
    """No PostgreSQL can be had; the text says what to do."""


@contextmanager
def postgresql() -> Iterator[Server]:
    """The server of `TALLMAN_TEST_DATABASE_URL`, or a new cluster that ends with the block.

    Raises Unreachable when neither is to be had.
    """
    if url := os.environ.get(VARIABLE):
        yield Server(url, f"named by {VARIABLE}")
        return
    folder = programs()
    owner = _owner()
    with tempfile.TemporaryDirectory(prefix="tallman-postgresql-") as name:
        place = Path(name)
        if owner:
            shutil.chown(place, owner)
        yield from _cluster(folder, place, owner)


def programs() -> Path:
    """The folder of the newest `initdb` and `pg_ctl` on this machine."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(debian, key=lambda p: float(p.parent.name), reverse=True)
    on_path = [Path(found).parent for found in [shutil.which("pg_ctl")] if found]
    for folder in [*newest, *on_path]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Unreachable(
        f"PostgreSQL is not installed. Install it (Debian: apt-get install postgresql), or name one: "
        f"{VARIABLE}=postgresql://user:password@127.0.0.1:5432/name, whose user may create databases."
    )


def _owner() -> str | None:
    """The user the server runs as: ourselves (None), or `postgres` for root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise Unreachable(
            "PostgreSQL does not run as root and there is no user `postgres` to run it as. "
            "Run the tests as another user, or apt-get install postgresql."
        ) from error
    return "postgres"


def _cluster(folder: Path, place: Path, owner: str | None) -> Iterator[Server]:
    password, port, data = secrets.token_urlsafe(24), _free_port(), place / "data"
    secret = place / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if owner:
        shutil.chown(secret, owner)
    _run(
        owner, place, folder / "initdb", "-D", data, "-U", "tallman", "-A", "scram-sha-256", "--pwfile",
        secret, "-E", "UTF8", "--locale=C", "--no-sync",
    )  # fmt: skip
    _run(
        owner, place, folder / "pg_ctl", "-D", data, "-l", place / "log", "-w", "-t", "60",
        "-o", f"-p {port} -k {place} {SWITCHES}", "start",
    )  # fmt: skip
    try:
        yield Server(
            f"postgresql://tallman:{password}@127.0.0.1:{port}/tallman",
            f"started from {folder} on 127.0.0.1:{port}" + (f" as {owner}" if owner else ""),
        )
    finally:
        _run(owner, place, folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(owner: str | None, place: Path, *command: object) -> None:
    """One program to its end; it prints to a file, since a server that it starts would hold a pipe open."""
    said = place / "said"
    with said.open("w") as out:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=place, user=owner, group=owner, extra_groups=[] if owner else None,
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode:
        raise Unreachable(f"{command[0]} failed:\n{said.read_text().strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
