"""What a scanner, or a person typing for it, gave: read, not yet judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallman.core.codes import CodeError, gtin, ndc
from tallman.core.codes.ndc import NDC
from tallman.interchange.gs1 import read as gs1
from tallman.interchange.gs1.read import PackageCode

__all__ = ["Presented", "bin_of", "read", "rx_number_of"]

_LABEL = re.compile(r"^(?:RX[ :#]?(\d{4,10})|(\d{7}))(?:-\d+)?$", re.IGNORECASE)
_SYMBOLOGY = re.compile(r"^\][A-Za-z]\d")


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
    """Read a code: NDC bar code (UPC-A, EAN-13, GTIN-14), GS1 element string, typed NDC, or our own label.

    >>> read("305910933012").elevens[0], read("0591-0933-01").elevens, read("RX1000017-1").rx_number
    ('00591093301', ('00591093301',), '1000017')
    """
    text = text.strip(" \t\r\n")
    if number := rx_number_of(text):
        return Presented(text, rx_number=number)
    try:
        if gs1.looks_like(text):
            packages = gs1.read(text)
            return Presented(text, _inside(packages[0].gtin), packages)
        return Presented(text, tuple(dict.fromkeys(_ndcs(_SYMBOLOGY.sub("", text)))))
    except CodeError:
        return Presented(text)


def rx_number_of(text: str) -> str:
    """The Rx number on one of our labels, empty when the text is not such a bar code."""
    match = _LABEL.match(text.strip())
    return (match[1] or match[2]) if match else ""


def bin_of(text: str) -> str:
    """A bin's name from its bar code or from the keyboard."""
    return re.sub(r"^BIN[ :#-]*", "", " ".join(text.upper().split()))


def _ndcs(text: str) -> tuple[NDC, ...]:
    text = re.sub(r"^NDC[ :#]*", "", text, flags=re.IGNORECASE)
    if len(text) == 10 and text.isascii() and text.isdigit():
        return ndc.readings(text)
    typed = ndc.parse_ndc(text)
    return (*_traded(text), typed) if typed else _traded(text)


def _traded(text: str) -> tuple[NDC, ...]:
    try:
        return _inside(gtin.parse(text))
    except CodeError:
        return ()


def _inside(number: gtin.GTIN) -> tuple[NDC, ...]:
    """The NDCs that a trade item number can hold."""
    return ndc.readings(number.ndc_digits) if number.ndc_digits else ()
