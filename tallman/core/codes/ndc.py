"""National Drug Code: labeler, product and package segments.

Ten digits are written 4-4-2, 5-3-2 or 5-4-1; billing uses eleven (5-4-2); from 7 March 2033 the code has
twelve digits (6-4-2; 91 FR 10749). The segments are kept; a bare ten-digit string does not say where they
end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tallman.core.codes import CodeError

__all__ = ["NDC", "divisions", "format", "parse", "parse_ndc", "product_of", "readings"]

_SEGMENTS = re.compile(r"^(\d{4,6})-(\d{3,4})-(\d{1,2})$")
_PRODUCT = re.compile(r"^(\d{1,6})-(\d{3,4})$")
_TEN = frozenset({(4, 4, 2), (5, 3, 2), (5, 4, 1)})


@dataclass(frozen=True, slots=True)
class NDC:
    """A National Drug Code, its segments padded to 5-4-2 (or 6-4-2 for a code of the 2033 form)."""

    labeler: str
    """Five digits, or six in the twelve-digit form."""
    product: str
    """Four digits."""
    package: str
    """Two digits."""
    widths: tuple[int, int, int] = field(default=(5, 4, 2), compare=False)
    """How wide the segments were written: (4, 4, 2) for 0591-0933-01. Two codes are equal however written."""

    @property
    def eleven(self) -> str:
        """The eleven digits of billing; twelve when the labeler code has six significant digits.

        >>> parse("0591-0933-01").eleven
        '00591093301'
        """
        return self.labeler + self.product + self.package

    @property
    def ten(self) -> str | None:
        """The ten digits as printed on the package, with hyphens; None when only eleven or twelve were seen.

        >>> parse("60951-700-85").ten, parse("60951070085").ten
        ('60951-700-85', None)
        """
        if self.widths not in _TEN:
            return None
        parts = zip((self.labeler, self.product, self.package), self.widths, strict=True)
        return "-".join(part[-width:] for part, width in parts)

    def __str__(self) -> str:
        return format(self)


def parse(text: str) -> NDC:
    """Read an NDC with hyphens, or its eleven or twelve bare digits. Raises CodeError when it is not one.

    A bare ten-digit string is refused: its segments cannot be known (see `readings`).

    >>> str(parse("60951-700-85")), str(parse("00591093301")), str(parse("100000-0001-01"))
    ('60951-0700-85', '00591-0933-01', '100000-0001-01')
    >>> parse("1234567890")
    Traceback (most recent call last):
    tallman.core.codes.CodeError: ten bare digits fit several NDCs: write it as printed: 0591-0933-01
    """
    text = text.strip().replace("*", "0").replace("\N{EN DASH}", "-")
    if match := _SEGMENTS.match(text):
        labeler, product, package = match.groups()
        widths = (len(labeler), len(product), len(package))
        if len(labeler) == 6 and labeler.startswith("0"):
            labeler = labeler[1:]
        return NDC(labeler.zfill(5), product.zfill(4), package.zfill(2), widths)
    digits = text.replace(" ", "")
    if digits.isascii() and digits.isdigit() and len(digits) == 11:
        return NDC(digits[:5], digits[5:9], digits[9:])
    if digits.isascii() and digits.isdigit() and len(digits) == 12:
        labeler = digits[1:6] if digits.startswith("0") else digits[:6]
        return NDC(labeler, digits[6:10], digits[10:], (6, 4, 2))
    if digits.isascii() and digits.isdigit() and len(digits) == 10:
        raise CodeError("ten bare digits fit several NDCs: write it as printed: 0591-0933-01")
    raise CodeError("an NDC has ten digits with hyphens, such as 0591-0933-01, or eleven or twelve without")


def format(ndc: NDC) -> str:
    """The code in its padded form, with hyphens.

    >>> format(parse("0591-0933-01"))
    '00591-0933-01'
    """
    return f"{ndc.labeler}-{ndc.product}-{ndc.package}"


def parse_ndc(text: str) -> NDC | None:
    """Like `parse`, with None for a text that is no NDC: for looking into texts that may hold one.

    >>> parse_ndc("1234567890") is None
    True
    """
    try:
        return parse(text)
    except CodeError:
        return None


def product_of(text: str) -> str | None:
    """The digits that all packages of a product begin with, of an NDC without the package: "0093-1048".

    >>> product_of("0093-1048"), product_of("60951-700"), product_of("93-1048"), product_of("0093-1048-01")
    ('000931048', '609510700', '000931048', None)
    """
    match = _PRODUCT.match(text.strip())
    return (match[1].lstrip("0").zfill(5) + match[2].zfill(4)) if match else None


def readings(digits: str) -> tuple[NDC, ...]:
    """Every NDC that a bar code's ten bare digits can mean, one for each way of dividing them.

    Labeler codes of five digits begin with 1 to 9, so what begins with 0 can be divided in one way only.

    >>> [ndc.ten for ndc in readings("6586201001")], [ndc.ten for ndc in readings("0591093301")]
    (['6586-2010-01', '65862-010-01', '65862-0100-1'], ['0591-0933-01'])
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise CodeError("the NDC in a bar code has ten digits")
    cuts = ((4, 8), (5, 8), (5, 9)) if digits[0] != "0" else ((4, 8),)
    return tuple(parse(f"{digits[:a]}-{digits[a:b]}-{digits[b:]}") for a, b in cuts)


def divisions(labeler: str, known: Iterable[str]) -> frozenset[tuple[int, int, int]]:
    """The widths of the segments that a labeler can use, as far as its `known` codes (eleven digits each) tell.

    A labeler divides all its codes alike (21 CFR 207.33). More than one way is left where the known ones fit several,
    or contradict each other.

    >>> divisions("65862", ["65862086190"]), divisions("00591", [])
    (frozenset({(5, 3, 2)}), frozenset({(4, 4, 2)}))
    """
    if labeler.startswith("0"):
        return frozenset({(4, 4, 2)})
    ours = [code for code in known if len(code) == 11 and code.startswith(labeler)]
    wide_product = any(code[5] != "0" for code in ours)
    wide_package = any(code[5] == "0" and code[9] != "0" for code in ours)
    if wide_product != wide_package:
        return frozenset({(5, 4, 1)} if wide_product else {(5, 3, 2)})
    return frozenset({(5, 4, 1), (5, 3, 2)})
