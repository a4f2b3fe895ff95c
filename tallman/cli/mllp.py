"""`tallman mllp`: the listener for hospitals that send HL7 v2 over MLLP."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=2575, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Take in ADT messages of HL7 v2 over MLLP and answer each with an ACK, until stopped.

    MLLP knows no passwords and hides nothing: listen at this machine alone and let a tunnel or an interface engine
    with TLS in front of it talk to the outside.
    """
    from tallman.server.config.start import start

    start()
    from tallman.server import knowledge_in_use
    from tallman.server.exchange.mllp import Listener

    knowledge_in_use.watch()
    knowledge_in_use.prepare()
    try:
        listener = Listener(host, port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen at {host} port {port}: {error.strerror}.") from error
    with listener:
        click.echo(f"Listening for HL7 v2 at {host} port {listener.server_address[1]}. Stop with Ctrl-C.")
        try:
            listener.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
