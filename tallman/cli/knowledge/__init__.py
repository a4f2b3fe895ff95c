"""`tallman knowledge`: what is known about medicines, whether it can be trusted, and what a newer version changes."""

from __future__ import annotations

import click

from tallman.cli import CommandFolder

__all__ = ["command"]


@click.command(cls=CommandFolder, package=__name__)
def command() -> None:
    """Check, count, show, compare and import what is known about medicines."""
