"""MLLP: each message between 0x0B and 0x1C 0x0D. Source: HL7 Minimal Lower Layer Protocol, release 1."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["END", "START", "Deframer", "framed"]

START, END = b"\x0b", b"\x1c\r"


def framed(message: bytes) -> bytes:
    """A message in its frame."""
    return START + message + END


class Deframer:
    """Takes bytes as they come over a connection and gives the messages that are whole.

    What stands outside of frames is let pass. A second start inside a message begins it anew: the first one broke off.
    `largest` is in bytes; a longer message is given as None, once, and skipped.
    """

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self._held = bytearray()
        self._inside = False
        self._too_long = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """The messages that these bytes complete, None for each that was too long."""
        for piece in _pieces(data):
            if piece == START:
                self._held.clear()
                self._inside, self._too_long = True, False
            elif piece != END[:1]:
                self._keep(piece)
            elif self._inside:
                self._inside = False
                yield None if self._too_long else bytes(self._held)
                self._held.clear()

    def _keep(self, piece: bytes) -> None:
        if not self._inside or self._too_long:
            return
        self._held += piece
        if len(self._held) > self.largest:
            self._too_long = True
            self._held.clear()


def _pieces(data: bytes) -> Iterator[bytes]:
    """The bytes, start and end signs apart. The return after an end sign stands outside of frames and is let pass."""
    at = 0
    for index, byte in enumerate(data):
        if byte in (START[0], END[0]):
            if index > at:
                yield data[at:index]
            yield data[index : index + 1]
            at = index + 1
    if at < len(data):
        yield data[at:]
