"""The MLLP listener: several clients, garbage, messages too long, a database that is away. It never dies."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connections

from tallman.interchange.hl7v2.frame import Deframer, framed
from tallman.interchange.hl7v2.message import LARGEST, parse
from tallman.server.exchange import mllp
from tallman.server.exchange.models import Message
from tallman.server.reconciliation.models import Encounter
from tests.unit.hl7v2.messages import adt

pytestmark = pytest.mark.django_db(transaction=True)
Client = Callable[[], "Wire"]


class Wire:
    """One connection of a hospital."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.deframer = Deframer(LARGEST)
        self.waiting: list[bytes | None] = []

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self) -> tuple[str, str]:
        """MSA-1 and MSA-2 of the next answer."""
        while not self.waiting:
            data = self.socket.recv(65_536)
            assert data, "the listener closed the connection"
            self.waiting += list(self.deframer.feed(data))
        msa = parse(self.waiting.pop(0) or b"").first("MSA")
        return msa.text(1), msa.text(2)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """`client()`: a connection to a listener of its own thread."""

    def answer_to(message: bytes | None, original: Any = mllp.answer_to) -> bytes:
        try:
            return original(message)
        finally:
            connections.close_all()

    monkeypatch.setattr(mllp, "answer_to", answer_to)
    listener, wires = mllp.Listener("127.0.0.1", 0, idle=20), []

    def connect() -> Wire:
        wires.append(Wire(listener.server_address[1]))
        return wires[-1]

    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield connect
    for wire in wires:
        wire.socket.close()
    listener.shutdown()
    listener.server_close()
    thread.join()


def test_messages_are_answered_in_their_order(client: Client) -> None:
    wire = client()
    wire.send(framed(adt(id="1")) + framed(adt("A02", id="2")) + framed(b"hello"))
    assert [wire.answer(), wire.answer(), wire.answer()] == [("AA", "1"), ("AA", "2"), ("AR", "")]
    assert Encounter.objects.get().unit == "4W"
    assert Message.objects.filter(sender="HIS|MERCY").count() == 2


def test_a_message_sent_again_after_a_broken_connection_has_one_effect(client: Client) -> None:
    first = client()
    first.send(framed(adt(id="1")))
    assert first.answer() == ("AA", "1")
    first.socket.close()
    again = client()
    again.send(framed(adt(id="1")))
    assert again.answer() == ("AA", "1")
    assert Message.objects.count() == 1


def test_several_clients_are_served_beside_each_other(client: Client) -> None:
    wires = [client() for _ in range(4)]
    wires[0].send(framed(adt(id="0"))[:40])
    for number, wire in enumerate(wires[1:], 1):
        wire.send(framed(adt(id=str(number), pv1={19: f"V{number}^^^MERCY"})))
        assert wire.answer() == ("AA", str(number))
    wires[0].send(framed(adt(id="0"))[40:])
    assert wires[0].answer() == ("AA", "0")


def test_garbage_and_messages_too_long_are_survived(client: Client) -> None:
    chance, wire = random.Random(7), client()
    for _ in range(30):
        wire.send(chance.randbytes(chance.randrange(400)))
    wire.send(b"\x0b" + b"x" * (LARGEST + 10) + b"\x1c\r")
    client().send(b"\x0bMSH|half a message")
    wire.send(framed(adt(id="ok")))
    said = wire.answer()
    while said != ("AA", "ok"):
        assert said[0] in {"AR", "AE"}
        said = wire.answer()


def test_a_database_that_is_away_is_said_with_the_id(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> Any:
        raise OperationalError

    wire = client()
    with monkeypatch.context() as patch:
        patch.setattr(mllp, "take_in", away)
        wire.send(framed(adt(id="1")))
        assert wire.answer() == ("AE", "1")
    assert not Message.objects.exists()
    wire.send(framed(adt(id="1")))
    assert wire.answer() == ("AA", "1")


def test_a_fault_of_the_program_closes_no_connection(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> Any:
        raise RuntimeError

    wire = client()
    monkeypatch.setattr(mllp, "take_in", broken)
    for id in ("1", "2"):
        wire.send(framed(adt(id=id)))
        assert wire.answer() == ("AE", id)


def test_there_are_only_so_many_connections(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    wires = [client() for _ in range(mllp.MOST_CONNECTIONS)]
    for wire in wires:
        wire.send(framed(b"hello"))
        assert wire.answer()[0] == "AR"
    assert client().socket.recv(1) == b""
    wires[0].socket.close()
    wires[1].send(framed(b"still"))
    assert wires[1].answer()[0] == "AR"
