"""What a dose that is far too high looks like: a slip of the decimal point, milligrams for micrograms."""

from __future__ import annotations

from fractions import Fraction

from tallman.core.quantity import said

__all__ = ["slip"]

_FROM = Fraction(5, 2)
"""Less than this many times the most is a dose that somebody may have meant."""
_RANGE, _RANGE_BY_SIZE = 10, 3
"""How many times the least that is ordinary the most may be."""
_SLIPS = (
    (10, "ten times", "Look for a misplaced decimal point or a dose read as a volume, and call the prescriber."),
    (100, "a hundred times", "Look for two misplaced digits or a unit mistaken, and call the prescriber."),
    (1000, "a thousand times", "It looks as if milligrams were written for micrograms: call the prescriber."),
)


def slip(given: Fraction | int, most: Fraction, unit: str, *, by_size: bool = False) -> tuple[str, str | None]:
    """The words to put behind the most, and the advice, where a tenth, a hundredth or a thousandth would be ordinary:
    of what is dosed by size near the most, of the rest within a wide range.

    >>> slip(Fraction(1000), Fraction(300), "mcg")[0]
    ': ten times 100 mcg, which would be ordinary'
    >>> slip(Fraction(200), Fraction(88), "mg", by_size=True)[0]
    ''
    """
    if given < most * _FROM:
        return "", None
    least = most / (_RANGE_BY_SIZE if by_size else _RANGE)
    for factor, words, advice in _SLIPS:
        usual = Fraction(given) / factor
        if least < usual <= most:
            return f": {words} {said(usual, unit)}, which would be ordinary", advice
    return "", None
