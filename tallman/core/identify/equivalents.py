"""Doses that are ordered as what another medicine would be: fosphenytoin in milligrams of phenytoin."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["as_labelled"]

_FOSPHENYTOIN = re.compile(r"fosphenyt|cerebyx|sesquient", re.IGNORECASE)
_PHENYTOIN = re.compile(r"(\d[\d,]*)(\s{0,3}mg)(\s{0,3}PE\b)", re.IGNORECASE)
_MG_A_MG_PE = Decimal("1.5")
"""75 mg of fosphenytoin sodium hold as much as 50 mg of phenytoin sodium (Cerebyx, US prescribing information, 2)."""


def as_labelled(text: str) -> str:
    """The text with phenytoin equivalents of fosphenytoin in milligrams of itself, as products are recorded here.

    >>> as_labelled("fosphenytoin 500 mg PE iv")
    'fosphenytoin 750 mg    iv'
    """
    return _PHENYTOIN.sub(_in_milligrams, text) if _FOSPHENYTOIN.search(text) else text


def _in_milligrams(match: re.Match[str]) -> str:
    dose = Decimal(match[1].replace(",", "")) * _MG_A_MG_PE
    return f"{dose.normalize():f}{match[2]}".ljust(len(match[0]))
