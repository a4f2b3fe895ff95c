"""`tallman mllp`: the listener for hospitals that send HL7 v2 over MLLP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import ssl

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=2575, show_default=True, type=click.IntRange(1, 65535))
@click.option("--certificate", metavar="FILE", type=_FILE, help="Speak TLS with this certificate and its chain (PEM).")
@click.option("--key", metavar="FILE", type=_FILE, help="The key of the certificate, where it is not in the same file.")
@click.option(
    "--client-ca", metavar="FILE", type=_FILE, help="Let in only clients with a certificate of this authority."
)
def command(host: str, port: int, certificate: Path | None, key: Path | None, client_ca: Path | None) -> None:
    """Take in ADT messages of HL7 v2 over MLLP and answer each with an ACK, until stopped.

    MLLP knows no passwords and hides nothing. Without a certificate listen at this machine alone; to the outside speak
    TLS, and ask clients for a certificate of their own.
    """
    from tallman.server.config.start import start

    tls = _tls(certificate, key, client_ca)
    start()
    from tallman.server import knowledge_in_use
    from tallman.server.exchange.mllp import Listener

    knowledge_in_use.watch()
    knowledge_in_use.prepare()
    try:
        listener = Listener(host, port, tls=tls)
    except OSError as error:
        raise click.ClickException(f"Cannot listen at {host} port {port}: {error.strerror}.") from error
    with listener:
        how = f" over TLS{' with certificates of clients' if client_ca else ''}" if tls else ""
        click.echo(f"Listening for HL7 v2{how} at {host} port {listener.server_address[1]}. Stop with Ctrl-C.")
        try:
            listener.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")


def _tls(certificate: Path | None, key: Path | None, client_ca: Path | None) -> ssl.SSLContext | None:
    from tallman.server.exchange.tls import UnusableCertificate, context_of

    if certificate is None:
        if key or client_ca:
            raise click.UsageError("There is no TLS without --certificate.")
        return None
    try:
        return context_of(certificate, key, client_ca)
    except UnusableCertificate as error:
        raise click.ClickException(str(error)) from error
