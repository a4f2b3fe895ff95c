"""MLLP over TLS: the listener shows its certificate, and lets in only clients that show theirs where it asks."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections

from tallman.cli.mllp import command
from tallman.interchange.hl7v2.frame import framed
from tallman.server.exchange import mllp
from tallman.server.exchange.models import Message
from tallman.server.exchange.tls import UnusableCertificate, context_of
from tests.integration.exchange.certificates import Authority
from tests.unit.hl7v2.messages import adt

pytestmark = pytest.mark.django_db(transaction=True)
Serve = Callable[[ssl.SSLContext], int]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """`serve(context)`: the port of a listener that speaks TLS so."""

    def answer_to(message: bytes | None, original: Any = mllp.answer_to) -> bytes:
        try:
            return original(message)
        finally:
            connections.close_all()

    monkeypatch.setattr(mllp, "answer_to", answer_to)
    running: list[tuple[mllp.Listener, Thread]] = []

    def start(tls: ssl.SSLContext) -> int:
        listener = mllp.Listener("127.0.0.1", 0, idle=20, tls=tls)
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
        running.append((listener, thread))
        thread.start()
        return int(listener.server_address[1])

    yield start
    for listener, thread in running:
        listener.shutdown()
        listener.server_close()
        thread.join()


def connect(port: int, trusted: Path, own: Path | None = None) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=trusted)
    if own:
        context.load_cert_chain(own)
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=20), server_hostname="127.0.0.1")


def is_answered(wire: ssl.SSLSocket) -> bool:
    """Whether a message that is sent is answered; False where the listener closed the connection instead."""
    try:
        wire.sendall(framed(adt(id="1")))
        return b"MSA|AA|1" in wire.recv(65_536)
    except (ssl.SSLError, ConnectionError):
        return False


def test_a_message_is_taken_in_over_tls(serve: Serve, authority: Authority) -> None:
    port = serve(context_of(authority.certify("pharmacy"), None, None))
    with connect(port, authority.file) as wire:
        assert wire.version() in ("TLSv1.2", "TLSv1.3")
        assert is_answered(wire)
    assert Message.objects.count() == 1


def test_who_speaks_no_tls_is_let_go_and_the_others_go_on(serve: Serve, authority: Authority) -> None:
    port = serve(context_of(authority.certify("pharmacy"), None, None))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        plain.sendall(framed(adt(id="1")))
        with suppress(ConnectionResetError):
            assert b"MSA" not in plain.recv(65_536)
    assert not Message.objects.exists()
    silent = socket.create_connection(("127.0.0.1", port), timeout=20)
    with silent, connect(port, authority.file) as wire:
        assert is_answered(wire)


def test_only_clients_of_the_named_authority_are_let_in(serve: Serve, authority: Authority, tmp_path: Path) -> None:
    port = serve(context_of(authority.certify("pharmacy"), None, authority.file))
    stranger = Authority(tmp_path, "elsewhere").certify("stranger")
    for own, is_let_in in ((authority.certify("hospital"), True), (stranger, False), (None, False)):
        try:
            with connect(port, authority.file, own) as wire:
                assert is_answered(wire) is is_let_in
        except ssl.SSLError:
            assert not is_let_in
    assert Message.objects.count() == 1


def test_old_versions_are_refused(serve: Serve, authority: Authority) -> None:
    assert context_of(authority.certify("pharmacy"), None, None).minimum_version is ssl.TLSVersion.TLSv1_2


def test_files_that_cannot_be_used_are_named(authority: Authority, tmp_path: Path) -> None:
    good, locked = authority.certify("pharmacy"), authority.certify("locked", password=b"secret")
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    other = authority.certify("other")
    for certificate, key, authorities, named in (
        (empty, None, None, "empty.pem"),
        (authority.file, None, None, "authority.pem, without a key"),
        (locked, None, None, "locked.pem"),
        (good, other, None, "other.pem"),
        (good, None, empty, "empty.pem"),
    ):
        with pytest.raises(UnusableCertificate, match=named):
            context_of(certificate, key, authorities)


@pytest.mark.parametrize("asked", [["--key"], ["--client-ca"]])
def test_without_a_certificate_there_is_no_tls(authority: Authority, asked: list[str]) -> None:
    done = CliRunner().invoke(command, [*asked, str(authority.file)])
    assert (done.exit_code, "no TLS without --certificate" in done.output) == (2, True)


def test_a_certificate_without_its_key_is_said_in_a_sentence(authority: Authority) -> None:
    done = CliRunner().invoke(command, ["--certificate", str(authority.file)])
    assert (done.exit_code, "cannot be used" in done.output, "Traceback" in done.output) == (1, True, False)
