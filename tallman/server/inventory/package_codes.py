"""The code on a package, as a scanner or the keyboard gives it, read but not yet judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallman.core.codes import CodeError, gtin, ndc
from tallman.core.codes.ndc import NDC
from tallman.interchange.gs1 import read as gs1
from tallman.interchange.gs1.read import PackageCode

__all__ = ["PackageText", "read"]

_SYMBOLOGY = re.compile(r"^\][A-Za-z]\d")


@dataclass(frozen=True, slots=True)
class PackageText:
    """What a code can mean; both are empty when it is none.

    `ndcs` are the NDCs it can hold (the ten digits in a bar code can be divided in several ways); `packages` the
    readings of an element string, the literal one first.
    """

    ndcs: tuple[NDC, ...] = ()
    packages: tuple[PackageCode, ...] = ()

    @property
    def elevens(self) -> tuple[str, ...]:
        """The NDCs as eleven digits each."""
        return tuple(n.eleven for n in self.ndcs)


def read(text: str) -> PackageText:
    """Read an NDC bar code (UPC-A, EAN-13, GTIN-14), a GS1 element string, or a typed NDC.

    >>> read("305910933012").elevens[0], read("NDC 0591-0933-01").elevens, read("hydralazine").elevens
    ('00591093301', ('00591093301',), ())
    """
    text = text.strip(" \t\r\n")
    try:
        if gs1.looks_like(text):
            packages = gs1.read(text)
            return PackageText(_inside(packages[0].gtin), packages)
        return PackageText(tuple(dict.fromkeys(_ndcs(_SYMBOLOGY.sub("", text)))))
    except CodeError:
        return PackageText()


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
