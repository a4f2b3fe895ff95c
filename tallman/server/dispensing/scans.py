"""What a scanner, or a person typing for it, gave while filling: a package or one of our own labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallman.core.codes.ndc import NDC
from tallman.interchange.gs1.read import PackageCode
from tallman.server.inventory import package_codes

__all__ = ["Presented", "bin_of", "read", "rx_number_of"]

_LABEL = re.compile(r"^(?:RX[ :#]?(\d{4,10})|(\d{7}))(?:-\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Presented:
    """A code as read.

    `ndcs` are the NDCs it can mean (the ten digits in a bar code can be divided in several ways);
    `packages` the readings of an element string, the literal one first; `rx_number` is set when it is one of our own
    labels. All are empty when nothing can be made of it.
    """

    text: str
    ndcs: tuple[NDC, ...] = ()
    packages: tuple[PackageCode, ...] = ()
    rx_number: str = ""

    @property
    def elevens(self) -> tuple[str, ...]:
        """The NDCs as eleven digits each."""
        return tuple(n.eleven for n in self.ndcs)


def read(text: str) -> Presented:
    """Read the code of a package, or our own label.

    >>> read("305910933012").elevens[0], read("0591-0933-01").elevens, read("RX1000017-1").rx_number
    ('00591093301', ('00591093301',), '1000017')
    """
    text = text.strip(" \t\r\n")
    if number := rx_number_of(text):
        return Presented(text, rx_number=number)
    said = package_codes.read(text)
    return Presented(text, said.ndcs, said.packages)


def rx_number_of(text: str) -> str:
    """The Rx number on one of our labels, empty when the text is not such a bar code."""
    match = _LABEL.match(text.strip())
    return (match[1] or match[2]) if match else ""


def bin_of(text: str) -> str:
    """A bin's name from its bar code or from the keyboard."""
    return re.sub(r"^BIN[ :#-]*", "", " ".join(text.upper().split()))
