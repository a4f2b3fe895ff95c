"""`tallman audit`: whether the record is whole."""

from __future__ import annotations

import sys

import click

__all__ = ["command"]


@click.group()
def command() -> None:
    """Look after the audit log."""
    from tallman.server.config.start import start

    start()


@command.command()
@click.option("--anchor", "anchors", multiple=True, metavar="SEQUENCE:HASH", help="A head you noted elsewhere.")
@click.option("--note/--no-note", default=True, help="Note the head in TALLMAN_HOME when the log is sound.")
def verify(anchors: tuple[str, ...], note: bool) -> None:
    """Recompute every link of the chain. Exit status 1 when an event was edited, dropped, moved or cut off.

    Prints the head. Somebody who can rewrite both the database and TALLMAN_HOME can forge both: keep the
    printed head where they cannot write, and hand it to a later run with --anchor.
    """
    from tallman.server.audit.anchors import note as note_head
    from tallman.server.audit.anchors import noted
    from tallman.server.audit.verify import verify as verify_chain

    try:
        result = verify_chain([*noted(), *map(_anchor, anchors)])
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    for fault in result.faults:
        click.echo(f"Event {fault.sequence} {fault.text}.")
    if result.faults:
        click.echo(f"The audit log does not hold: {len(result.faults)} fault(s).")
        sys.exit(1)
    click.echo(f"The audit log holds: {result.head.sequence} events. Head {result.head.sequence}:{result.head.hash}")
    if note:
        note_head(result.head)


def _anchor(text: str) -> object:
    from tallman.server.audit.verify import Anchor

    sequence, _, digest = text.partition(":")
    if not sequence.isdecimal() or len(digest) != 64:
        raise click.BadParameter("write it as verify printed it, SEQUENCE:HASH", param_hint="--anchor")
    return Anchor(int(sequence), digest.lower())
