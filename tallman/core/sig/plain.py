"""The plainest doses, which most directions are made of."""

from __future__ import annotations

from tallman.core.sig.amounts import SHAPED
from tallman.core.sig.doses import A_WEEK, settle
from tallman.core.sig.model import Dose
from tallman.core.sig.reader import Reader

__all__ = ["plain_dose"]

_COUNTED = SHAPED | {"drop", "puff", "spray", "patch", "suppository"}
_GOES_ON = frozenset({"route", "place", "prep", "verb", "freq", "every", "per", "interval", "event", "prn"})
"""Kinds of phrases that tell nothing more of the amount before them."""
_MORE_OF_IT = A_WEEK | {"per", "/", "to", "of"}
"""Words of such phrases that may, for all that."""
_SPOONS_TOO = "ts"


def plain_dose(r: Reader) -> bool:
    """ "1 tablet", "1-2 puffs" before how or when it is taken: nothing else can be meant, and nothing else need be tried."""
    found = r.numbers(r.at)
    if found is None or " " in r.word(r.at):
        return False
    low, high, j = found
    counted, behind = r.items[j], r.items[j + 1]
    unit = counted.terms.get("unit")
    if unit not in _COUNTED or "num" in counted.terms or "link" in counted.terms or counted.text == _SPOONS_TOO:
        return False
    if not behind.terms or not behind.terms.keys() <= _GOES_ON or behind.text in _MORE_OF_IT:
        return False
    return settle(r, Dose(low, high, unit), None, j + 1)
