"""`tallman serve`: the pharmacy in a browser."""

from __future__ import annotations

import errno
import socket
from typing import Any

import click

__all__ = ["command"]

ADDRESS = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--demo", is_flag=True, help="Load the synthetic demo pharmacy when the database is empty.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at the same time.")
def command(port: int, demo: bool, threads: int) -> None:
    """Bring the tables up to date and serve on this machine, at 127.0.0.1."""
    _refuse_taken(port)
    from tallman.server.config.start import start

    start()
    if demo:
        _load_demo()
    _server(port, threads).serve()


def _refuse_taken(port: int) -> None:
    """Fail before anything is loaded when the port is not to be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be opened ({error.strerror})"
            raise click.ClickException(
                f"Port {port} {reason}. Choose another: `make run PORT=8001` or `tallman serve --port 8001`."
            ) from error


def _load_demo() -> None:
    from tallman.server.config.demo import load

    load()


def _server(port: int, threads: int) -> Any:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "tallman.server.config.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
    )
    server.on_startup(lambda: _greet(port))
    return server


def _greet(port: int) -> None:
    from django.conf import settings

    from tallman.server.config.demo import is_loaded

    click.echo(f"Tallman is at http://{ADDRESS}:{port}  (its files: {settings.TALLMAN_HOME})")
    if is_loaded():
        _greet_demo()
    click.echo("Stop it with Ctrl-C.")


def _greet_demo() -> None:
    from tallman.server.accounts.demo import PASSWORD, PEOPLE, token_file
    from tallman.server.accounts.roles import ROLES

    click.echo(f"The demo pharmacy: synthetic data only. Every login has the password {PASSWORD}")
    for username, display_name, initials, role, _ in PEOPLE:
        click.echo(f"  {username:<8} {ROLES[role].title:<22} {display_name} ({initials})")
    if token_file().exists():
        click.echo(f"  machine  Authorization: Bearer {token_file().read_text().strip()}")
