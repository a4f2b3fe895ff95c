"""What an order ends by its words: "stop phenelzine", "replaces lisinopril", "fluoxetine stopped 2 weeks ago"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tallman.core.prescription import Order

__all__ = ["days_since_ended", "is_replaced_by", "says_it_replaces"]

_SHORT = 3
_CHANGE = re.compile(
    r"\b(replac\w*|instead of|in place of|discontinu\w*|d/c|stop(?:ping|ped)?|switch\w*|chang\w* from|"
    r"dose (?:change|increase|decrease|reduction)|increas\w*|decreas\w*|taper\w*|cross-?taper\w*|renew\w*)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:dose|strength) (?:change|increase|decrease|reduction)\b|\bnew (?:dose|strength)\b|\breplac(?:es|ing)\b|"
    r"\b(?:increas|decreas|rais|lower|reduc|chang|switch|convert)\w*\s+(?:dose\s+)?from\b|"
    r"\((?:dose )?(?:increased?|decreased?|changed?)\b",
    re.IGNORECASE,
)
"""The same within directions, where "increase" and "stop" may be what is to be done later."""
_ENDING = (
    r"(?:replac\w+|in(?:stead| place) of|discontinu\w+|d/?c(?:'?e?d)?|stop(?:s|ping|ped)?|off|(?:switch|chang)\w* from)"
)
_ENDS = re.compile(rf"(?<!not )(?<!n't )(?<!never )\b{_ENDING}\s+(?P<named>.+?)(?:\s+to\b|$)", re.IGNORECASE)
_IS_ENDED = re.compile(
    r"(?P<named>.+?)\s(?:(?:was|is|has been|have been|been|now|already|both)\s+)*"
    r"(?:stopped|discontinued|d/?c'?e?d|ended|finished|completed|(?<=was )replaced|(?<=been )replaced)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;\n]|\.(?!\d)|,?\s*\b(?:and|then|but|while)?\s*\b(?=(?:start|begin|continu|keep|add|resum)\w*\b)", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"^\s*(?:continu|keep|add|resum)\w*\b|\b(?:if|when|once|until|before|after|do not|don't|never)\b", re.IGNORECASE
)
_MAY_END = re.compile(r"replac|instead|in place|disc|d/?c|stop|off|from|ended|finished|completed", re.IGNORECASE)
"""What every ending has, quickly found."""
_UNIT = r"(\d{1,3})\s*(d(?:ay)?s?|w(?:ee)?ks?|mo(?:nth)?s?)\b"
_AGO = re.compile(rf"\b{_UNIT}\s+ago\b|\boff\b.{{0,40}}?(?:\bx|\bfor|>)\s*{_UNIT}", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30}


def says_it_replaces(order: Order) -> bool:
    """Whether the note or the directions speak of a change: this dose in the place of another."""
    return bool(_CHANGE.search(order.note) or _CHANGED.search(order.sig.text))


def days_since_ended(order: Order, other: Order) -> int | None:
    """How many days ago the other medicine ended by note or directions, 0 where it ends with this order; None where
    they do not end it: "stop lisinopril" ends no metoprolol."""
    ended = _ended(f"{order.sig.text}; {order.note}")
    if not ended or not other.medicine.is_known:
        return None
    medicine = other.medicine
    names = {*medicine.names, (medicine.brand or "").lower(), medicine.text.lower().split()[0] if medicine.text else ""}
    patterns = [rf"\b{re.escape(name)}\b" for name in names if len(name) > _SHORT]
    return next((days for named, days in ended if any(re.search(p, named) for p in patterns)), None)


def is_replaced_by(order: Order, other: Order, beside: Iterable[Order]) -> bool:
    """Whether the note of an order speaks of a change that can mean `other`: it ends it by its name, or ends nothing by
    name of what is taken `beside` it."""
    if not says_it_replaces(order):
        return False
    if days_since_ended(order, other) is not None:
        return True
    return all(days_since_ended(order, o) is None for o in beside)


@lru_cache(maxsize=8192)
def _ended(text: str) -> tuple[tuple[str, int], ...]:
    """What words end, clause by clause in small letters, each with the days since."""
    if not _MAY_END.search(text):
        return ()
    found = []
    for clause in _CLAUSE.split(text):
        if _GOES_ON.search(clause):
            continue
        named = " ".join(m["named"] for m in (_ENDS.search(clause), _IS_ENDED.search(clause)) if m)
        if named:
            ago = _AGO.search(clause)
            number, unit = [g for g in ago.groups() if g] if ago else ("0", "d")
            found.append((named.lower(), int(number) * _DAYS[unit[0].lower()]))
    return tuple(found)
