"""Tests talk to this machine only."""

from __future__ import annotations

import socket

import pytest


def test_no_test_reaches_out() -> None:
    with socket.socket() as outward, pytest.raises(RuntimeError, match="this machine only"):
        outward.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.getaddrinfo("example.invalid", 80)


def test_this_machine_is_reached() -> None:
    with socket.socket() as door, socket.socket() as inward:
        door.bind(("127.0.0.1", 0))
        door.listen()
        inward.connect(door.getsockname())
