"""Global Trade Item Number: the GS1 number of a package, with the NDC inside it where a US medicine has one.

A UPC-A code that begins with 3 holds the ten digits of an NDC; as a GTIN-14 it reads 003, the ten digits
and the check digit (21 CFR 201.25 asks for the NDC in the bar code; the "03" prefix is GS1's for US
medicines).
"""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.codes import CodeError

__all__ = ["GTIN", "check_digit", "format", "parse"]


@dataclass(frozen=True, slots=True)
class GTIN:
    """A trade item number whose check digit is right."""

    digits: str
    """Fourteen digits; shorter ones are padded with zeros."""

    @property
    def indicator(self) -> str:
        """The packaging level: 0 for the item sold by itself, 1 to 8 for cases of it, 9 for variable measure."""
        return self.digits[0]

    @property
    def ndc_digits(self) -> str | None:
        """The ten digits of the NDC inside, without its hyphens; None when there is none.

        >>> parse("305910933012").ndc_digits, parse("00305910933012").ndc_digits
        ('0591093301', '0591093301')
        """
        return self.digits[3:13] if self.digits[1:3] == "03" else None

    def __str__(self) -> str:
        return self.digits


def check_digit(others: str) -> str:
    """The last digit that belongs to all the others (GS1 General Specifications, 7.9).

    >>> check_digit("30591093301")
    '2'
    """
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(others)))
    return str(-total % 10)


def parse(text: str) -> GTIN:
    """Read the 8, 12, 13 or 14 digits of an EAN-8, UPC-A, EAN-13 or GTIN-14. Raises CodeError when it is
    not one.
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (8, 12, 13, 14)):
        raise CodeError("a trade item number has 8, 12, 13 or 14 digits")
    if check_digit(digits[:-1]) != digits[-1]:
        raise CodeError("the check digit of this trade item number is wrong: scan again")
    return GTIN(digits.zfill(14))


def format(gtin: GTIN) -> str:
    """The fourteen digits."""
    return gtin.digits
