"""`python -m tests.run`: the whole suite on SQLite, then every test that touches the database on PostgreSQL.

Arguments go to pytest. `TALLMAN_REQUIRE=postgresql,chromium` makes the lack of either a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tests.postgresql import Unreachable, postgresql
from tests.requirement import chromium, required

__all__ = ["main"]

UNSET = ("PORT", "TALLMAN_TODAY", "TALLMAN_HTTPS", "TALLMAN_HOSTS", "TALLMAN_TIME_ZONE", "TALLMAN_PUBLIC_URL")
"""Settings of whoever runs the tests that these must not see."""


def main(arguments: Sequence[str]) -> int:
    """Run both passes and return the exit status: 0 only when every pass that could run was green."""
    browser = chromium()
    _say(f"Chromium: {browser}" if browser else "Chromium: not installed, so the browser tests are skipped.")
    _say("SQLite: the whole suite.")
    failures = [_pytest("", *arguments)]
    try:
        with postgresql() as server:
            _say(f"PostgreSQL: {server.how}. The tests that touch the database, again.")
            failures.append(_pytest(server.url, "-m", "database and not browser", *arguments))
    except Unreachable as error:
        _say(f"PostgreSQL: skipped. {error}")
        failures.append("postgresql" in required())
    return int(any(failures))


def _pytest(url: str, *arguments: str) -> int:
    """Pytest's exit status, with a home folder of its own so that nobody's work is touched."""
    with tempfile.TemporaryDirectory(prefix="tallman-home-") as home:
        environment = os.environ | {"DATABASE_URL": url, "TALLMAN_HOME": home}
        for name in UNSET:
            environment.pop(name, None)
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


def _say(text: str) -> None:
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
