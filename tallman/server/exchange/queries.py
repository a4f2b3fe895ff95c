"""Finding messages, and prescriptions by the message they came in."""

from __future__ import annotations

from django.db.models import QuerySet

from tallman.server.exchange.models import Message, Movement
from tallman.server.prescriptions.models import Prescription

__all__ = ["message_of", "movements_of", "parked", "prescriptions_of", "set_aside", "twin_of", "whole"]

_BYTES = ("content", "answer", "first_answer")


def parked() -> QuerySet[Message]:
    """The messages that wait as exceptions, oldest first, without their bytes."""
    return Message.objects.filter(status=Message.PARKED).select_related("token").defer(*_BYTES)


def set_aside() -> QuerySet[Message]:
    """The messages that people have dealt with otherwise, newest first, without their bytes."""
    found = Message.objects.filter(status=Message.SET_ASIDE).select_related("settled_by").defer(*_BYTES)
    return found.order_by("-settled_at", "-pk")


def twin_of(message: Message) -> Message | None:
    """The row that stands in a message's place already: under its id, or with its content beside the same first one."""
    if message.conflicts_with is not None:
        return Message.objects.filter(conflicts_with=message.conflicts_with, sha256=message.sha256).first()
    return Message.objects.filter(
        format=message.format, sender=message.sender, message_id=message.message_id, conflicts_with=None
    ).first()


def prescriptions_of(message: Message) -> QuerySet[Prescription]:
    """The prescriptions made of a message, in its order."""
    return Prescription.objects.filter(source=message.source).order_by("pk")


def movements_of(message: Message) -> QuerySet[Movement]:
    """What a message told of stays, with the stays and their patients."""
    return message.movements.select_related("encounter__patient")


def message_of(prescription: Prescription) -> Message | None:
    """The message a prescription came in; None for one on paper, by telephone or made here."""
    kind, _, number = prescription.source.partition(":")
    return whole().filter(pk=number).first() if kind == "message" and number.isdecimal() else None


def whole() -> QuerySet[Message]:
    """Messages with their bytes and everybody they name."""
    return Message.objects.select_related("token", "conflicts_with", "settled_by")
