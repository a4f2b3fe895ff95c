"""DEA registration number: two letters, six digits and a check digit, for prescribers of controlled
substances.

The first letter is the kind of registrant, the second the first letter of the name (9 for a business). The
check digit is the last digit of (1st + 3rd + 5th) + 2 x (2nd + 4th + 6th).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tallman.core.codes import CodeError

__all__ = ["DEA", "check_digit", "format", "parse"]

_SHAPE = re.compile(r"^([A-HJ-MPRSTUX])([A-Z9])(\d{7})(?:-(\w{1,12}))?$")
_MIDLEVEL = "M"
_PRACTITIONERS = "ABCDEFGHJKLM"


@dataclass(frozen=True, slots=True)
class DEA:
    """A registration number whose check digit is right. That it is registered is not shown by that."""

    kind: str
    """A, B, F, G: hospitals, practitioners, pharmacies; M: mid-level practitioners; P to U: distributors
    and the like.
    """
    initial: str
    """The first letter of the registrant's name, or 9."""
    digits: str
    """Seven digits, the last the check digit."""
    suffix: str = ""
    """The internal code of a prescriber who writes under a hospital's number."""

    @property
    def may_prescribe(self) -> bool:
        """Whether this kind of registrant writes or dispenses prescriptions at all."""
        return self.kind in _PRACTITIONERS or self.kind == "X"

    @property
    def is_midlevel(self) -> bool:
        """Whether the registrant is a nurse practitioner, physician assistant or the like."""
        return self.kind == _MIDLEVEL

    def fits_name(self, family_name: str) -> bool:
        """Whether the number can belong to somebody of this family name.

        A number issued before a change of name keeps its letter, so a misfit is a reason to ask, not a proof.

        >>> parse("AB1234563").fits_name("Brandt"), parse("AB1234563").fits_name("Okafor")
        (True, False)
        """
        return self.initial == "9" or family_name.strip().upper().startswith(self.initial)

    def __str__(self) -> str:
        return format(self)


def check_digit(six: str) -> str:
    """The last digit that belongs to the first six.

    >>> check_digit("123456")
    '3'
    """
    odd, even = (sum(int(d) for d in six[start::2]) for start in (0, 1))
    return str((odd + 2 * even) % 10)


def parse(text: str) -> DEA:
    """Read a DEA number, perhaps with a hospital's internal code after a hyphen. Raises CodeError when it
    is not one.

    >>> parse("AB1234563-012")
    DEA(kind='A', initial='B', digits='1234563', suffix='012')
    >>> parse("AB1234567")
    Traceback (most recent call last):
    tallman.core.codes.CodeError: the check digit of this DEA number is wrong: mistyped, or not a DEA number
    """
    match = _SHAPE.match(text.strip().upper())
    if not match:
        raise CodeError("a DEA number has two letters and seven digits, such as AB1234563")
    kind, initial, digits, suffix = match.groups()
    if check_digit(digits[:6]) != digits[6]:
        raise CodeError("the check digit of this DEA number is wrong: mistyped, or not a DEA number")
    return DEA(kind, initial, digits, suffix or "")


def format(dea: DEA) -> str:
    """The number, with the internal code after a hyphen where there is one.

    >>> format(parse("ab1234563-012"))
    'AB1234563-012'
    """
    return f"{dea.kind}{dea.initial}{dea.digits}" + (f"-{dea.suffix}" if dea.suffix else "")
