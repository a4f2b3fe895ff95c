"""National Drug Code: labeler, product and package segments.

Ten digits are written 4-4-2, 5-3-2 or 5-4-1; billing uses eleven (5-4-2); from 7 March 2033 the code has twelve
digits (6-4-2; 91 FR 10749). The segments are kept; a bare ten-digit string does not say where they end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["NDC", "parse_ndc"]

_SEGMENTS = re.compile(r"^(\d{4,6})-(\d{3,4})-(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class NDC:
    """A National Drug Code, its segments padded to 5-4-2 (or 6-4-2 for a code of the 2033 form)."""

    labeler: str
    """Five digits, or six in the twelve-digit form."""
    product: str
    """Four digits."""
    package: str
    """Two digits."""

    @property
    def eleven(self) -> str:
        """The eleven digits of billing; twelve when the labeler code has six significant digits.

        >>> parse_ndc("0591-0933-01").eleven
        '00591093301'
        """
        return self.labeler + self.product + self.package

    def __str__(self) -> str:
        return f"{self.labeler}-{self.product}-{self.package}"


def parse_ndc(text: str) -> NDC | None:
    """Read an NDC with hyphens, or its eleven or twelve bare digits; None when it is not one.

    A bare ten-digit string is refused: its segments cannot be known.

    >>> str(parse_ndc("60951-700-85"))
    '60951-0700-85'
    >>> parse_ndc("1234567890") is None
    True
    """
    text = text.strip().replace("*", "0").replace("\N{EN DASH}", "-")
    if match := _SEGMENTS.match(text):
        labeler, product, package = match.groups()
        if len(labeler) == 6 and labeler.startswith("0"):
            labeler = labeler[1:]
        return NDC(labeler.zfill(5), product.zfill(4), package.zfill(2))
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 11:
        return NDC(digits[:5], digits[5:9], digits[9:])
    if digits.isdigit() and len(digits) == 12:
        labeler = digits[1:6] if digits.startswith("0") else digits[:6]
        return NDC(labeler, digits[6:10], digits[10:])
    return None
