"""`tallman token`: leave for a machine to call."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.group()
def command() -> None:
    """Make, list and end the bearer tokens of machine clients."""
    from tallman.server.config.start import start

    start()


@command.command()
@click.argument("name")
def create(name: str) -> None:
    """Make a token and print it. It is shown this once; only its hash is kept."""
    from tallman.server.accounts.actions import create_token
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.config.start import refusals

    with refusals():
        click.echo(create_token(name=name, by=SYSTEM)[1])


@command.command()
@click.argument("name")
def revoke(name: str) -> None:
    """End a token. Calls that bear it get 401 from now on."""
    from tallman.server.accounts.actions import revoke_token
    from tallman.server.audit.actions import SYSTEM
    from tallman.server.config.start import refusals

    with refusals():
        revoke_token(name=name, by=SYSTEM)
        click.echo(f"{name} is revoked.")


@command.command(name="list")
def list_tokens() -> None:
    """Name the tokens there are: made, last used, revoked."""
    from tallman.server.accounts.models import ApiToken

    for token in ApiToken.objects.all():
        used = f"last used {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
        ended = f", revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else ""
        click.echo(f"{token.name}: made {token.created_at:%Y-%m-%d}, {used}{ended}")
