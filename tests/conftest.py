"""For every test: no way out of this machine, repeatable chance, and the folders and browser it may use."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.requirement import chromium as find_chromium
from tests.requirement import required

ROOT = Path(__file__).resolve().parent.parent
NETWORK = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}
"""Python's audit events for leaving the machine, and where each keeps the address."""

settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    place = NETWORK.get(event)
    if place is None:
        return
    address = arguments[place]
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(address, str) and event != "socket.getaddrinfo":
        return  # a Unix socket's file
    if not _is_this_machine(host):
        raise RuntimeError(f"A test reached for {host!r}: tests talk to this machine only.")


def _is_this_machine(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(os.fsdecode(host) if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


sys.addaudithook(_only_loopback)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever touches the database runs again on PostgreSQL, without having to say so."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A browser test skipped where Chromium is required is a failure."""
    report = yield
    if report.skipped and item.get_closest_marker("browser") and "chromium" in required():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but TALLMAN_REQUIRE names chromium: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; a test that asks for it is skipped without one."""
    return find_chromium() or pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real prescriptions and messages beside the checkout; it is read, never copied."""
    folder = Path(os.environ.get("TALLMAN_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no folder of real data at {folder}; name one in TALLMAN_SHARED_DATA")
    return folder
