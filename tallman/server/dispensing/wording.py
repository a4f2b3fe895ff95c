"""Quantities in words."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.quantity import UNITS, format_number

__all__ = ["quantity_text"]


def quantity_text(number: Decimal, code: str) -> str:
    """A number with its unit, one or many.

    >>> quantity_text(Decimal("30.0000"), "tablet"), quantity_text(Decimal(1), "patch")
    ('30 tablets', '1 patch')
    """
    unit = UNITS.get(code)
    name = (unit.code if number == 1 else unit.plural) if unit else code
    return f"{format_number(number)} {name}".strip()
