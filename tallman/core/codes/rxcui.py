"""RxNorm concept unique identifier: up to eight digits without meaning or check digit."""

from __future__ import annotations

from dataclasses import dataclass

from tallman.core.codes import CodeError

__all__ = ["RXCUI", "format", "parse"]


@dataclass(frozen=True, slots=True)
class RXCUI:
    """The number of an RxNorm concept. What it means is in RxNorm, not in the number."""

    digits: str
    """One to eight digits, the first not 0."""

    def __str__(self) -> str:
        return self.digits


def parse(text: str) -> RXCUI:
    """Read an RxCUI. Raises CodeError when it is not one.

    >>> parse("314076")
    RXCUI(digits='314076')
    >>> parse("00093310501")
    Traceback (most recent call last):
    tallman.core.codes.CodeError: an RxCUI has one to eight digits and does not begin with 0
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 8 and digits[0] != "0"):
        raise CodeError("an RxCUI has one to eight digits and does not begin with 0")
    return RXCUI(digits)


def format(rxcui: RXCUI) -> str:
    """The digits."""
    return rxcui.digits
