"""TLS of the listener: its own certificate, and where it is wished only clients with one that an authority signed."""

from __future__ import annotations

import ssl
from pathlib import Path

__all__ = ["UnusableCertificate", "context_of"]


class UnusableCertificate(Exception):
    """A certificate or key cannot be used; the message says which file, and what to do."""


def context_of(certificate: Path, key: Path | None, client_ca: Path | None) -> ssl.SSLContext:
    """What connections are wrapped in: TLS 1.2 or newer. `certificate` holds the chain, own certificate first, and the
    key too where `key` is None. With `client_ca` a client must show a certificate that these authorities signed.

    Raises UnusableCertificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # The empty password keeps OpenSSL from asking for one at a terminal that nobody sits at.
        context.load_cert_chain(certificate, key, password="")
    except OSError as error:
        files = f"{certificate} and {key}" if key else f"{certificate}, without a key of its own,"
        raise UnusableCertificate(
            f"{files} cannot be used ({_why(error)}): PEM files are needed, the key without a password."
        ) from error
    if client_ca:
        try:
            context.load_verify_locations(client_ca)
        except OSError as error:
            raise UnusableCertificate(
                f"{client_ca} cannot be used ({_why(error)}): a PEM file with the authorities is needed."
            ) from error
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _why(error: OSError) -> str:
    reason = getattr(error, "reason", None) or error.strerror or "not readable"
    return str(reason).lower().replace("_", " ")
