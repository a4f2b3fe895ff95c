"""HL7 v2 over MLLP: a listener that hands each message to `take_in` and answers it before it reads the next.

A connection is a thread. Whatever comes over it, the listener goes on: what is outside of frames is let pass, what is
too long is answered and skipped, and a connection that says nothing for long is closed.
"""

from __future__ import annotations

import logging
import socket
import socketserver
import ssl
from collections.abc import Iterator
from threading import BoundedSemaphore

from django.db import Error as DatabaseError
from django.db import close_old_connections

from tallman.interchange.hl7v2.frame import Deframer, framed
from tallman.server.audit.actions import SYSTEM
from tallman.server.exchange.actions import take_in
from tallman.server.exchange.formats import FORMATS, read
from tallman.server.exchange.reading import Reading
from tallman.server.knowledge_in_use import one_version

__all__ = ["MOST_CONNECTIONS", "SENDER", "Listener"]

SENDER = "mllp"
"""How messages count that name no sender."""
MOST_CONNECTIONS = 32
_IDLE = 3600.0
"""Seconds. Hospitals keep one connection open for days; one that has broken off unnoticed must end."""
_HANDSHAKE = 10.0
"""Seconds in which a client must have agreed on TLS."""
_log = logging.getLogger("tallman.exchange")
_FORMAT = "hl7v2"


class Listener(socketserver.ThreadingTCPServer):
    """Listens at an address and port: `serve_forever` until `shutdown`. Connections over the limit are closed, and with
    `tls` those that do not speak it as it asks."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: str, port: int, idle: float = _IDLE, tls: ssl.SSLContext | None = None) -> None:
        self.idle, self.tls = idle, tls
        self._places = BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((address, port), _Connection)

    def verify_request(self, request: socket.socket, client_address: object) -> bool:  # type: ignore[override]
        """Whether there is a place left. It is given back when the connection ends."""
        if self._places.acquire(blocking=False):
            return True
        _log.warning("An MLLP connection was closed: there are %d already.", MOST_CONNECTIONS)
        return False

    def process_request_thread(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Serve one connection, and give its place back however it ends."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection failed in a way nobody thought of: it is logged, and the others go on."""
        _log.exception("An MLLP connection failed.")


class _Connection(socketserver.BaseRequestHandler):
    server: Listener
    request: socket.socket

    def handle(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if self.server.tls is None:
            self._serve()
            return
        self.request.settimeout(_HANDSHAKE)
        try:
            # Here and not where connections are taken on: somebody who is slow holds up nobody else.
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        except OSError as error:
            _log.warning("An MLLP connection was closed: no TLS (%s).", getattr(error, "reason", None) or "broken off")
            return
        with self.request:
            self._serve()

    def _serve(self) -> None:
        self.request.settimeout(self.server.idle)
        deframer = Deframer(FORMATS[_FORMAT].largest)
        try:
            for data in self._received():
                for message in deframer.feed(data):
                    self.request.sendall(framed(answer_to(message)))
        except (OSError, TimeoutError):
            return  # the other side has gone, or has been silent for long

    def _received(self) -> Iterator[bytes]:
        while data := self.request.recv(65_536):
            yield data


def answer_to(message: bytes | None) -> bytes:
    """Take one message in and return its ACK; None stands for one that was too long. Never raises."""
    format = FORMATS[_FORMAT]
    if message is None:
        _log.warning("A message of more than %d bytes was not kept.", format.largest)
        return format.reject(Reading(), "too-large", "").content
    close_old_connections()
    try:
        with one_version():
            row = take_in(format=_FORMAT, content=message, sender=SENDER, by=SYSTEM).message
    except DatabaseError:
        _log.exception("An MLLP message could not be kept now.")
        return format.reject(read(_FORMAT, message), "busy", "").content
    except Exception:
        _log.exception("An MLLP message could not be kept.")
        return format.reject(read(_FORMAT, message), "reader-failed", "").content
    finally:
        close_old_connections()
    if row.reason:
        _log.warning("Message %d waits as an exception: %s.", row.pk, row.reason)
    return bytes(row.answer)
