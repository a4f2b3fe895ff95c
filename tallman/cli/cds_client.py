"""`tallman cds-client`: the systems that may ask over CDS Hooks and sign their calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from tallman.interchange.cds_hooks.keys import PublicKey
    from tallman.server.cds_clients.models import CdsClient

__all__ = ["command"]


@click.group()
def command() -> None:
    """Register, list and switch off systems that sign their calls, and roll their keys."""
    from tallman.server.config.start import start

    start()


@command.command()
@click.argument("name")
@click.argument("issuer")
@click.argument("keys", type=click.File())
@click.option("--tenant", default="", help="The organization its tokens must name.")
@click.option("--jku", default="", help="The one address of keys its tokens may name. Nothing is fetched from it.")
def register(name: str, issuer: str, keys: TextIO, tenant: str, jku: str) -> None:
    """Let the system NAME call. ISSUER is what its tokens have as `iss`; KEYS a file with its public JWK set."""
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.cds_clients import actions
    from tallman.server.config.start import refusals

    with refusals():
        held = _read(keys)
        actions.register(name=name, issuer=issuer, keys=held, tenant=tenant, key_address=jku, by=SYSTEM)
        click.echo(f"{name} may call now.")


@command.command()
@click.argument("name")
@click.argument("keys", type=click.File())
def keys(name: str, keys: TextIO) -> None:
    """Roll the keys of NAME: those in the file KEYS take the place of the ones in use."""
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.cds_clients import actions
    from tallman.server.config.start import refusals

    with refusals():
        actions.replace_keys(client=_named(name), keys=_read(keys), by=SYSTEM)
        click.echo(f"{name} signs with these keys from now on.")


@command.command()
@click.argument("name")
def switch_off(name: str) -> None:
    """Refuse the calls of NAME from now on."""
    _switch(name, on=False)


@command.command()
@click.argument("name")
def switch_on(name: str) -> None:
    """Let NAME call again."""
    _switch(name, on=True)


@command.command(name="list")
def list_clients() -> None:
    """Name the systems there are: issuer, keys in use, last call."""
    from tallman.server.cds_clients.queries import clients

    for client in clients():
        kids = ", ".join(key.kid for key in client.keys.all() if key.retired_at is None) or "none"
        used = f"last call {client.last_used_at:%Y-%m-%d %H:%M}" if client.last_used_at else "never called"
        ended = f", switched off {client.ended_at:%Y-%m-%d}" if client.ended_at else ""
        click.echo(f"{client.name}: {client.issuer}, keys {kids}, {used}{ended}")


def _switch(name: str, *, on: bool) -> None:
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.cds_clients import actions
    from tallman.server.config.start import refusals

    with refusals():
        actions.switch(client=_named(name), on=on, by=SYSTEM)
        click.echo(f"{name} is switched {'on' if on else 'off'}.")


def _named(name: str) -> CdsClient:
    from tallman.server.cds_clients.models import CdsClient

    found = CdsClient.objects.filter(name=name).first()
    if found is None:
        raise click.ClickException(f"No system is registered as {name}.")
    return found


def _read(keys: TextIO) -> tuple[PublicKey, ...]:
    from tallman.interchange.cds_hooks.keys import UnusableKeys, read_keys

    try:
        return read_keys(keys.read())
    except UnusableKeys as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError:
        raise click.ClickException("This file is no text.") from None
