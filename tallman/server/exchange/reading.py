"""What a message of any format comes to, before anything is written: who sent it, and what it brings or why nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tallman.core.received import ReceivedPrescription
from tallman.core.reconciliation.encounter import EncounterEvent
from tallman.server.exchange.outline import Line

__all__ = ["Answer", "Format", "Reading"]


@dataclass(frozen=True)
class Reading:
    """`sender` and `message_id` are empty where the message says none; `reason` is empty when it could be read.

    It brings `prescriptions`, or the `event` of a stay; neither where nothing is to be done about it.
    `envelope` is what the format's answers need to know of the message.
    """

    sender: str = ""
    message_id: str = ""
    prescriptions: tuple[ReceivedPrescription, ...] = ()
    event: EncounterEvent | None = None
    reason: str = ""
    place: str = ""
    envelope: Any = None


@dataclass(frozen=True)
class Answer:
    """An answer's bytes and its HTTP status."""

    content: bytes
    status: int


@dataclass(frozen=True)
class Format:
    """One wire format. `largest` is in bytes; `accept` takes the Rx numbers given.

    For people: `pretty` lays the bytes out in lines, `outline` says them in words (neither when they are no sound
    message), `gist` is what an answer says.
    """

    name: str
    content_type: str
    suffix: str
    largest: int
    read: Callable[[bytes], Reading]
    accept: Callable[[Reading, list[str]], Answer]
    reject: Callable[[Reading, str, str], Answer]
    pretty: Callable[[bytes], str | None]
    outline: Callable[[bytes], list[Line]]
    gist: Callable[[bytes], str]
