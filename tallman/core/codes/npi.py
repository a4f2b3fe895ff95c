"""National Provider Identifier: ten digits, the last a check digit (45 CFR 162.406; ISO/IEC 7812 with
prefix 80840).
"""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.codes import CodeError

__all__ = ["NPI", "check_digit", "format", "parse"]


@dataclass(frozen=True, slots=True)
class NPI:
    """A provider's number whose check digit is right. That somebody holds it is not shown by that."""

    digits: str
    """Ten digits, the first 1 or 2."""

    def __str__(self) -> str:
        return self.digits


def check_digit(nine: str) -> str:
    """The last digit that belongs to the first nine.

    >>> check_digit("123456789")
    '3'
    """
    total = 24  # what the prefix 80840 adds
    for i, digit in enumerate(reversed(nine)):
        doubled = int(digit) * (2 if i % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def parse(text: str) -> NPI:
    """Read an NPI. Raises CodeError when it is not one.

    >>> parse(" 1234567893 ")
    NPI(digits='1234567893')
    >>> parse("1234567890")
    Traceback (most recent call last):
    tallman.core.codes.CodeError: the check digit of this NPI is wrong: mistyped, or not an NPI
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10 and digits[0] in "12"):
        raise CodeError("an NPI has ten digits and begins with 1 or 2")
    if check_digit(digits[:9]) != digits[9]:
        raise CodeError("the check digit of this NPI is wrong: mistyped, or not an NPI")
    return NPI(digits)


def format(npi: NPI) -> str:
    """The ten digits."""
    return npi.digits
